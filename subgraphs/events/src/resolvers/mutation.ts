import { viewerOf } from '../context.ts'
import { cloneEvent } from '../domain/clone-event.ts'
import { createEvent } from '../domain/create-event.ts'
import { transitionEvent } from '../domain/transition-event.ts'
import { updateEvent } from '../domain/update-event.ts'
import { upsertTicketType } from '../domain/upsert-ticket-type.ts'
import { upsertZone } from '../domain/upsert-zone.ts'
import type { MutationResolvers } from '../generated/resolvers.ts'

export const Mutation: MutationResolvers = {
  createEvent: (_root, { input }, ctx) => createEvent(ctx.store, viewerOf(ctx).organizationId, input),
  updateEvent: (_root, { input }, ctx) => updateEvent(ctx.store, viewerOf(ctx).organizationId, input),
  cloneEvent: (_root, { input }, ctx) => cloneEvent(ctx.store, viewerOf(ctx).organizationId, input),
  transitionEvent: (_root, { input }, ctx) => transitionEvent(ctx.store, viewerOf(ctx).organizationId, input),
  upsertZone: (_root, { input }, ctx) => upsertZone(ctx.store, viewerOf(ctx).organizationId, input),
  upsertTicketType: (_root, { input }, ctx) =>
    upsertTicketType(ctx.store, viewerOf(ctx).organizationId, input),
}
