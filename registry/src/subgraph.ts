import { type DocumentNode, Source } from 'graphql'

/** One subgraph's schema as it takes part in a composition. */
export interface Subgraph {
  /** The name that plans and the supergraph use, for example `events`. */
  readonly name: string
  /** Where a gateway reaches it unless its configuration says otherwise. */
  readonly url: string
  /** Schema text with federation directives. */
  readonly sdl: string
  /** The file that the text came from, named in reports; default `<name>.graphql`. */
  readonly file?: string
}

/** A subgraph whose text is GraphQL, with its syntax tree. */
export interface ParsedSubgraph extends Subgraph {
  readonly document: DocumentNode
}

/**
 * The address written into the supergraph for a subgraph of this repository. A gateway places subgraphs by
 * its own configuration; `.invalid` (RFC 2606) never resolves, so one that was forgotten fails by name.
 */
export function placeholderUrl(name: string): string {
  return `http://${name}.invalid/graphql`
}

/** The file that a report names for a subgraph. */
export function fileOf(subgraph: Subgraph): string {
  return subgraph.file ?? `${subgraph.name}.graphql`
}

/** The text as a parser's source that carries the file's name into every location. */
export function sourceOf(subgraph: Subgraph): Source {
  return new Source(subgraph.sdl, fileOf(subgraph))
}
