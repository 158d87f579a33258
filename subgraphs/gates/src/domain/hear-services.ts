import type { Bus } from '@headcount/messaging'

const SILENCE_MS = 5000
/** The services whose word a scan relies on. */
const reliedOn = ['auth', 'events', 'participants'] as const

/**
 * Makes the question whether a service that scans rely on has not been heard for 5 s. One that was never heard counts
 * from now on, so that a process that has just started waits for it that long.
 */
export function createSilenceDetector(bus: Pick<Bus, 'lastHeard'>, now: () => Date): () => boolean {
  const startedAtMs = now().getTime()
  return () => {
    const oldest = now().getTime() - SILENCE_MS
    return reliedOn.some((service) => Math.max(bus.lastHeard(service) ?? 0, startedAtMs) < oldest)
  }
}
