import type { TicketKeyResolvers } from '../generated/resolvers.ts'

export const TicketKey: TicketKeyResolvers = {
  __resolveReference: async ({ id }, ctx) => (await ctx.loaders.ticketKey.load(id)) ?? null,
}
