import { errorCauses, ROUTER_SUPPORTED_SUPERGRAPH_FEATURES, Supergraph } from '@apollo/federation-internals'
import type { Contract } from '@headcount/registry-api'
import { type DocumentNode, lexicographicSortSchema, parse, print, printSchema } from 'graphql'
import { rootNames } from './elements.ts'
import { hiddenElements } from './hidden-elements.ts'
import { readLinks } from './link-names.ts'
import { markInaccessible } from './mark-inaccessible.ts'

/** What a contract makes of a supergraph, or why it makes nothing of it. */
export type ContractOutcome =
  | { readonly supergraph: string; readonly apiSchema: string; readonly errors?: never }
  | { readonly errors: readonly string[] }

/**
 * The supergraph of which a contract's apps see a part: what the contract hides is `@inaccessible`, which every gateway knows.
 * Plans may still use what is hidden. Never throws for a fault of contract or schema.
 */
export function applyContract(supergraphSdl: string, contract: Contract): ContractOutcome {
  const document = parse(supergraphSdl, { noLocation: true })
  const links = readLinks(document)
  const hidden = hiddenElements(document, links, contract)
  const [query = 'Query'] = rootNames(document)
  if (hidden.has(query)) return { errors: [`Every field of ${query} is hidden${whyOf(contract)}.`] }
  const marked = markInaccessible(document, links, hidden)
  try {
    return { supergraph: `${print(marked)}\n`, apiSchema: apiSchemaOf(marked) }
  } catch (error) {
    return { errors: reasonsOf(error) }
  }
}

function whyOf({ include }: Contract): string {
  if (include.length === 0) return ' by tags that are excluded'
  return `: none has one of the tags ${include.join(', ')}, or all have one that is excluded`
}

function apiSchemaOf(document: DocumentNode): string {
  const supergraph = Supergraph.build(document, {
    supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
    validateSupergraph: true,
  })
  return `${printSchema(lexicographicSortSchema(supergraph.apiSchema().toGraphQLJSSchema()))}\n`
}

/** One sentence a fault: the library puts many into one error, and speaks of the directive where people know the contract. */
function reasonsOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [String(error)]
  const causes = errorCauses(error) ?? []
  const messages = causes.length > 0 ? causes.map(({ message }) => message) : [error.message]
  return messages.map((message) => message.replaceAll('is @inaccessible', 'is hidden by the contract'))
}
