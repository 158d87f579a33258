import { fail } from '@headcount/errors'
import type { Context } from '../context.ts'
import type { ZoneResolvers } from '../generated/resolvers.ts'
import type { ZoneReference } from '../store/rows.ts'

export const Zone: ZoneResolvers = {
  __resolveReference: ({ id, capacity }) => ({ id, ...(capacity !== undefined && { capacity }) }),
  name: async (zone, _args, ctx) => zone.name ?? (await knownZone(zone, ctx)).name,
  capacity: async (zone, _args, ctx) =>
    zone.capacity === undefined ? (await knownZone(zone, ctx)).capacity : zone.capacity,
  enforcement: async (zone, _args, ctx) => zone.enforcement ?? (await knownZone(zone, ctx)).enforcement,
  inside: async ({ id }, _args, ctx) => (await ctx.loaders.zoneCount.load(id))?.inside ?? 0,
  async fillRatio({ id, capacity }, _args, ctx) {
    if (capacity == null) return null
    return ((await ctx.loaders.zoneCount.load(id))?.inside ?? 0) / capacity
  },
}

async function knownZone({ id }: ZoneReference, ctx: Context) {
  const zone = await ctx.loaders.zone.load(id)
  if (!zone) throw fail('NOT_FOUND', 'There is no such zone.')
  return zone
}
