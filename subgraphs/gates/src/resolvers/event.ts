import { fail } from '@headcount/errors'
import type { EventResolvers } from '../generated/resolvers.ts'

export const Event: EventResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  async name({ id, name }, _args, ctx) {
    const known = name ?? (await ctx.loaders.event.load(id))?.name
    if (known === undefined) throw fail('NOT_FOUND', 'There is no such event.')
    return known
  },
  gates: ({ id }, _args, ctx) => ctx.loaders.gatesOfEvent.load(id),
  admitted: async ({ id }, _args, ctx) => (await ctx.loaders.eventCounts.load(id))?.admitted ?? 0,
  inside: async ({ id }, _args, ctx) => (await ctx.loaders.eventCounts.load(id))?.inside ?? 0,
}
