import type { CompositionError, Place } from '@headcount/registry-api'
import type { GraphQLError } from 'graphql'
import type { ParsedSubgraph } from '../subgraph.ts'
import { mendingHint } from './mending-hints.ts'
import { indexPlaces, placeOfNode } from './places.ts'

/** Apollo's error with its places in the subgraphs' files, the likeliest culprit first. */
export function toCompositionError(err: GraphQLError, subgraphs: ParsedSubgraph[]): CompositionError {
  const code = typeof err.extensions.code === 'string' ? err.extensions.code : 'COMPOSITION_ERROR'
  const named = namedSubgraph(err.message)
  const marked = (err.nodes ?? []).flatMap((node) => placeOfNode(node, subgraphs) ?? [])
  const places = marked.length > 0 ? marked : placesOfCoordinate(err.message, subgraphs)
  const [first, ...related] = places.toSorted(
    (a, b) => Number(b.subgraph === named) - Number(a.subgraph === named),
  )
  const where = first ?? (named === undefined ? {} : { subgraph: named })
  return { code, message: err.message, ...where, hint: mendingHint(code), related }
}

/** `[events] Unknown type…` and `… is defined as non-shareable in subgraph "events"` both name events. */
function namedSubgraph(message: string): string | undefined {
  return (/^\[([^\]]+)\] /.exec(message) ?? /non-shareable in subgraphs? "([^"]+)"/.exec(message))?.[1]
}

/** Some errors and hints have no nodes (satisfiability); the first element that the text quotes is where to look. */
export function placesOfCoordinate(message: string, subgraphs: ParsedSubgraph[]): Place[] {
  const coordinate = /"([A-Za-z_]\w*\.[A-Za-z_]\w*)[("]/.exec(message)?.[1]
  if (coordinate === undefined) return []
  return subgraphs.flatMap((subgraph) => indexPlaces(subgraph).get(coordinate) ?? [])
}
