import { parseArgs } from 'node:util'
import { readNumber } from '../report/read-number.ts'

const help = `Usage: node bench/scans/main.ts [options]

  --rounds N         measured runs of each pair (default 3)
  --seconds N        length of a run (default 4)
  --tickets N        registrations of the event, 2,000 to 20,000 (default 10,000)
  --profile FOLDER   write a CPU profile of the platform there; figures are lower then
  --no-file          show the result, write none to bench/results/
`

/** The words of the command line. */
export function readOptions() {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '3' },
      seconds: { type: 'string', default: '4' },
      tickets: { type: 'string', default: '10000' },
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
    tickets: readNumber('tickets', values.tickets, { minimum: 2000, maximum: 20_000 }),
    profile: values.profile,
    isKept: !values['no-file'],
  }
}
