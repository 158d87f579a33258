import { useParts } from '../page/parts.ts'
import { useNow } from '../page/use-now.ts'
import type { Occupancy } from './occupancy.ts'
import { ageMs, isStale } from './staleness.ts'

export interface Freshness {
  /** Undefined while there is no number. */
  ageMs: number | undefined
  isStale: boolean
  /** Local clock, milliseconds since 1970. */
  now: number
}

const STEP_MS = 250

/** How old the counts are at this moment, by the server's clock. */
export function useFreshness(occupancy: Occupancy | undefined): Freshness {
  const { measuredClock } = useParts()
  const now = useNow(STEP_MS)
  if (!occupancy) return { ageMs: undefined, isStale: false, now }
  const age = ageMs(occupancy.asOf, now, measuredClock.offset())
  return { ageMs: age, isStale: isStale(age), now }
}
