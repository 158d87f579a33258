import type { CompositionResult } from '@apollo/composition'
import type { CompositionHint } from '@headcount/registry-api'
import type { ParsedSubgraph } from '../subgraph.ts'
import { placesOfCoordinate } from './composition-error.ts'
import { placeOfNode } from './places.ts'

type ApolloHint = NonNullable<CompositionResult['hints']>[number]

// Apollo's levels: 60 WARN, 40 INFO, 20 DEBUG.
const warningLevel = 60

/** Apollo's hint with its places in the subgraphs' files. */
export function toCompositionHint(hint: ApolloHint, subgraphs: ParsedSubgraph[]): CompositionHint {
  const marked = (hint.nodes ?? []).flatMap((node) => placeOfNode(node, subgraphs) ?? [])
  return {
    code: hint.definition.code,
    level: hint.definition.level.value >= warningLevel ? 'warning' : 'info',
    message: hint.message,
    places: marked.length > 0 ? marked : placesOfCoordinate(hint.message, subgraphs),
  }
}
