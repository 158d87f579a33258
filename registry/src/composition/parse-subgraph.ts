import type { CompositionError } from '@headcount/registry-api'
import { GraphQLError, parse } from 'graphql'
import { fileOf, type ParsedSubgraph, type Subgraph, sourceOf } from '../subgraph.ts'
import { mendingHint } from './mending-hints.ts'

/** The syntax tree, or the syntax error with its place. */
export function parseSubgraph(subgraph: Subgraph): ParsedSubgraph | CompositionError {
  try {
    return { ...subgraph, document: parse(sourceOf(subgraph)) }
  } catch (err) {
    if (!(err instanceof GraphQLError)) throw err
    const [location] = err.locations ?? []
    return {
      code: 'INVALID_GRAPHQL',
      message: `[${subgraph.name}] ${err.message}`,
      subgraph: subgraph.name,
      file: fileOf(subgraph),
      ...(location && { line: location.line, column: location.column }),
      hint: mendingHint('INVALID_GRAPHQL'),
      related: [],
    }
  }
}
