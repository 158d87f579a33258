import { fail } from '@headcount/errors'
import type { ZoneResolvers } from '../generated/resolvers.ts'

export const Zone: ZoneResolvers = {
  __resolveReference: async ({ id }, ctx) => (await ctx.loaders.zone.load(id)) ?? null,
  async event(zone, _args, ctx) {
    const event = await ctx.loaders.event.load(zone.eventId)
    if (!event) throw fail('INTERNAL_SERVER_ERROR', 'Something went wrong on our side.')
    return event
  },
  parent: (zone, _args, ctx) => (zone.parentId ? ctx.loaders.zone.load(zone.parentId) : null),
  recordVersion: (zone) => zone.version,
}
