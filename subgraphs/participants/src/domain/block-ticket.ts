import type { Viewer } from '@headcount/access'
import { conflict } from '@headcount/errors'
import type { BlockTicketInput, TicketStatus } from '../generated/resolvers.ts'
import type { Changes } from '../store/changes.ts'
import type { TicketRow } from '../store/rows.ts'
import { lockOwnTicket, only, type TicketRefusal } from './find-ticket.ts'
import type { Tools } from './tools.ts'

/** Blocks a VALID ticket, or lifts the block. One that is so already stays as it is. */
export function blockTicket({ store }: Tools, viewer: Viewer, input: BlockTicketInput) {
  const isBlocked = input.blocked ?? true
  return store.change((changes) => setBlocked(changes, viewer, { ticketId: input.ticketId, isBlocked }))
}

async function setBlocked(
  changes: Changes,
  viewer: Viewer,
  { ticketId, isBlocked }: { ticketId: string; isBlocked: boolean },
): Promise<TicketRow | TicketRefusal> {
  const ticket = await lockOwnTicket(changes, viewer, ticketId)
  if (ticket.__typename !== 'Ticket') return ticket
  const from: TicketStatus = isBlocked ? 'VALID' : 'BLOCKED'
  const to: TicketStatus = isBlocked ? 'BLOCKED' : 'VALID'
  if (ticket.status === to) return ticket
  if (ticket.status !== from) {
    const message = `The ticket is ${ticket.status}; only a ${from} one becomes ${to}.`
    return conflict(message, ticket.version)
  }
  return only(await changes.setTicketStatus([ticket.id], to))
}
