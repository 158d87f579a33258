import { flagOption, listOption, numberOption, textOption } from '../options/option.ts'
import { type OptionValues, readCommandLine } from '../options/read-command-line.ts'
import { connections, profile, rounds, seconds } from '../options/shared-options.ts'
import { queryNames } from './graph/queries.ts'

/** The candidates that one can name. */
export const candidateNames = ['apollo', 'hive-gateway', 'hive-router', 'ours', 'floor'] as const

/** One of them. */
export type CandidateName = (typeof candidateNames)[number]

const options = {
  rounds: rounds(3),
  // `wrk` takes whole seconds alone.
  seconds: seconds(4, true),
  warmUpSeconds: numberOption('warm-up', 'length of the run before, which does not count', {
    fallback: 5,
    minimum: 1,
    maximum: 600,
    isWhole: true,
  }),
  connections: connections(50),
  only: listOption('only', 'gateways that take part, where they are there', candidateNames),
  queries: listOption('queries', 'what is asked', queryNames),
  hiveRouter: textOption('hive-router', 'PATH', 'the program of Hive Router (Rust); left out without it'),
  isWithoutDeduplication: flagOption('no-deduplication', 'leave the tables of de-duplication out'),
  isOwnLoad: flagOption('own-load', 'load by our own sockets although wrk is there'),
  profile: profile('ours'),
}

/** The words of the command line. */
export function readOptions() {
  return readCommandLine({
    bench: 'gateway',
    about:
      'Measures our gateway beside others, each alone on one core, with the same graph, queries and answers by turns: requests a second, CPU time a request, latencies, fetches and memory. Read the ratios: they are of runs that stood beside each other.',
    options,
    takes:
      "About ten minutes with everything. Apollo's and Hive's gateways are installed from npm the first time, into .headcount/ (about 700 MB); Hive Router is built by `cargo install hive-router --version 0.2.0 --locked --features graphiql`.",
    examples: [
      ['', 'All that are there, all queries.'],
      [
        '--only ours,floor --queries q2 --rounds 1 --seconds 2 --warm-up 1 --no-file',
        'Without any peer, in half a minute.',
      ],
      ['--only ours --queries q3 --profile .headcount/profiles --no-file', 'Where our time goes.'],
    ],
  })
}

/** The words, read. */
export type Options = OptionValues<typeof options>
