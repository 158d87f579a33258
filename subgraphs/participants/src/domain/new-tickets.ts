import { newId } from '@headcount/ids'
import type { RegistrationRow, TicketRow } from '../store/rows.ts'
import type { TicketKeys } from './ticket-keys.ts'

/** The first tickets of registrations, in their order, with signed codes. */
export async function newTickets(
  keys: TicketKeys,
  organizationId: string,
  registrations: readonly RegistrationRow[],
): Promise<TicketRow[]> {
  const tickets = registrations.map(({ registeredAt, ...registration }) => ({
    id: newId('ticket', registeredAt.getTime()),
    organizationId,
    eventId: registration.eventId,
    issue: 1,
    registration,
  }))
  const marks = await keys.sign(organizationId, tickets)
  return tickets.flatMap(({ id, registration }, index) => {
    const mark = marks[index]
    if (!mark) return []
    const { eventId, ticketTypeId, userId, holderName, holderEmail } = registration
    const ticket: TicketRow = {
      __typename: 'Ticket',
      ...{ id, organizationId, eventId, ticketTypeId, registrationId: registration.id },
      ...{ userId, holderName, holderEmail },
      status: registration.status === 'PENDING' ? 'PENDING' : 'VALID',
      statusReason: null,
      transferredFrom: null,
      ...mark,
      version: 1,
    }
    return [ticket]
  })
}
