import type { DeviceStandingResolvers } from '../generated/resolvers.ts'

export const DeviceStanding: DeviceStandingResolvers = {
  missingSeqs: async ({ device }, _args, ctx) => (await ctx.loaders.deviceNumbers.load(device.id)).missing,
  missingCount: async ({ device }, _args, ctx) =>
    (await ctx.loaders.deviceNumbers.load(device.id)).missingCount,
}
