import { useEffect, useState, useSyncExternalStore } from 'react'
import { useParts } from '../page/parts.ts'
import { type FeedState, OccupancyFeed } from './occupancy-feed.ts'
import { createSubscribeOccupancy } from './subscribe-occupancy.ts'

/** An event's live counts. The component that uses it carries the event's id as its key. */
export function useOccupancy(eventId: string): FeedState {
  const { live, measuredClock, unknown } = useParts()
  const [feed] = useState(
    () =>
      new OccupancyFeed({
        subscribe: createSubscribeOccupancy(live, unknown),
        eventId,
        onAsOf: measuredClock.onAsOf,
      }),
  )
  useEffect(() => {
    const wake = () => {
      if (document.visibilityState === 'visible') live.wake()
    }
    window.addEventListener('online', wake)
    document.addEventListener('visibilitychange', wake)
    feed.start()
    return () => {
      window.removeEventListener('online', wake)
      document.removeEventListener('visibilitychange', wake)
      feed.stop()
    }
  }, [feed, live])
  return useSyncExternalStore(feed.subscribe, feed.state)
}
