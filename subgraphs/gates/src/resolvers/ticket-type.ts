import { fail } from '@headcount/errors'
import type { TicketTypeResolvers } from '../generated/resolvers.ts'

export const TicketType: TicketTypeResolvers = {
  async name({ id, name }, _args, ctx) {
    const known = name ?? (await ctx.loaders.ticketType.load(id))?.name
    if (known === undefined) throw fail('NOT_FOUND', 'There is no such ticket type.')
    return known
  },
}
