import { parseArgs } from 'node:util'
import { readList } from '../report/read-list.ts'
import { readNumber } from '../report/read-number.ts'
import { queryNames } from './graph/queries.ts'

const help = `Usage: node bench/gateway/main.ts [options]

  --rounds N          measured runs of each pair (default 3)
  --seconds N         length of a run (default 4)
  --warm-up N         length of the run before, which does not count (default 5)
  --connections N     requests under way (default 50)
  --only LIST         of ours,apollo,hive-gateway,hive-router,floor (default all that are there)
  --queries LIST      of q1,q2,q3,q4 (default all)
  --hive-router PATH  the program of Hive Router (Rust); left out without it
  --no-deduplication  leave the table of de-duplication out
  --own-load          load by our own sockets although wrk is there
  --profile FOLDER    write a CPU profile of ours there; its figures are lower then
  --no-file           show the result, write none to bench/results/

Apollo's and Hive's gateways are installed from npm the first time, into .headcount/ (about 700 MB).
`

/** The candidates that one can name. */
export const candidateNames = ['apollo', 'hive-gateway', 'hive-router', 'ours', 'floor'] as const

/** One of them. */
export type CandidateName = (typeof candidateNames)[number]

/** The words of the command line. */
export function readOptions() {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '3' },
      seconds: { type: 'string', default: '4' },
      'warm-up': { type: 'string', default: '5' },
      connections: { type: 'string', default: '50' },
      only: { type: 'string' },
      queries: { type: 'string' },
      'hive-router': { type: 'string' },
      'no-deduplication': { type: 'boolean', default: false },
      'own-load': { type: 'boolean', default: false },
      profile: { type: 'string' },
      'no-file': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) {
    process.stdout.write(help)
    process.exit(0)
  }
  const seconds = { minimum: 1, maximum: 600 }
  return {
    rounds: readNumber('rounds', values.rounds, { minimum: 1, maximum: 20 }),
    seconds: readNumber('seconds', values.seconds, seconds),
    warmUpSeconds: readNumber('warm-up', values['warm-up'], seconds),
    connections: readNumber('connections', values.connections, { minimum: 1, maximum: 1000 }),
    only: readList('only', values.only, candidateNames),
    queries: readList('queries', values.queries, queryNames),
    hiveRouter: values['hive-router'],
    withDeduplication: !values['no-deduplication'],
    isOwnLoad: values['own-load'],
    profile: values.profile,
    isKept: !values['no-file'],
  }
}

/** The words, read. */
export type Options = ReturnType<typeof readOptions>
