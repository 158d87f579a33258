import { viewerOf } from '../context.ts'
import { readRegistrations } from '../domain/read-registrations.ts'
import { mayReadTicket } from '../domain/rights.ts'
import type { QueryResolvers } from '../generated/resolvers.ts'

export const Query: QueryResolvers = {
  me(_root, _args, { viewer }) {
    return viewer?.kind === 'user' ? { id: viewer.id } : null
  },
  async ticket(_root, { id }, { loaders, viewer }) {
    const ticket = await loaders.ticket.load(id)
    return ticket && mayReadTicket(viewer, ticket) ? ticket : null
  },
  registrations: (_root, args, ctx) => readRegistrations(ctx, viewerOf(ctx).organizationId, args),
}
