import {
  flagOption,
  listOption,
  numberOption,
  numbersOption,
  textOption,
  wordOption,
} from '../options/option.ts'
import { type OptionValues, readCommandLine } from '../options/read-command-line.ts'
import { profile } from '../options/shared-options.ts'
import { candidateNames } from './candidates/candidate.ts'

const options = {
  rounds: numberOption('rounds', 'measured runs of each server and size, of which the median counts', {
    fallback: 3,
    minimum: 1,
    maximum: 100,
    isWhole: true,
  }),
  seconds: numberOption(
    'seconds',
    'how long is published at each rate; 10, with --events 30, with --big 300',
    {
      fallback: undefined,
      minimum: 1,
      maximum: 3600,
    },
  ),
  sizes: numbersOption(
    'sizes',
    'numbers of subscribers; 1000,5000,15000, with --queries 15000, with --big 50000',
    {
      minimum: 10,
      maximum: 150_000,
      example: '1000,5000',
    },
  ),
  rates: numbersOption('rates', 'messages a second of each event; 1,5, with --big 1, with --events 10', {
    minimum: 1,
    maximum: 100,
    example: '1,5',
  }),
  only: listOption('only', 'servers that take part, where they are there', candidateNames),
  hiveRouter: textOption('hive-router', 'PATH', 'the program of Hive Router (Rust); left out without it'),
  transport: wordOption('transport', 'how subscribers reach the servers', ['web-socket', 'events']),
  isAsking: flagOption(
    'queries',
    'in place of the comparison: our gateway alone, which is asked 50 plain queries a second meanwhile',
  ),
  isBig: flagOption(
    'big',
    'in place of the comparison: our gateway alone with a worker for each 17,000 subscribers, on both cores',
  ),
  events: numberOption(
    'events',
    'in place of the comparison: so many events with 50 subscribers each, minIntervalMs 250, on both cores',
    { fallback: undefined, minimum: 1, maximum: 3000, isWhole: true },
  ),
  profile: profile('our gateway'),
}

/** The words of the command line. */
export function readOptions() {
  return readCommandLine({
    bench: 'live',
    about:
      'Measures how live values reach their subscribers: 1,000 to 15,000 of one event, each with a token of its own, one server core. Messages go through Redis; the load does no more than read, and all clocks are one. Shown are CPU time of the server for each delivered message, time from publishing to the subscriber, values that were left out, memory of a subscriber, and how fast subscribers arrive. Beside our gateway, by turns: a C program that writes the same bytes (the floor), the ordinary stack (Yoga, graphql-ws, graphql-redis-subscriptions), and Hive Router where --hive-router names it. Read the ratios: they are of runs that stood beside each other.',
    options,
    takes:
      'About twenty minutes with all four; --big about six. Needs Linux, a C compiler, Valkey or Redis (`bin/headcount fetch-servers`), and 20,000 open files a process.',
    examples: [
      ['', 'All that are there, all sizes.'],
      [
        '--only ours,floor --sizes 1000 --rates 1 --rounds 1 --seconds 5 --no-file',
        'Whether it works here, in half a minute.',
      ],
      [
        '--only ours --sizes 5000 --rates 5 --rounds 1 --profile /tmp/profiles --no-file',
        'Where the time goes.',
      ],
      ['--transport events', 'The comparison over event streams.'],
      ['--queries', 'Whether queries go on beside 15,000 subscribers.'],
      ['--big --seconds 60', '50,000 subscribers on the whole machine, for one minute.'],
      ['--events 1000', '1,000 events with 50 subscribers each, at 10 changes a second.'],
    ],
  })
}

/** The words, read. */
export type Options = OptionValues<typeof options>
