import { useMemo } from 'react'
import { describeInterruption } from '../live/interruption.ts'
import type { FeedState } from '../live/occupancy-feed.ts'
import { useParts } from '../page/parts.ts'
import { eventTimes } from '../words/times.ts'

interface InterruptionNoticeProps {
  live: FeedState['live']
  /** Local clock, milliseconds since 1970. */
  now: number
  timeZone: string
}

/** Says for a while after a break how long this page saw nothing. */
export function InterruptionNotice({ live, now, timeZone }: InterruptionNoticeProps) {
  const { measuredClock } = useParts()
  const times = useMemo(() => eventTimes(timeZone), [timeZone])
  const interruption = live.phase === 'live' ? live.interruption : undefined
  const text = describeInterruption(interruption, { now, offsetMs: measuredClock.offset(), times })
  // The region stays: what appears in one that is there is read aloud.
  return (
    <div className="interruption" role="status">
      {text && <p data-testid="interruption">{text}</p>}
    </div>
  )
}
