import { flagOption, numberOption } from '../options/option.ts'
import { readCommandLine } from '../options/read-command-line.ts'
import { connections, profile, rounds, seconds } from '../options/shared-options.ts'

const options = {
  rounds: rounds(6),
  // `wrk` takes whole seconds alone.
  seconds: seconds(5, true),
  connections: connections(32),
  rate: numberOption('rate', 'requests a second where not as many as are answered', {
    fallback: 5_000,
    minimum: 1,
    maximum: 100_000,
    isWhole: true,
  }),
  intervalMs: numberOption('interval', 'time between two reports, in milliseconds; by itself it is 10,000', {
    fallback: 2_500,
    minimum: 100,
    maximum: 60_000,
    isWhole: true,
  }),
  isOwnLoad: flagOption('own-load', 'load by our own sockets although wrk is there'),
  profile: profile('the gateways'),
}

/** The words of the command line. */
export function readOptions() {
  return readCommandLine({
    bench: 'usage',
    about:
      'Measures what reporting usage costs a gateway: two gateways in one process on one core, one that reports and one that does not, asked by turns (off, on, on, off): thirty operations by twenty clients, at full load and at a fixed rate. Read the ratios, and CPU time a request.',
    options,
    takes: 'About five minutes.',
    examples: [
      ['', 'All of it.'],
      ['--rounds 1 --seconds 1 --no-file', 'Whether it works here, in some seconds.'],
    ],
  })
}
