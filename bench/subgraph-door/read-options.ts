import { parseArgs } from 'node:util'
import { readNumber } from '../report/read-number.ts'

const help = `Usage: node bench/subgraph-door/main.ts [options]

  --rounds N         measured runs of each pair (default 3)
  --seconds N        length of a run (default 2)
  --connections N    fetches in flight (default 16)
  --profile FOLDER   write a CPU profile of the service there; figures are lower then
  --no-file          show the result, write none to bench/results/
`

/** The words of the command line. */
export function readOptions() {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '3' },
      seconds: { type: 'string', default: '2' },
      connections: { type: 'string', default: '16' },
      profile: { type: 'string' },
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
    seconds: readNumber('seconds', values.seconds, { minimum: 0.1, maximum: 60 }),
    connections: readNumber('connections', values.connections, { minimum: 1, maximum: 256 }),
    profile: values.profile,
    isKept: !values['no-file'],
  }
}
