import { numberOption } from '../options/option.ts'
import { readCommandLine } from '../options/read-command-line.ts'
import { profile, rounds, seconds } from '../options/shared-options.ts'

const options = {
  rounds: rounds(3),
  seconds: seconds(4),
  tickets: numberOption('tickets', 'registrations of the event', {
    fallback: 10_000,
    minimum: 2000,
    maximum: 20_000,
    isWhole: true,
  }),
  profile: profile('the platform'),
}

/** The words of the command line. */
export function readOptions() {
  return readCommandLine({
    bench: 'scans',
    about:
      'Measures recordScan on one hot event through the whole platform (one process, its embedded Postgres durable) with 16, 64 and 256 attempts in flight, and beside it a plain transaction a scan on the same server. Afterwards every acknowledged scan must be counted once everywhere.',
    options,
    takes: 'About four minutes.',
    examples: [
      ['', 'All of it.'],
      ['--rounds 1 --seconds 1 --tickets 2000 --no-file', 'Whether it works here, in a minute.'],
    ],
  })
}
