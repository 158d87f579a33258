import { fail } from '@headcount/errors'
import { connection, pageArguments } from '@headcount/paging'
import { viewerOf } from '../context.ts'
import { readPublicEvent } from '../domain/read-public-event.ts'
import type { QueryResolvers } from '../generated/resolvers.ts'
import { eventList, keyOfEvent } from '../store/reads.ts'

export const Query: QueryResolvers = {
  async event(_root, { id, slug }, ctx) {
    if (id != null && slug != null) throw fail('BAD_USER_INPUT', 'event takes an id or a slug, not both.')
    if (id != null) return ctx.loaders.event.load(id)
    if (slug != null) return ctx.store.eventBySlug(viewerOf(ctx).organizationId, slug)
    throw fail('BAD_USER_INPUT', 'event takes an id or a slug.')
  },
  async events(_root, args, ctx) {
    const { organizationId } = viewerOf(ctx)
    const page = pageArguments(args, eventList)
    const status = args.filter?.status ?? undefined
    const rows = await ctx.store.eventPage({ organizationId, status, page })
    const totalCount = await ctx.store.countEvents(organizationId, status)
    return { ...connection(rows, page, keyOfEvent), totalCount }
  },
  publicEvent: (_root, args, ctx) => readPublicEvent(ctx.store, args),
}
