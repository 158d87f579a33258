import type { Problem } from '../graph/answer.ts'
import type { Freshness } from '../live/freshness.ts'
import type { Occupancy } from '../live/occupancy.ts'
import { formatCount, formatShare } from '../words/numbers.ts'
import { eventTimes } from '../words/times.ts'
import { absence, type Figure, readFigure } from './attendance.ts'
import { Details } from './details.tsx'
import type { EventFacts } from './use-event-at-address.ts'

interface HeadlineProps {
  event: EventFacts
  problems: readonly Problem[]
  occupancy: Occupancy | undefined
  freshness: Freshness
}

/** The number that the page is for, and the few beside it. */
export function Headline({ event, problems, occupancy, freshness }: HeadlineProps) {
  const { oldSince } = freshness
  const registered = readFigure(event.registeredCount, problems, 'atAddress.registeredCount')
  const perMinute = occupancy?.gates.reduce((sum, gate) => sum + gate.entriesPerMinute, 0)
  return (
    <section className="card headline" aria-label="People">
      <div className="headline-head">
        <h2>People inside</h2>
        {oldSince !== undefined && (
          <p className="stale-badge" data-testid="stale">
            Old: no counts since {eventTimes(event.timeZone).second(oldSince)}
          </p>
        )}
      </div>
      <p
        className="headline-number"
        data-testid="inside"
        data-seq={occupancy?.seq}
        data-inside={occupancy?.inside}
        data-admitted={occupancy?.admitted}
        data-stale={oldSince !== undefined}
      >
        {occupancy ? formatCount(occupancy.inside) : '–'}
      </p>
      <dl className="figures">
        <div>
          <dt>Entering</dt>
          <dd data-testid="entering" data-per-minute={perMinute}>
            {perMinute === undefined ? '–' : formatCount(Math.round(perMinute))} <small>a minute</small>
          </dd>
        </div>
        <div>
          <dt>Admitted</dt>
          <dd
            data-testid="admitted"
            data-seq={occupancy?.seq}
            data-admitted={occupancy?.admitted}
            title="Different tickets with at least one admission"
          >
            {occupancy ? formatCount(occupancy.admitted) : '–'}
          </dd>
        </div>
        <Attendance event={event} registered={registered} admitted={occupancy?.admitted} />
      </dl>
      <Details event={event} occupancy={occupancy} />
    </section>
  )
}

interface AttendanceProps {
  event: EventFacts
  registered: Figure
  admitted: number | undefined
}

function Attendance({ event, registered, admitted }: AttendanceProps) {
  const isOver = event.status === 'ENDED' || event.status === 'ARCHIVED'
  if (registered.kind === 'unknown') {
    return (
      <div>
        <dt>Registered</dt>
        <dd className="kept-back" data-testid="registered" data-kept-back="true">
          {registered.why}
        </dd>
      </div>
    )
  }
  const absent = admitted === undefined ? undefined : absence(registered.value, admitted)
  return (
    <>
      <div>
        <dt>Registered</dt>
        <dd data-testid="registered" data-registered={registered.value}>
          {formatCount(registered.value)}
        </dd>
      </div>
      <div>
        <dt>{isOver ? 'No-show' : 'Not yet here'}</dt>
        <dd data-testid="no-show" data-absent={absent?.count}>
          {absent ? formatCount(absent.count) : '–'}{' '}
          {absent?.share !== undefined && <small>{formatShare(absent.share)}</small>}
        </dd>
      </div>
    </>
  )
}
