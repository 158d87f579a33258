import { fail } from '@headcount/errors'
import type { GraphQLError } from 'graphql'
import type { Fetch, FetchAnswer } from '../dispatch.ts'

/** The events of one subscription to a subgraph, in their order. */
export interface SubgraphEvents {
  /**
   * The next event; `done` once the subgraph has completed, or `close` was called. One call at a time.
   * Rejects when the connection broke, or when more came than was read.
   */
  next(): Promise<IteratorResult<FetchAnswer, undefined>>
  /** Leaves: the subgraph is told, and a `next` that waits is done. */
  close(): void
}

/**
 * Subscribes to a subgraph; resolves when the subgraph has taken it. `signal` gives the start up, and means nothing
 * afterwards. Nothing reconnects by itself: the gap would be hidden.
 */
export type OpenEvents = (fetch: Fetch, signal: AbortSignal) => Promise<SubgraphEvents>

/** The error of a stream that ended before its subgraph said so. */
export function broken(cause: unknown): GraphQLError {
  const error = fail(
    'SUBGRAPH_UNAVAILABLE',
    'What feeds this subscription has gone, and events may be missing: subscribe again.',
  )
  error.cause = cause
  return error
}

/** What `next` answers when there is nothing more. */
export const noMore: IteratorReturnResult<undefined> = { done: true, value: undefined }
