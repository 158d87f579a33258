import { viewerOf } from '../context.ts'
import { readOwnRegistrations } from '../domain/read-registrations.ts'
import type { UserResolvers } from '../generated/resolvers.ts'

export const User: UserResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  registrations({ id }, args, ctx) {
    const viewer = viewerOf(ctx)
    if (viewer.kind !== 'user' || viewer.id !== id) return null
    return readOwnRegistrations(ctx, { organizationId: viewer.organizationId, userId: id }, args)
  },
}
