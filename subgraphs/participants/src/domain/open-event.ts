import { type ValidationError, validationError } from '@headcount/errors'
import { ServiceUnavailable } from '@headcount/service'
import { eventsUnavailable } from '../errors.ts'
import type { EventStatus, KnownEventRow } from '../store/rows.ts'
import type { EventFinder, Found, Wanted } from './find-events.ts'

const openStates: readonly EventStatus[] = ['PUBLISHED', 'DOORS_OPEN', 'LIVE']
// A state from which an event can come to be open: the news may be on its way here.
const passingStates: readonly EventStatus[] = ['DRAFT', 'POSTPONED']

/** An event that takes registrations, or why it takes none. */
export type OpenEvent = { event: KnownEventRow; ticketTypes: Found['ticketTypes'] } | ValidationError

/**
 * The event and its ticket types if it takes registrations: PUBLISHED, DOORS_OPEN or LIVE, and for those who manage
 * tickets also DRAFT, since people are imported before an event is published. Rejects with SUBGRAPH_UNAVAILABLE when
 * it is not known here and events is silent.
 */
export async function findOpenEvent(
  finder: EventFinder,
  wanted: Wanted & { mayManage: boolean },
): Promise<OpenEvent> {
  const found = await orUnavailable(finder.find(wanted))
  if (!found.event) return validationError({ path: 'eventId', message: 'There is no such event.' })
  if (isOpen(found.event, wanted)) return { event: found.event, ticketTypes: found.ticketTypes }
  const isPassing = passingStates.includes(found.event.status)
  const { event = found.event, ticketTypes } = isPassing
    ? await orUnavailable(finder.findAnew(wanted))
    : found
  return isOpen(event, wanted) ? { event, ticketTypes } : notOpen(event.status)
}

/** Whether an event is over, so that its registrations stand as they are. */
export function isOver(event: KnownEventRow | undefined): boolean {
  return event?.status === 'ENDED' || event?.status === 'ARCHIVED'
}

function isOpen({ status }: KnownEventRow, { mayManage }: { mayManage: boolean }): boolean {
  return openStates.includes(status) || (mayManage && status === 'DRAFT')
}

function notOpen(status: EventStatus): ValidationError {
  const message = `The event is ${status}; it takes registrations while it is ${openStates.join(', ')}.`
  return validationError({ path: 'eventId', message })
}

async function orUnavailable<T>(finding: Promise<T>): Promise<T> {
  try {
    return await finding
  } catch (error) {
    throw error instanceof ServiceUnavailable ? eventsUnavailable() : error
  }
}
