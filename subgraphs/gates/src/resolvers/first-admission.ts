import { fail } from '@headcount/errors'
import type { FirstAdmissionResolvers } from '../generated/resolvers.ts'

export const FirstAdmission: FirstAdmissionResolvers = {
  async gate({ gateId }, _args, ctx) {
    const gate = await ctx.loaders.gate.load(gateId)
    if (!gate) throw fail('INTERNAL_SERVER_ERROR', 'Something went wrong on our side.')
    return gate
  },
  device: ({ deviceId }, _args, ctx) => (deviceId === null ? null : ctx.loaders.device.load(deviceId)),
}
