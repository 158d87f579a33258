import { parseArgs } from 'node:util'
import { readNumber } from '../report/read-number.ts'

const help = `Usage: node bench/growth/main.ts [options]

  --rounds N        measured runs of each (default 3)
  --seconds N       length of a run (default 4)
  --connections N   requests under way (default 50)
  --starts N        cold starts of each graph (default 3)
  --most-types N    leave larger graphs out (default 1000)
  --no-file         show the result, write none to bench/results/

Composing the large graphs takes some minutes the first time; they are kept in the folder for temporary files.
`

/** The words of the command line. */
export function readOptions() {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '3' },
      seconds: { type: 'string', default: '4' },
      connections: { type: 'string', default: '50' },
      starts: { type: 'string', default: '3' },
      'most-types': { type: 'string', default: '1000' },
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
    connections: readNumber('connections', values.connections, { minimum: 1, maximum: 1000 }),
    starts: readNumber('starts', values.starts, { minimum: 1, maximum: 20 }),
    mostTypes: readNumber('most-types', values['most-types'], { minimum: 10, maximum: 1000 }),
    isKept: !values['no-file'],
  }
}

/** The words, read. */
export type Options = ReturnType<typeof readOptions>
