import { fail } from '@headcount/errors'
import type { TicketTypeResolvers } from '../generated/resolvers.ts'

export const TicketType: TicketTypeResolvers = {
  __resolveReference: async ({ id }, ctx) => (await ctx.loaders.ticketType.load(id)) ?? null,
  async event(type, _args, ctx) {
    const event = await ctx.loaders.event.load(type.eventId)
    if (!event) throw fail('INTERNAL_SERVER_ERROR', 'Something went wrong on our side.')
    return event
  },
  async zones(type, _args, ctx) {
    const zones = await Promise.all(type.zoneIds.map((id) => ctx.loaders.zone.load(id)))
    return zones.filter((zone) => zone !== undefined)
  },
  recordVersion: (type) => type.version,
}
