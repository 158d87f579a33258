import { flagOption, numberOption } from '../options/option.ts'
import { readCommandLine } from '../options/read-command-line.ts'
import { connections } from '../options/shared-options.ts'

const MINUTES = 10
const SWAP_MINUTES = 1

const options = {
  minutes: numberOption('minutes', `how long; default ${MINUTES}, or ${SWAP_MINUTES} with --swap`, {
    fallback: undefined,
    minimum: 0.1,
    maximum: 1440,
  }),
  isSwap: flagOption(
    'swap',
    'another supergraph every second, every answer compared; any failed request ends the bench',
  ),
  connections: connections(50),
}

/** The words of the command line. */
export function readOptions() {
  const { minutes, isSwap, ...others } = readCommandLine({
    bench: 'soak',
    about:
      'Measures our gateway at full load for long: is its resident memory flat? It is sampled every 5 s. With --swap: does another supergraph every second cost any request?',
    options,
    takes: `${MINUTES} minutes, or ${SWAP_MINUTES} with --swap.`,
    examples: [
      ['', 'Memory over ten minutes, with a plot.'],
      ['--swap', 'A minute of swaps.'],
      ['--minutes 0.3 --no-file', 'Whether it works here.'],
    ],
  })
  return {
    seconds: Math.round((minutes ?? (isSwap ? SWAP_MINUTES : MINUTES)) * 60),
    isSwap,
    ...others,
  }
}
