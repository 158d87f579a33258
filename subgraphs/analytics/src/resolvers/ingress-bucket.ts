import type { IngressBucketResolvers } from '../generated/resolvers.ts'

export const IngressBucket: IngressBucketResolvers = {
  gate: ({ gateId }) => ({ id: gateId }),
}
