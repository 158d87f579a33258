import { fail } from '@headcount/errors'
import type { Context } from '../context.ts'
import { holds, mayReadHolder, mayReadTicket } from '../domain/rights.ts'
import type { TicketResolvers } from '../generated/resolvers.ts'
import type { TicketRow } from '../store/rows.ts'

/** A ticket as a reference; null when the tenant has none, or a device that asks is for another event. */
export async function ticketFor(id: string, { loaders, viewer }: Context): Promise<TicketRow | null> {
  const ticket = await loaders.ticket.load(id)
  if (!ticket) return null
  const isForeign = viewer?.eventId !== undefined && viewer.eventId !== ticket.eventId
  return isForeign ? null : ticket
}

export const Ticket: TicketResolvers = {
  __resolveReference: ({ id }, ctx) => ticketFor(id, ctx),
  async holderName(ticket, _args, { viewer, loaders }) {
    if (mayReadHolder(viewer, ticket)) return ticket.holderName
    if (!holds(viewer, 'scan:write')) return null
    const hasScanned =
      viewer?.kind === 'device'
        ? await loaders.scannedJustNow.load(ticket.id)
        : holds(viewer, 'credential:search')
    return hasScanned ? ticket.holderName : null
  },
  qrPayload: (ticket, _args, { viewer, keys }) =>
    mayReadTicket(viewer, ticket) ? keys.codeOf(ticket) : null,
  async ticketType(ticket, _args, ctx) {
    const type = await ctx.loaders.ticketType.load(ticket.ticketTypeId)
    if (!type) throw fail('INTERNAL_SERVER_ERROR', 'Something went wrong on our side.')
    return type
  },
  async event(ticket, _args, ctx) {
    const event = await ctx.loaders.event.load(ticket.eventId)
    if (!event) throw fail('INTERNAL_SERVER_ERROR', 'Something went wrong on our side.')
    return event
  },
  registration: (ticket, _args, { viewer, loaders }) =>
    mayReadTicket(viewer, ticket) ? loaders.registration.load(ticket.registrationId) : null,
  recordVersion: (ticket) => ticket.version,
}
