import type { EventStatus } from '../generated/graphql.ts'

export interface ListedEvent {
  id: string
  name: string
  slug: string
  status: EventStatus
  startsAt: string
  timeZone: string
}

export type EventGroup = 'Running' | 'Upcoming' | 'Past'

const GROUPS: Readonly<Record<EventStatus, EventGroup>> = {
  DOORS_OPEN: 'Running',
  LIVE: 'Running',
  DRAFT: 'Upcoming',
  PUBLISHED: 'Upcoming',
  POSTPONED: 'Upcoming',
  ENDED: 'Past',
  ARCHIVED: 'Past',
  CANCELLED: 'Past',
}

/** Events in the order in which people look for them: running, then the next to come, then the latest past. */
export function groupEvents(events: readonly ListedEvent[]): { group: EventGroup; events: ListedEvent[] }[] {
  const start = (event: ListedEvent) => Date.parse(event.startsAt)
  const latestFirst = events.toSorted((a, b) => start(b) - start(a))
  const inGroup = (group: EventGroup) => latestFirst.filter((event) => GROUPS[event.status] === group)
  return [
    { group: 'Running' as const, events: inGroup('Running') },
    { group: 'Upcoming' as const, events: inGroup('Upcoming').toReversed() },
    { group: 'Past' as const, events: inGroup('Past') },
  ].filter(({ events }) => events.length > 0)
}

/** What to show at `/`: the event that runs, else the next one, else the last one. A draft only where there is no other. */
export function chooseEvent(events: readonly ListedEvent[]): ListedEvent | undefined {
  const best = (candidates: readonly ListedEvent[]) => groupEvents(candidates)[0]?.events[0]
  return best(events.filter(({ status }) => status !== 'DRAFT' && status !== 'CANCELLED')) ?? best(events)
}
