import type { CompositionResult } from '@apollo/composition'
import type { ParsedSubgraph, Place } from '../subgraph.ts'
import { placeOfNode } from './places.ts'

/** A remark of composition that stops nothing. */
export interface CompositionHint {
  /** Apollo's hint code (`INCONSISTENT_DESCRIPTION`), or one of ours (`REQUIRES_WITH_ARGUMENTS`). */
  code: string
  level: 'warning' | 'info'
  message: string
  places: Place[]
}

type ApolloHint = NonNullable<CompositionResult['hints']>[number]

// Apollo's levels: 60 WARN, 40 INFO, 20 DEBUG.
const warningLevel = 60

/** Apollo's hint with its places in the subgraphs' files. */
export function toCompositionHint(hint: ApolloHint, subgraphs: ParsedSubgraph[]): CompositionHint {
  return {
    code: hint.definition.code,
    level: hint.definition.level.value >= warningLevel ? 'warning' : 'info',
    message: hint.message,
    places: (hint.nodes ?? []).flatMap((node) => placeOfNode(node, subgraphs) ?? []),
  }
}
