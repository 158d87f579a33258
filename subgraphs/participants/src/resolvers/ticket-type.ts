import type { TicketTypeResolvers } from '../generated/resolvers.ts'

export const TicketType: TicketTypeResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  soldCount: ({ id }, _args, ctx) => ctx.loaders.sold.load(id),
}
