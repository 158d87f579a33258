import { viewerOf } from '../context.ts'
import { connectivityOf } from '../domain/device-connectivity.ts'
import type { DeviceResolvers } from '../generated/resolvers.ts'

export const Device: DeviceResolvers = {
  async __resolveReference({ id }, ctx) {
    const known = await ctx.loaders.device.load(id)
    if (known) return known
    // A device that enrolled a moment ago: auth is asked once, and its answer kept.
    await ctx.learner.device(viewerOf(ctx).organizationId, id)
    return (await ctx.loaders.device.clear(id).load(id)) ?? null
  },
  async gate(device, _args, ctx) {
    const [first] = device.gateIds
    return first === undefined ? null : ctx.loaders.gate.load(first)
  },
  async gates(device, _args, ctx) {
    const gates = await Promise.all(device.gateIds.map((id) => ctx.loaders.gate.load(id)))
    return gates.filter((gate) => gate !== undefined)
  },
  connectivity: (device, _args, ctx) => connectivityOf(device, ctx.now()),
  missingSeqs: async ({ id }, _args, ctx) => (await ctx.loaders.deviceNumbers.load(id)).missing,
  missingCount: async ({ id }, _args, ctx) => (await ctx.loaders.deviceNumbers.load(id)).missingCount,
}
