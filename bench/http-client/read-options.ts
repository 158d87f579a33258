import { readCommandLine } from '../options/read-command-line.ts'
import { connections, profile, rounds, seconds } from '../options/shared-options.ts'

const options = {
  rounds: rounds(5),
  seconds: seconds(2),
  connections: connections(50),
  profile: profile('each client'),
}

/** The words of the command line. */
export function readOptions() {
  return readCommandLine({
    bench: 'http-client',
    about:
      "Measures the gateway's own HTTP/1.1 client beside undici's: CPU time a call and calls a second, for an answer of 60 bytes and one of 60 KB from the same server. CPU time a call is what counts.",
    options,
    takes: 'About a minute and a half.',
    examples: [
      ['', 'All of it.'],
      ['--rounds 1 --seconds 0.3 --no-file', 'Whether it works here, in some seconds.'],
    ],
  })
}
