import type { FeedState } from './occupancy-feed.ts'
import { ageMs, isStale } from './staleness.ts'

export interface Freshness {
  /** Undefined while there is no number. */
  ageMs: number | undefined
  /** Older than the platform's heartbeats allow. */
  isStale: boolean
  /**
   * Since when nothing was heard, by the server's clock in milliseconds since 1970, for a number that is stale or whose
   * connection is away; undefined for one that is fresh.
   */
  oldSince: number | undefined
  /** Local clock, milliseconds since 1970. */
  now: number
}

/** How old the counts are, by the server's clock. `offsetMs` is the local clock less the server's. */
export function freshnessOf(
  { live, occupancy }: FeedState,
  { now, offsetMs }: { now: number; offsetMs: number },
): Freshness {
  if (!occupancy) return { ageMs: undefined, isStale: false, oldSince: undefined, now }
  const age = ageMs(occupancy.asOf, now, offsetMs)
  const isOld = isStale(age) || live.phase !== 'live'
  const since = live.phase === 'lost' ? live.since - offsetMs : Date.parse(occupancy.asOf)
  return { ageMs: age, isStale: isStale(age), oldSince: isOld ? since : undefined, now }
}
