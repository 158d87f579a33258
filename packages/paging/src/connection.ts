import { encodeCursor, type KeyKind, type KeyOf } from './cursor.ts'
import type { Page } from './page-arguments.ts'

/** Where a page stands in its list, as the Relay specification defines it. */
export interface PageInfo {
  hasNextPage: boolean
  /** True where the page was asked for by `after`: the row of that cursor lies before it. */
  hasPreviousPage: boolean
  startCursor: string | null
  endCursor: string | null
}

/** A row of a list and its cursor. */
export interface Edge<Node> {
  node: Node
  cursor: string
}

/** A page of a list. */
export interface Connection<Node> {
  edges: Edge<Node>[]
  pageInfo: PageInfo
}

/**
 * Builds the connection of a page from the rows that were read for it: at most `page.limit`, in the order
 * of the sort key, all after `page.after`. A row beyond `page.first` only tells that there is a next page.
 */
export function connection<Node, const Kinds extends readonly KeyKind[]>(
  rows: readonly Node[],
  page: Page<Kinds>,
  keyOf: (row: Node) => KeyOf<Kinds>,
): Connection<Node> {
  const edges = rows
    .slice(0, page.first)
    .map((node) => ({ node, cursor: encodeCursor(page.list, keyOf(node)) }))
  return {
    edges,
    pageInfo: {
      hasNextPage: rows.length > page.first,
      hasPreviousPage: page.after !== undefined,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  }
}
