import { serversOrSkip, titled } from '@headcount/servers/testing'
import { describe } from 'vitest'

/** All services in one process, or each in its own behind NATS and Valkey. */
export type Mode = 'all-in-one' | 'separate'

const missing = await serversOrSkip()
const modes: readonly { readonly services: Mode; readonly skipReason: string | undefined }[] = [
  { services: 'all-in-one', skipReason: undefined },
  { services: 'separate', skipReason: missing },
]

/**
 * Runs the tests of a promise in both modes. Where NATS and Valkey cannot be had, `separate` says why it is skipped; so do
 * both where something else is lacking.
 */
export function inBothModes(promise: string, tests: (services: Mode) => void, lacking?: string): void {
  for (const { services, skipReason } of modes) {
    const reason = lacking ?? skipReason
    describe.skipIf(reason !== undefined)(titled(`${promise} (${services})`, reason), () => tests(services))
  }
}
