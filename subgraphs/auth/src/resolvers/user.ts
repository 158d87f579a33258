import { hasScope } from '@headcount/access'
import type { UserResolvers } from '../generated/resolvers.ts'

export const User: UserResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.user.load(id),
  email: async ({ id }, _args, { viewer, loaders }) => {
    const isOwn = viewer?.kind === 'user' && viewer.id === id
    if (!isOwn && !hasScope(viewer?.scopes ?? [], 'user:pii')) return null
    return (await loaders.user.load(id))?.email
  },
}
