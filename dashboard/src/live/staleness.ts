/** A number older than this is stale (the platform sends a heartbeat at least every 2 s). */
const STALE_AFTER_MS = 6000

/** How old a number is, by the server's clock; never negative. `offset` is the local clock less the server's. */
export function ageMs(asOf: string, now: number, offset: number): number {
  return Math.max(0, now - offset - Date.parse(asOf))
}

export function isStale(age: number): boolean {
  return age > STALE_AFTER_MS
}
