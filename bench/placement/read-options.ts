import { numberOption } from '../options/option.ts'
import { readCommandLine } from '../options/read-command-line.ts'
import { rounds, seconds } from '../options/shared-options.ts'

const options = {
  rounds: rounds(3),
  seconds: seconds(5),
  inFlight: numberOption('in-flight', 'requests under way', {
    fallback: 8,
    minimum: 1,
    maximum: 200,
    isWhole: true,
  }),
  rows: numberOption('rows', 'gates, zones, ticket types and people of the event that is asked for', {
    fallback: 4,
    minimum: 1,
    maximum: 50,
    isWhole: true,
  }),
}

/** The words of the command line. */
export function readOptions() {
  return readCommandLine({
    bench: 'placement',
    about:
      "Measures the platform's query over five subgraphs with all services in the gateway's process, and beside it the same with each service in a process of its own, across HTTP. The ratio of CPU time says what HTTP and JSON text cost.",
    options,
    takes:
      'About three minutes. Services of their own need NATS and Valkey: `bin/headcount fetch-servers` brings them.',
    examples: [
      ['', 'All of it.'],
      ['--rounds 1 --seconds 1 --no-file', 'Whether it works here, in a minute.'],
      ['--rows 20', 'With larger answers.'],
    ],
  })
}
