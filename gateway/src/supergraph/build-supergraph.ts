import { errorCauses, ROUTER_SUPPORTED_SUPERGRAPH_FEATURES, Supergraph } from '@apollo/federation-internals'
import { type DocumentNode, type GraphQLSchema, parse } from 'graphql'
import { SupergraphRefused } from './supergraph-refused.ts'

/** A subgraph as a supergraph names it. */
export interface SubgraphAddress {
  readonly name: string
  /** Empty where the supergraph was composed without addresses. */
  readonly url: string
}

/** What a supergraph is to those who serve it. */
export interface BuiltSupergraph {
  readonly sdl: string
  /** The SDL, parsed, without positions. */
  readonly document: DocumentNode
  /** What clients see: nothing that is `@inaccessible` or of federation; with `@defer`. */
  readonly apiSchema: GraphQLSchema
  readonly subgraphs: readonly SubgraphAddress[]
}

/** One sentence a problem: the library puts many into one error. */
function reasonsOf(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return [String(error)]
  const causes = errorCauses(error) ?? []
  return causes.length > 0 ? causes.map((cause) => cause.message) : [error.message]
}

/**
 * Reads a supergraph with every feature that the gateway serves.
 *
 * @throws SupergraphRefused with all reasons
 */
export function buildSupergraph(sdl: string): BuiltSupergraph {
  let document: DocumentNode
  try {
    document = parse(sdl, { noLocation: true })
  } catch (error) {
    throw new SupergraphRefused([`It is not GraphQL: ${error instanceof Error ? error.message : error}`])
  }
  try {
    const supergraph = Supergraph.build(document, {
      supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
      validateSupergraph: true,
    })
    const apiSchema = supergraph.apiSchema().toGraphQLJSSchema({ includeDefer: true })
    const subgraphs = supergraph.subgraphsMetadata().map(({ name, url }) => ({ name, url }))
    return { sdl, document, apiSchema, subgraphs }
  } catch (error) {
    throw new SupergraphRefused(reasonsOf(error))
  }
}
