import type { Handler, Message } from '@headcount/messaging'
import type { EventStatus, TicketKeyRow, TicketRow } from './store/rows.ts'
import type { Store } from './store/store.ts'

/** A message before it has an id and a time. */
type Outgoing = Pick<Message, 'subject' | 'organizationId' | 'payload'>

const MOST_TICKETS = 500

/** Tells the others tickets as they are now: a message an event and 500 tickets. */
export function ticketsChanged(rows: readonly TicketRow[]): Outgoing[] {
  return [...Map.groupBy(rows, (row) => row.eventId).values()].flatMap((ofEvent) => {
    const messages: Outgoing[] = []
    for (let from = 0; from < ofEvent.length; from += MOST_TICKETS) {
      const [first, ...rest] = ofEvent.slice(from, from + MOST_TICKETS)
      if (!first) continue
      const { organizationId, eventId } = first
      const subject = `org.${organizationId}.event.${eventId}.ticket.changed`
      messages.push({ organizationId, subject, payload: { tickets: [first, ...rest].map(ticketState) } })
    }
    return messages
  })
}

/** A ticket as gates needs it: nothing of a person. */
function ticketState(row: TicketRow) {
  const { id, eventId, ticketTypeId, registrationId, codeHash, status, version } = row
  const pendingReason = status === 'PENDING' ? { pendingReason: 'NOT_PAID' } : {}
  return { id, eventId, ticketTypeId, registrationId, codeHash, status, version, ...pendingReason }
}

/** Tells the others how many registrations of an event hold a place. */
export function registrationCounted(count: {
  organizationId: string
  eventId: string
  registered: number
  version: number
}): Outgoing {
  const { organizationId, eventId, registered, version } = count
  const subject = `org.${organizationId}.event.${eventId}.registration.counted`
  return { organizationId, subject, payload: { eventId, registeredCount: registered, version } }
}

/** Tells the others the key that verifies an organization's ticket codes. */
export function ticketKeyChanged({ id, organizationId, publicKey }: TicketKeyRow): Outgoing {
  const payload = { keyId: id, organizationId, publicKey }
  return { organizationId, subject: `org.${organizationId}.ticket-key.changed`, payload }
}

/** What participants hears of other services. */
export const consumedSubjects = ['org.*.event.*.event.changed', 'org.*.event.*.ticket-type.changed']

interface EventPayload {
  id: string
  name: string
  status: EventStatus
  capacity: number
  startsAt: string
  timeZone: string
  version: number
}

interface TicketTypePayload {
  id: string
  eventId: string
  name: string
  quota: number | null
  version: number
}

/** Applies what events tells; by key and version, so that twice is once. */
export function createHandler(store: Pick<Store, 'keepEvents' | 'keepTicketTypes'>): Handler {
  return async ({ subject, organizationId, payload }) => {
    if (subject.endsWith('.ticket-type.changed')) {
      const { id, eventId, name, quota, version } = payload as TicketTypePayload
      await store.keepTicketTypes([{ id, organizationId, eventId, name, quota, version }])
      return
    }
    const { id, name, status, capacity, startsAt, timeZone, version } = payload as EventPayload
    const row = { id, organizationId, name, status, capacity, timeZone, version }
    await store.keepEvents([{ ...row, startsAt: new Date(startsAt) }])
  }
}
