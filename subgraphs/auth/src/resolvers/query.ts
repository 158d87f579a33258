import { viewerOf } from '../context.ts'
import type { QueryResolvers } from '../generated/resolvers.ts'

export const Query: QueryResolvers = {
  me: (_parent, _args, context) => {
    const viewer = viewerOf(context)
    return viewer.kind === 'user' ? context.loaders.user.load(viewer.id) : null
  },
  organization: async (_parent, { id, slug }, context) => {
    const own = await context.loaders.organization.load(viewerOf(context).organizationId)
    const isAsked = (id ?? own?.id) === own?.id && (slug ?? own?.slug) === own?.slug
    return isAsked ? own : null
  },
}
