import { connection, pageArguments } from '@headcount/paging'
import { mayRead, viewerOf } from '../context.ts'
import { offlineManifest } from '../domain/offline-manifest.ts'
import { readOccupancy } from '../domain/read-occupancy.ts'
import type { QueryResolvers } from '../generated/resolvers.ts'
import { keyOfEntry, ledgerList } from '../store/ledger-entries.ts'
import { keyOfEventScan, scanList } from '../store/scan-pages.ts'

export const Query: QueryResolvers = {
  async occupancy(_root, { eventId }, ctx) {
    if (!mayRead(ctx, eventId)) return null
    return readOccupancy(ctx, { organizationId: viewerOf(ctx).organizationId, eventId })
  },
  async scans(_root, { eventId, filter, ...args }, ctx) {
    const page = pageArguments(args, scanList)
    if (!mayRead(ctx, eventId) || !(await ctx.loaders.event.load(eventId))) return null
    const { organizationId } = viewerOf(ctx)
    const rows = await ctx.store.scanPage({ organizationId, eventId }, filter ?? {}, page)
    return connection(rows, page, keyOfEventScan)
  },
  async ledger(_root, { eventId, kinds, ...args }, ctx) {
    const page = pageArguments(args, ledgerList)
    if (!mayRead(ctx, eventId) || !(await ctx.loaders.event.load(eventId))) return null
    const { organizationId } = viewerOf(ctx)
    const rows = await ctx.store.ledgerPage({ organizationId, eventId }, kinds ?? null, page)
    return connection(rows, page, keyOfEntry)
  },
  async devices(_root, { eventId }, ctx) {
    if (!(await ctx.loaders.event.load(eventId))) return null
    return ctx.store.devicesOfEvent(viewerOf(ctx).organizationId, eventId)
  },
  offlineManifest: (_root, args, ctx) => offlineManifest(ctx, viewerOf(ctx), args),
  async gate(_root, { id }, ctx) {
    const gate = await ctx.loaders.gate.load(id)
    return gate && mayRead(ctx, gate.eventId) ? gate : null
  },
}
