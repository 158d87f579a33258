import type { GraphQLError } from 'graphql'
import type { ParsedSubgraph, Place } from '../subgraph.ts'
import { mendingHint } from './mending-hints.ts'
import { indexPlaces, placeOfNode } from './places.ts'

/** One reason why subgraphs do not compose. */
export interface CompositionError {
  /** Apollo's composition code (`INVALID_FIELD_SHARING`), or one of ours (`NO_SUBGRAPHS`, `DIRECTIVE_NOT_COMPOSED`, `AUDIENCE_MISMATCH`). */
  code: string
  message: string
  /** The subgraph to look at first, when one can be named. */
  subgraph?: string
  file?: string
  /** From 1. */
  line?: number
  /** From 1. */
  column?: number
  /** How such an error is mended. */
  hint?: string | undefined
  /** The other places that take part in the conflict. */
  related: Place[]
}

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

/** A satisfiability error has no nodes; the first field that its text quotes is where to look. */
function placesOfCoordinate(message: string, subgraphs: ParsedSubgraph[]): Place[] {
  const coordinate = /"([A-Za-z_]\w*\.[A-Za-z_]\w*)"/.exec(message)?.[1]
  if (coordinate === undefined) return []
  return subgraphs.flatMap((subgraph) => indexPlaces(subgraph).get(coordinate) ?? [])
}
