import type { EventResolvers } from '../generated/resolvers.ts'

export const Event: EventResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  registeredCount: ({ id }, _args, ctx) => ctx.loaders.registered.load(id),
}
