import { parseArgs } from 'node:util'
import { readNumber } from '../report/read-number.ts'

const help = `Usage: node bench/soak/main.ts [options]

  --minutes N        how long (default 10)
  --swap             another supergraph every second for a minute instead; any failed request ends the bench
  --connections N    requests under way (default 50)
  --no-file          show the result, write none to bench/results/
`

/** The words of the command line. */
export function readOptions() {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string' },
      swap: { type: 'boolean', default: false },
      connections: { type: 'string', default: '50' },
      'no-file': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) {
    process.stdout.write(help)
    process.exit(0)
  }
  const minutes = values.minutes ?? (values.swap ? '1' : '10')
  return {
    seconds: Math.round(readNumber('minutes', minutes, { minimum: 0.1, maximum: 1440 }) * 60),
    isSwap: values.swap,
    connections: readNumber('connections', values.connections, { minimum: 1, maximum: 1000 }),
    isKept: !values['no-file'],
  }
}
