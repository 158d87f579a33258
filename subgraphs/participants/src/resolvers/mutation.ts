import { type Context, viewerOf } from '../context.ts'
import { blockTicket } from '../domain/block-ticket.ts'
import { cancelRegistration } from '../domain/cancel-registration.ts'
import { register } from '../domain/register.ts'
import { reissueTicket } from '../domain/reissue-ticket.ts'
import { revokeTickets } from '../domain/revoke-tickets.ts'
import { transferTicket } from '../domain/transfer-ticket.ts'
import { upsertRegistrations } from '../domain/upsert-registrations.ts'
import type { MutationResolvers } from '../generated/resolvers.ts'
import type { Answered } from '../store/answers.ts'

/** The result; its tickets are shown as they were answered, also when the answer is an old one. */
function shown<Result>({ loaders }: Context, { result, tickets = [] }: Answered<Result>): Result {
  for (const [registrationId, own] of Map.groupBy(tickets, (ticket) => ticket.registrationId)) {
    loaders.ticketsOfRegistration.prime(registrationId, own)
  }
  return result
}

export const Mutation: MutationResolvers = {
  register: async (_root, { input }, ctx) => shown(ctx, await register(ctx, viewerOf(ctx), input)),
  cancelRegistration: (_root, { input }, ctx) => cancelRegistration(ctx, viewerOf(ctx), input),
  transferTicket: async (_root, { input }, ctx) =>
    shown(ctx, await transferTicket(ctx, viewerOf(ctx), input)),
  blockTicket: (_root, { input }, ctx) => blockTicket(ctx, viewerOf(ctx), input),
  reissueTicket: async (_root, { input }, ctx) => shown(ctx, await reissueTicket(ctx, viewerOf(ctx), input)),
  revokeTickets: (_root, { input }, ctx) => revokeTickets(ctx, viewerOf(ctx), input),
  upsertRegistrations: (_root, { input }, ctx) => upsertRegistrations(ctx, viewerOf(ctx), input),
}
