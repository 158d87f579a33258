import { ingressOf } from '../context.ts'
import { noShowRate } from '../domain/no-show-rate.ts'
import { readIngress } from '../domain/read-ingress.ts'
import type { EventResolvers } from '../generated/resolvers.ts'

export const Event: EventResolvers = {
  // Nothing is read: what the others know of the event comes with the reference, and rows are found by its id.
  __resolveReference: (reference) => reference,
  noShowRate: ({ registeredCount, admitted }) => noShowRate(registeredCount, admitted),
  ingress: ({ id }, question, ctx) => readIngress({ ...question, eventId: id }, ingressOf(ctx)),
}
