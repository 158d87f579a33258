import type { IncomingHttpHeaders } from 'node:http'
import type { Viewer } from '@headcount/access'
import type { ExtensionContext } from '../extension.ts'
import type { SubgraphError } from '../options.ts'
import type { HeaderLines } from './http1/header-lines.ts'

/** What of a fetch is the same each time that its plan runs. */
export interface SubgraphOperation {
  /** Name of the subgraph. */
  readonly subgraph: string
  /** The GraphQL document. */
  readonly document: string
  readonly name: string | undefined
  readonly kind: 'query' | 'mutation' | 'subscription'
}

/** The variables of one fetch, as JSON text or as an object, each made when it is asked for. */
export interface FetchVariables {
  text(): string
  object(): Record<string, unknown>
}

/** What all fetches of one request have in common. */
export interface FetchContext {
  readonly viewer: Viewer | undefined
  readonly requestId: string
  readonly traceparent: string
  /** Headers of the client's request. */
  readonly headers: IncomingHttpHeaders
  /** The header lines of the ids, kept here by whoever writes them first. */
  idLines?: HeaderLines
  /** Set where the gateway has an extension. */
  readonly extension: ExtensionContext | undefined
}

/** One fetch to a subgraph. */
export interface Fetch {
  readonly operation: SubgraphOperation
  readonly variables: FetchVariables
  readonly context: FetchContext
}

/** What a subgraph answered. */
export interface FetchAnswer {
  readonly data: Record<string, unknown> | null | undefined
  readonly errors: readonly SubgraphError[] | undefined
  /** The whole answer as it came, where it is JSON that has `data` and nothing else. */
  readonly text: string | undefined
}

/** A fetch under way. */
export interface Call {
  /** Gives it up; it is answered with this reason, unless it was already. */
  cancel(reason: Error): void
}

/** Called once: with an error when it came to no answer. */
export type Done<Answer> = (error: Error | undefined, answer: Answer | undefined) => void

/**
 * Begins something that comes to an answer. Every part of a fetch's life is a function of this shape around another one.
 * Callbacks, not promises: a request makes some ten thousands of these a second, each through half a dozen of such
 * functions. It may be answered before the function has returned.
 */
export type Way<Asked, Answer> = (asked: Asked, done: Done<Answer>) => Call

/** The end of a fetch. */
export type Answered = Done<FetchAnswer>

/** The way to a subgraph, as executions see it. */
export type Dispatch = Way<Fetch, FetchAnswer>

/** Of what was answered at once. */
export const nothingToCancel: Call = { cancel() {} }
