import { readCommandLine } from '../options/read-command-line.ts'
import { connections, profile, rounds, seconds } from '../options/shared-options.ts'

const options = {
  rounds: rounds(3),
  seconds: seconds(2),
  connections: connections(16),
  profile: profile('the service'),
}

/** The words of the command line. */
export function readOptions() {
  return readCommandLine({
    bench: 'subgraph-door',
    about:
      "Measures a subgraph without a database through its doors: by Yoga, by the lean path for the gateway's own fetches (text, hash), and called in the process; graphql-js alone is the floor. Read CPU time a request.",
    options,
    takes: 'About a minute and a half.',
    examples: [
      ['', 'All of it.'],
      ['--rounds 1 --seconds 0.3 --no-file', 'Whether it works here, in some seconds.'],
    ],
  })
}
