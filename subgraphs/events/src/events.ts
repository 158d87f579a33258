import type { Handler, Message } from '@headcount/messaging'
import type { EventRow, TicketTypeRow, ZoneRow } from './store/rows.ts'
import type { Store } from './store/store.ts'

/** A message before it has an id and a time. */
type Outgoing = Pick<Message, 'subject' | 'organizationId' | 'payload'>

/** Tells the others an event as it is now. */
export function eventChanged(row: EventRow): Outgoing {
  const { organizationId, id } = row
  return { organizationId, subject: `org.${organizationId}.event.${id}.event.changed`, payload: row }
}

/** Tells the others a zone as it is now. */
export function zoneChanged(row: ZoneRow): Outgoing {
  const { organizationId, eventId } = row
  return { organizationId, subject: `org.${organizationId}.event.${eventId}.zone.changed`, payload: row }
}

/** Tells the others a ticket type as it is now. */
export function ticketTypeChanged(row: TicketTypeRow): Outgoing {
  const { organizationId, eventId } = row
  return {
    organizationId,
    subject: `org.${organizationId}.event.${eventId}.ticket-type.changed`,
    payload: row,
  }
}

/** What events hears of other services. */
export const consumedSubjects = ['org.*.organization.changed']

/** Applies what others tell; by key and version, so that twice is once. */
export function createHandler(store: Store): Handler {
  return async ({ payload }) => {
    const { id, slug, version } = payload as { id: string; slug: string; version: number }
    await store.keepOrganization({ id, slug, version })
  }
}
