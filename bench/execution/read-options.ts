import { parseArgs } from 'node:util'
import { readNumber } from '../report/read-number.ts'

const help = `Usage: node bench/execution/main.ts [options]

  --rounds N    rounds, of which the median counts (default 5)
  --calls N     calls a round (default 20000)
  --no-file     show the result, write none to bench/results/
`

/** The words of the command line. */
export function readOptions() {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '5' },
      calls: { type: 'string', default: '20000' },
      'no-file': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) {
    process.stdout.write(help)
    process.exit(0)
  }
  return {
    rounds: readNumber('rounds', values.rounds, { minimum: 1, maximum: 100 }),
    calls: readNumber('calls', values.calls, { minimum: 100, maximum: 10_000_000 }),
    isKept: !values['no-file'],
  }
}
