import { useEffect } from 'react'
import { Arrivals } from '../chart/arrivals.tsx'
import type { Problem } from '../graph/answer.ts'
import { describeConnection, refusalOf } from '../live/connection.ts'
import type { Occupancy } from '../live/occupancy.ts'
import { useFreshness } from '../live/use-freshness.ts'
import { useOccupancy } from '../live/use-occupancy.ts'
import { Announcer } from '../page/announcer.tsx'
import { useOnline } from '../page/use-online.ts'
import { ScannersPanel } from '../scanners/scanners-panel.tsx'
import { formatCount } from '../words/numbers.ts'
import { formatAge } from '../words/times.ts'
import { EventHead } from './event-head.tsx'
import { Gates } from './gates.tsx'
import { Headline } from './headline.tsx'
import { InterruptionNotice } from './interruption-notice.tsx'
import { Refusal } from './refusal.tsx'
import type { EventFacts } from './use-event-at-address.ts'
import { Zones } from './zones.tsx'

/** One event, live. */
export function EventView({ event, problems }: { event: EventFacts; problems: readonly Problem[] }) {
  const feed = useOccupancy(event.id)
  const isOnline = useOnline()
  const freshness = useFreshness(feed)
  const { occupancy, live } = feed
  const { isStale, oldSince, now } = freshness
  const isOld = oldSince !== undefined
  const connection = describeConnection(feed, { isOnline, isStale, now })
  const refusal = refusalOf(feed)
  useTitle(event.name, occupancy, isOld)

  return (
    <main className="event" data-stale={isOld} data-event={event.id}>
      <EventHead event={event} connection={connection} freshness={freshness}>
        <InterruptionNotice live={live} now={now} timeZone={event.timeZone} />
      </EventHead>
      {refusal ? (
        <Refusal phase={refusal} />
      ) : (
        <>
          <Headline event={event} problems={problems} occupancy={occupancy} freshness={freshness} />
          <div className="side">
            <Zones event={event} zones={occupancy?.zones} />
            <Gates gates={occupancy?.gates} />
          </div>
          <Arrivals event={event} occupancy={occupancy} />
          <ScannersPanel event={event} gates={occupancy?.gates} />
        </>
      )}
      {occupancy && <Announcer {...announcementOf(occupancy, freshness.ageMs ?? 0, { isStale, now })} />}
    </main>
  )
}

function announcementOf(
  occupancy: Occupancy,
  ageMs: number,
  { isStale, now }: { isStale: boolean; now: number },
) {
  const count = `${formatCount(occupancy.inside)} people inside`
  return {
    text: isStale ? `${count}, but this is stale, ${formatAge(ageMs)} old.` : `${count}.`,
    at: now,
    isStale,
  }
}

function useTitle(name: string, occupancy: Occupancy | undefined, isOld: boolean): void {
  const count = occupancy ? `${isOld ? '(old) ' : ''}${formatCount(occupancy.inside)} inside · ` : ''
  const title = `${count}${name} – Headcount`
  useEffect(() => {
    document.title = title
  }, [title])
}
