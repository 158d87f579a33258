import { readFileSync } from 'node:fs'
import { buildSubgraphSchema, type GraphQLResolverMap } from '@apollo/subgraph'
import { enforceAccess } from '@headcount/access'
import { type GraphQLSchema, parse } from 'graphql'
import { dateTime } from './date-time.ts'

/** Builds a subgraph's schema from its SDL file and its resolvers, with the access directives in front of them. */
export function buildSchema(file: URL, resolvers: object): GraphQLSchema {
  const typeDefs = parse(readFileSync(file, 'utf8'))
  // The resolver types that codegen writes are narrower than the map's own.
  const map = { ...resolvers, DateTime: dateTime } as GraphQLResolverMap<unknown>
  return enforceAccess(buildSubgraphSchema([{ typeDefs, resolvers: map }]), typeDefs)
}
