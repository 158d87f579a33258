const FIRST_MS = 400
const MOST_MS = 15_000

/**
 * How long to wait before attempt `attempt` (0 = the first retry), in milliseconds: doubles from 0.4 s to 15 s, and is
 * drawn from its upper half, so that a thousand clients do not come back at the same moment.
 */
export function backOffMs(attempt: number, random: () => number): number {
  const ceiling = Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(attempt, 10))
  return ceiling / 2 + (random() * ceiling) / 2
}

/** A server that asks for more than this is not obeyed. */
const MOST_ASKED_MS = 60_000

/** The wait that a server asked for, never shorter; up to a quarter more, since it may have told many the same. */
export function askedWaitMs(retryAfterMs: number, random: () => number): number {
  return Math.min(retryAfterMs, MOST_ASKED_MS) * (1 + random() / 4)
}
