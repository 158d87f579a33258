import { parseArgs } from 'node:util'
import { readNumber } from '../report/read-number.ts'

const help = `Usage: node bench/placement/main.ts [options]

  --rounds N       measured runs of each pair (default 3)
  --seconds N      length of a run (default 5)
  --in-flight N    requests under way (default 8)
  --rows N         gates, zones, ticket types and people of the event that is asked for (default 4)
  --no-file        show the result, write none to bench/results/

Services of their own need NATS and Valkey: \`bin/headcount fetch-servers\` brings them.
`

/** The words of the command line. */
export function readOptions() {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '3' },
      seconds: { type: 'string', default: '5' },
      'in-flight': { type: 'string', default: '8' },
      rows: { type: 'string', default: '4' },
      'no-file': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) {
    process.stdout.write(help)
    process.exit(0)
  }
  return {
    rounds: readNumber('rounds', values.rounds, { minimum: 1, maximum: 20 }),
    seconds: readNumber('seconds', values.seconds, { minimum: 1, maximum: 600 }),
    inFlight: readNumber('in-flight', values['in-flight'], { minimum: 1, maximum: 200 }),
    rows: readNumber('rows', values.rows, { minimum: 1, maximum: 50 }),
    isKept: !values['no-file'],
  }
}
