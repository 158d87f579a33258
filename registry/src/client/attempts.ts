import { setTimeout as sleep } from 'node:timers/promises'
import type { RegistryError, RegistryErrorCode } from './registry-error.ts'

const most = 3
const firstPauseMs = 200
const passing: ReadonlySet<RegistryErrorCode> = new Set(['UNREACHABLE', 'UNAVAILABLE'])

/** How often something is tried, and until when. */
export interface Attempts {
  /** Whether a second time does no harm. */
  readonly isRepeatable: boolean
  /** Ends the pauses too. */
  readonly signal: AbortSignal
  /** From 0 to 1, for the jitter. */
  readonly random: () => number
}

/**
 * Does it, and again after a pause while it fails for a reason that passes: at most 3 times. A pause is anything up to
 * 200 ms, then up to 400 ms, so that many clients do not come back together.
 */
export async function attempt<Answer>(run: () => Promise<Answer>, attempts: Attempts): Promise<Answer> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await run()
    } catch (err) {
      const isPassing = passing.has((err as RegistryError).code)
      if (!isPassing || !attempts.isRepeatable || tried === most || attempts.signal.aborted) throw err
      const pauseMs = attempts.random() * firstPauseMs * 2 ** (tried - 1)
      // A deadline in the pause leaves the last failure to be told: it says more.
      await sleep(pauseMs, undefined, { signal: attempts.signal }).catch(() => Promise.reject(err))
    }
  }
}
