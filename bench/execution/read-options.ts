import { numberOption } from '../options/option.ts'
import { readCommandLine } from '../options/read-command-line.ts'
import { rounds } from '../options/shared-options.ts'

const options = {
  rounds: rounds(5),
  calls: numberOption('calls', 'calls a round; a fiftieth for the big query', {
    fallback: 20_000,
    minimum: 100,
    maximum: 10_000_000,
    isWhole: true,
  }),
}

/** The words of the command line. */
export function readOptions() {
  return readCommandLine({
    bench: 'execution',
    about:
      'Measures what the engine itself costs, without sockets, in CPU time a call: the same answers projected by our generated source, by closures and by graphql-js, JSON.stringify of them, and whole executions over canned answers.',
    options,
    takes: 'About half a minute.',
    examples: [
      ['', 'All of it.'],
      ['--rounds 1 --calls 1000 --no-file', 'Whether it works here, in some seconds.'],
    ],
  })
}
