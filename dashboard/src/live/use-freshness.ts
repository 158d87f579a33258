import { useParts } from '../page/parts.ts'
import { useNow } from '../page/use-now.ts'
import { type Freshness, freshnessOf } from './freshness.ts'
import type { FeedState } from './occupancy-feed.ts'

const STEP_MS = 250

/** How old the counts are at this moment. */
export function useFreshness(feed: FeedState): Freshness {
  const { measuredClock } = useParts()
  const now = useNow(STEP_MS)
  return freshnessOf(feed, { now, offsetMs: measuredClock.offset() })
}
