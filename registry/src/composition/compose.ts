import { composeServices } from '@apollo/composition'
import type { CompositionError, CompositionHint } from '@headcount/registry-api'
import { GraphQLError, lexicographicSortSchema, printSchema } from 'graphql'
import type { ParsedSubgraph, Subgraph } from '../subgraph.ts'
import { findMixedAudiences } from './audiences.ts'
import { toCompositionError } from './composition-error.ts'
import { toCompositionHint } from './composition-hint.ts'
import { mendingHint } from './mending-hints.ts'
import { findLostDirectives } from './own-directives.ts'
import { parseSubgraph } from './parse-subgraph.ts'
import { hintRequiresWithArguments } from './requires-with-arguments.ts'

/** Subgraphs that fit together. */
export interface Composed {
  /** What a gateway loads: the schema with the join directives that say who answers what. */
  supergraphSdl: string
  /** What an app sees: no `@inaccessible` element, no federation directive; sorted by name. */
  apiSchemaSdl: string
  /** Remarks that stop nothing. */
  hints: CompositionHint[]
  errors?: never
}

/** Subgraphs that do not fit together, and why. */
export interface NotComposed {
  /** At least one. */
  errors: CompositionError[]
}

/**
 * Composes subgraphs into a supergraph with Apollo's composition, and makes sure that directives of our own
 * came through: without `@composeDirective` a composition drops them in silence, and subscriptions with them.
 * What `@audience` says of a field must be one word in all subgraphs that answer it.
 * It never throws for a fault of the schemas; every fault that can be found is in the result.
 */
export function compose(subgraphs: readonly Subgraph[]): Composed | NotComposed {
  if (subgraphs.length === 0) return { errors: [noSubgraphs] }
  const parsed = subgraphs.map(parseSubgraph)
  const documents = parsed.filter((one): one is ParsedSubgraph => 'document' in one)
  const syntaxErrors = parsed.filter((one): one is CompositionError => !('document' in one))
  if (syntaxErrors.length > 0) return { errors: syntaxErrors }

  const result = composeDocuments(documents)
  if (result.errors) return { errors: result.errors.map((err) => toCompositionError(err, documents)) }
  const { errors: lost, hints } = findLostDirectives(documents, result.supergraphSdl)
  const errors = [...lost, ...findMixedAudiences(documents)]
  if (errors.length > 0) return { errors }
  return {
    supergraphSdl: `${result.supergraphSdl.trimEnd()}\n`,
    apiSchemaSdl: `${printSchema(lexicographicSortSchema(result.schema.toAPISchema().toGraphQLJSSchema()))}\n`,
    hints: [
      ...result.hints.map((hint) => toCompositionHint(hint, documents)),
      ...hints,
      ...documents.flatMap(hintRequiresWithArguments),
    ],
  }
}

function composeDocuments(subgraphs: ParsedSubgraph[]): ReturnType<typeof composeServices> {
  try {
    return composeServices(subgraphs.map(({ name, url, document }) => ({ name, url, typeDefs: document })))
  } catch (err) {
    // Faults that Apollo finds before it merges (a subgraph's name, an unknown @link) are thrown.
    if (err instanceof GraphQLError) return { errors: [err] }
    throw err
  }
}

const noSubgraphs: CompositionError = {
  code: 'NO_SUBGRAPHS',
  message: 'There is no subgraph to compose.',
  hint: mendingHint('NO_SUBGRAPHS'),
  related: [],
}
