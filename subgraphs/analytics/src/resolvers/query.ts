import { ingressOf } from '../context.ts'
import { readIngress } from '../domain/read-ingress.ts'
import type { QueryResolvers } from '../generated/resolvers.ts'

export const Query: QueryResolvers = {
  ingress: (_root, question, ctx) => readIngress(question, ingressOf(ctx)),
}
