import type { ReactNode } from 'react'
import type { Connection } from '../live/connection.ts'
import type { Freshness } from '../live/freshness.ts'
import { EVENT_STATES } from '../words/states.ts'
import { eventTimes, formatAge } from '../words/times.ts'
import type { EventFacts } from './use-event-at-address.ts'

interface EventHeadProps {
  event: EventFacts
  connection: Connection
  freshness: Freshness
  /** What else there is to say of the connection. */
  children: ReactNode
}

/** Which event this is, and whether its numbers can be trusted at this moment. */
export function EventHead({ event, connection, freshness, children }: EventHeadProps) {
  const { text, tone } = EVENT_STATES[event.status]
  return (
    <div className="event-head">
      <div>
        <h1>
          {event.name}{' '}
          <span className="chip" data-tone={tone} data-testid="event-status" data-status={event.status}>
            {text}
          </span>
        </h1>
        <p className="quiet">{describeTimes(event)}</p>
      </div>
      <div className="connection">
        <span
          className="pill"
          data-tone={connection.tone}
          data-testid="connection"
          data-state={connection.name}
          role="status"
        >
          {connection.text}
        </span>
        {connection.detail && (
          <span className="quiet" aria-hidden="true">
            {connection.detail}
          </span>
        )}
        <Age {...freshness} />
      </div>
      {children}
    </div>
  )
}

function Age({ ageMs, oldSince }: Freshness) {
  if (ageMs === undefined) return <span data-testid="age" data-stale="true" hidden />
  const isOld = oldSince !== undefined
  return (
    <span className="age" data-testid="age" data-age-ms={Math.round(ageMs)} data-stale={isOld}>
      {describeAge(ageMs, isOld)}
    </span>
  )
}

/** Heartbeats come every 2 s: below that the age would only flicker. */
const JUST_NOW_MS = 3000

function describeAge(ageMs: number, isOld: boolean): string {
  if (isOld) return `${formatAge(ageMs)} old`
  return ageMs < JUST_NOW_MS ? 'Updated just now' : `Updated ${formatAge(ageMs)} ago`
}

function describeTimes({ startsAt, doorsOpenAt, endsAt, timeZone }: EventFacts): string {
  const times = eventTimes(timeZone)
  const [doors, start, end] = [doorsOpenAt, startsAt, endsAt].map((moment) => Date.parse(moment)) as [
    number,
    number,
    number,
  ]
  return [
    times.day(start),
    `doors ${times.minute(doors)}`,
    `start ${times.minute(start)}`,
    `end ${times.minute(end)} ${times.zoneName(start)}`,
  ].join(' · ')
}
