import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Viewer } from '@headcount/access'
import type { Topics } from '@headcount/live'
import type { ExecutionResult, GraphQLError, GraphQLFormattedError } from 'graphql'
import type { JSONWebKeySet } from 'jose'
import type { Logger } from 'pino'
import type { Variant } from './access/operation-access.ts'
import type { ReadToken } from './authentication/read-token.ts'
import type { Limits } from './limits.ts'
import type { Metrics } from './metrics.ts'
import type { KnownOperation } from './operations/known-operation.ts'
import type { PersistedDocuments } from './operations/persisted-documents.ts'
import type { Generation } from './supergraph/generation.ts'
import type { Generations } from './supergraph/generations.ts'
import type { EventStreams } from './transports/event-streams.ts'

/** What all requests share. */
export interface Parts {
  readonly limits: Limits
  readonly introspection: boolean
  readonly corsOrigins: ReadonlySet<string>
  readonly generations: Generations
  readonly readToken: ReadToken
  /** The keys as they are published. */
  readonly keys: () => Promise<JSONWebKeySet>
  readonly persisted: PersistedDocuments
  readonly topics: Topics | undefined
  readonly eventStreams: EventStreams
  readonly metrics: Metrics
  readonly log: Logger
  readonly now: () => number
  /** Requests and live connections under way, and whether new ones are still taken. */
  readonly traffic: { inProgress: number; liveConnections: number; isDraining: boolean }
}

/** What a client asks for, whichever way it came. */
export interface Parameters {
  readonly query?: string | undefined
  readonly documentId?: string | undefined
  readonly operationName?: string | undefined
  readonly variables?: Readonly<Record<string, unknown>> | undefined
  readonly extensions?: Readonly<Record<string, unknown>> | undefined
}

/** The result of an operation before it is masked. */
export interface Outcome {
  /** Absent when the operation was not begun. */
  readonly data?: ExecutionResult['data'] | undefined
  readonly errors?: readonly (GraphQLError | GraphQLFormattedError)[] | undefined
}

/** One operation on its way, over HTTP, a WebSocket or an event stream. */
export interface OperationRun {
  readonly requestId: string
  readonly traceparent: string
  readonly signal: AbortSignal
  generation?: Generation
  viewer: Viewer | undefined
  parameters: Parameters
  operation?: KnownOperation
  variant?: Variant
  outcome?: Outcome
}

/** How an HTTP request wants its answer. */
export type Media =
  | 'application/json'
  | 'application/graphql-response+json'
  | 'text/event-stream'
  | 'text/html'

/** One HTTP request and its answer. Each step reads what earlier ones have put here, and adds its own. */
export interface Exchange extends OperationRun {
  requestId: string
  traceparent: string
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly url: URL
  readonly startedAt: number
  readonly controller: AbortController
  deadline?: NodeJS.Timeout
  isCounted: boolean
  media: Media
  readonly headers: Record<string, string>
  /** Set by a step that has written the answer, or handed the connection over; nothing is left but to measure. */
  isAnswered: boolean
}

/** One thing that happens to every request, or nothing at all. What it throws becomes the answer. */
export type Step<T extends OperationRun = Exchange> = (run: T, parts: Parts) => Promise<void> | void
