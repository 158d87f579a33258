import type { EventResolvers } from '../generated/resolvers.ts'

export const Event: EventResolvers = {
  __resolveReference: async ({ id }, ctx) => (await ctx.loaders.event.load(id)) ?? null,
  organization: (event) => ({ id: event.organizationId }),
  zones: (event, _args, ctx) => ctx.loaders.zonesOfEvent.load(event.id),
  ticketTypes: (event, _args, ctx) => ctx.loaders.ticketTypesOfEvent.load(event.id),
}
