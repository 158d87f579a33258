import { flagOption, numberOption, numbersOption } from '../options/option.ts'
import { readCommandLine } from '../options/read-command-line.ts'
import { profile, rounds, seconds } from '../options/shared-options.ts'

/** `--rows 1e4,1e6`: sizes that rise. */
export const rowsOption = numbersOption(
  'rows',
  'in place of the comparison: fill the ledger to so many rows, one size after the other, and measure 256 in flight at each',
  { minimum: 1000, maximum: 100_000_000, example: '1e4,1e6,1e7' },
)

const options = {
  rounds: rounds(3),
  seconds: seconds(3),
  rows: rowsOption,
  isFlush: flagOption(
    'flush',
    'in place of the comparison: 110 scanners upload 165 offline scans each, all at once, while somebody watches the counts',
  ),
  sustained: numberOption(
    'sustained',
    'in place of the comparison: so many seconds at 256 in flight on the hot event',
    {
      fallback: undefined,
      minimum: 1,
      maximum: 3600,
      isWhole: true,
    },
  ),
  isSlow: flagOption(
    'slow-disk',
    'each fdatasync of Postgres takes 2 ms more, as on the disks of clouds (Linux, cc)',
  ),
  isSeparate: flagOption(
    'separate',
    'gateway and services each in a process of its own, behind NATS and Valkey; one process without it',
  ),
  profile: profile('every Node process'),
}

/** What the words of the command line say. */
export type ScanOptions = ReturnType<typeof readOptions>

/** Reads the words of the command line. */
export function readOptions() {
  return readCommandLine({
    bench: 'scans',
    about:
      'Measures durable recordScan through the gateway with 50, 256, 500 and 2,000 attempts in flight, on one hot event and on 1,000 events: scans a second, CPU time a scan, latency. Beside it, by turns: the same platform with one transaction a request, group commit with nothing else (node:http over one writer), and pgbench with the same rows. Read the ratios; rates hold for the machine as it was. Afterwards every acknowledged scan must be counted once everywhere, or the bench fails.',
    options,
    takes:
      'About six minutes; --flush, --sustained 40 and --rows 1e4,1e6 each about one or two, --rows up to 1e7 about fifteen with 12 GB of disk. Needs 10,000 open files at 2,000 in flight; pgbench only where it is installed.',
    examples: [
      ['', 'The comparison.'],
      ['--rounds 1 --seconds 0.5 --no-file', 'Whether it works here, in a minute and a half.'],
      ['--flush', 'How long a stadium’s queue takes after an outage of 15 minutes.'],
      ['--sustained 40 --profile /tmp/profiles', 'Whether it lasts, and where the time goes.'],
      ['--rows 1e4,1e6,1e7', 'Whether it slows down as the ledger grows.'],
      ['--slow-disk', 'The comparison on a disk as clouds have it.'],
    ],
  })
}
