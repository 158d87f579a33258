import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import type { Viewer } from '@headcount/access'
import type { Topics } from '@headcount/live'
import type { GraphQLError, GraphQLFormattedError } from 'graphql'
import type { Logger } from 'pino'
import type { AskPolicies } from './access/policies.ts'
import type { Authentication } from './authentication/authentication.ts'
import type { Cancellation } from './cancellation.ts'
import type { FetchError } from './execution/fetch-errors.ts'
import type { Program } from './execution/program.ts'
import type { ExtensionContext } from './extension.ts'
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
  readonly isGraphiqlServed: boolean
  /** Whether a request without a token is refused. */
  readonly isTokenRequired: boolean
  /** Header of a request's id, in lower case. */
  readonly requestIdHeader: string
  readonly corsOrigins: ReadonlySet<string>
  readonly generations: Generations
  readonly authentication: Authentication
  /** Says which policies hold, where the operator has a say in that. */
  readonly askPolicies: AskPolicies | undefined
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
  readonly data?: Readonly<Record<string, unknown>> | null | undefined
  readonly errors?: readonly (GraphQLError | FetchError | GraphQLFormattedError)[] | undefined
  /** The whole answer as text, where a subgraph gave it just so. */
  readonly text?: string | undefined
}

/** One operation on its way, over HTTP, a WebSocket or an event stream. */
export interface OperationRun {
  readonly requestId: string
  readonly traceparent: string
  readonly cancellation: Cancellation
  /** Headers of the client's request; over a WebSocket, of the one that opened it. */
  readonly clientHeaders: IncomingHttpHeaders
  /** The operator's own steps' room for this request. */
  readonly extension: ExtensionContext | undefined
  generation?: Generation
  viewer: Viewer | undefined
  parameters: Parameters
  operation?: KnownOperation
  /** Its variables, those that were literals among them. */
  variables?: Readonly<Record<string, unknown>>
  /** Policies that were found to hold. */
  held?: ReadonlySet<string>
  program?: Program
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
  /** Address of the request; the host in it means nothing. */
  readonly url: URL
  requestId: string
  traceparent: string
  readonly request: IncomingMessage
  readonly response: ServerResponse
  /** Path and query. */
  readonly target: string
  readonly startedAt: number
  deadline?: NodeJS.Timeout
  isCounted: boolean
  media: Media
  readonly headers: Record<string, string>
  /** Set by a step that has written the answer, or handed the connection over; nothing is left but to measure. */
  isAnswered: boolean
}

/** One thing that happens to every request, or nothing at all. What it throws becomes the answer. */
export type Step<T extends OperationRun = Exchange> = (run: T, parts: Parts) => Promise<void> | void
