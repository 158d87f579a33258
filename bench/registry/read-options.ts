import { numberOption } from '../options/option.ts'
import { readCommandLine } from '../options/read-command-line.ts'
import { connections, profile } from '../options/shared-options.ts'

const options = {
  gateways: numberOption('gateways', 'gateways, each a process', {
    fallback: 3,
    minimum: 1,
    maximum: 16,
    isWhole: true,
  }),
  publishes: numberOption('publishes', 'publishes that are measured; two more before warm up', {
    fallback: 30,
    minimum: 2,
    maximum: 1000,
    isWhole: true,
  }),
  everySeconds: numberOption('every', 'seconds from one publish to the next', {
    fallback: 4,
    minimum: 1,
    maximum: 60,
  }),
  connections: connections(16),
  profile: profile('the gateways'),
}

/** The words of the command line. */
export function readOptions() {
  return readCommandLine({
    bench: 'registry',
    about:
      'Measures how long a publish takes to reach gateways at full load: headcount registry on a Postgres of its own, gateways that wait at it, each kept as busy as its connections allow, every answer compared; any failed request ends the bench.',
    options,
    takes: 'Some two and a half minutes.',
    examples: [
      ['', 'Thirty publishes to three gateways.'],
      ['--publishes 3 --no-file', 'Whether it works here.'],
    ],
  })
}
