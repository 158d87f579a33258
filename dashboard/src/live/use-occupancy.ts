import { useEffect, useState, useSyncExternalStore } from 'react'
import { useParts } from '../page/parts.ts'
import { type FeedState, OccupancyFeed } from './occupancy-feed.ts'

/** An event's live counts. The component that uses it carries the event's id as its key. */
export function useOccupancy(eventId: string): FeedState {
  const { openLive, measuredClock, session, clock } = useParts()
  const [feed] = useState(
    () =>
      new OccupancyFeed({
        open: openLive(eventId),
        clock,
        random: Math.random,
        onAsOf: measuredClock.onAsOf,
        onTokenRefused: () => session.refuseCurrent(),
      }),
  )
  useEffect(() => {
    const wake = () => {
      if (document.visibilityState === 'visible') feed.wake()
    }
    window.addEventListener('online', wake)
    document.addEventListener('visibilitychange', wake)
    feed.start()
    return () => {
      window.removeEventListener('online', wake)
      document.removeEventListener('visibilitychange', wake)
      feed.stop()
    }
  }, [feed])
  return useSyncExternalStore(feed.subscribe, feed.state)
}
