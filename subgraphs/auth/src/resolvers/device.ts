import type { DeviceResolvers } from '../generated/resolvers.ts'

export const Device: DeviceResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.device.load(id),
  credentialStatus: ({ status }) => status,
  enrolledGateIds: ({ gateIds }) => gateIds,
  credentialVersion: ({ version }) => version,
}
