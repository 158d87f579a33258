import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import type { Viewer } from '@headcount/access'
import type { Topics } from '@headcount/live'
import type { ClientName } from '@headcount/registry-api'
import type { GraphQLError, GraphQLFormattedError } from 'graphql'
import type { Logger } from 'pino'
import type { Authentication } from './authentication/authentication.ts'
import type { Cancellation } from './cancellation.ts'
import type { ClientNames } from './client-names.ts'
import type { Deadlines, Timed } from './deadlines.ts'
import type { Flights } from './deduplication/flights.ts'
import type { Asker } from './deduplication/forwarded.ts'
import type { FetchError } from './execution/fetch-errors.ts'
import type { LaterParts } from './execution/later-parts.ts'
import type { Program } from './execution/program.ts'
import type { ExtensionContext, GatewayExtension } from './extension.ts'
import type { Limits } from './limits.ts'
import type { Live } from './live/live.ts'
import type { Metrics } from './metrics.ts'
import type { KnownOperation } from './operations/known-operation.ts'
import type { PersistedDocuments } from './operations/persisted-documents.ts'
import type { Trust } from './operations/trusted/trust.ts'
import type { Generation } from './supergraph/generation.ts'
import type { Generations } from './supergraph/generations.ts'
import type { EventStreams } from './transports/events/event-streams.ts'
import type { Usage } from './usage/usage.ts'

/** What pages of other sites may do, as the headers that say so. */
export interface Cors {
  readonly origins: ReadonlySet<string>
  readonly allowsCredentials: boolean
  readonly allowedHeaders: string
  readonly exposedHeaders: string
  readonly maxAgeSeconds: string
}

/** How answers are compressed. */
export interface Compression {
  readonly minimumBytes: number
  /** The preferred first. */
  readonly encodings: readonly ('br' | 'gzip')[]
}

/** Who sees plans. */
export interface PlanViewers {
  /** The scope that a viewer needs; undefined = everybody sees them. */
  readonly scope: string | undefined
}

/** The steps of this gateway: those of `pipeline.ts` that its options want. */
export interface Steps {
  readonly entry: readonly Step[]
  /** From an operation that was found to its limits. */
  readonly check: readonly Step<OperationRun>[]
  /** From there to its outcome. */
  readonly work: readonly Step<OperationRun>[]
  /** `check` and `work`. */
  readonly operation: readonly Step<OperationRun>[]
  /** What a subscription must pass before it listens. */
  readonly subscribe: readonly Step<OperationRun>[]
  readonly exit: readonly Step[]
}

/** What all requests share. */
export interface Parts {
  readonly limits: Limits
  readonly introspection: boolean
  readonly isGraphiqlServed: boolean
  /** Path of the endpoint. */
  readonly path: string
  /** Whether a request without a token is refused. */
  readonly isTokenRequired: boolean
  /** Header of a request's id, in lower case. */
  readonly requestIdHeader: string
  readonly cors: Cors
  /** Headers of which a GET with a document needs one, in lower case; undefined = it needs none. */
  readonly csrfHeaders: readonly string[] | undefined
  readonly compression: Compression | undefined
  /** Operations that one request may have; undefined = no batches. */
  readonly batchOperations: number | undefined
  /** Whether clients may register documents by their hash. */
  readonly isRegisteringAllowed: boolean
  /** Whether the messages and codes of subgraphs' errors that are not of the catalogue reach clients. */
  readonly passesSubgraphErrors: boolean
  /** Queries under way that others may join; undefined = each runs for itself. */
  readonly flights: Flights | undefined
  readonly planViewers: PlanViewers | undefined
  /** Whether requests are counted and timed. */
  readonly isMeasured: boolean
  /** Level of a request's line in the log; undefined = there is none. */
  readonly accessLogLevel: 'info' | 'debug' | undefined
  readonly extension: GatewayExtension | undefined
  readonly generations: Generations
  readonly authentication: Authentication
  readonly persisted: PersistedDocuments
  /** What documents are held against; undefined = any may run. */
  readonly trust: Trust | undefined
  readonly topics: Topics | undefined
  /** The subscribers to topics. */
  readonly live: Live
  /** What of a request's headers reaches any subgraph, in one text. */
  readonly forwardedOf: (of: Asker) => string
  readonly eventStreams: EventStreams
  /** Who a client says it is. */
  readonly clients: ClientNames
  /** Counts what is asked; undefined = nobody wants to know. */
  readonly usage: Usage | undefined
  readonly metrics: Metrics
  readonly log: Logger
  readonly now: () => number
  /** Requests and live connections under way, and whether new ones are still taken. */
  readonly traffic: { inProgress: number; liveConnections: number; isDraining: boolean }
  /** Watches over all requests' time. */
  readonly deadlines: Deadlines<Exchange>
  readonly steps: Steps
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
  readonly extensions?: Readonly<Record<string, unknown>> | undefined
  /** The whole answer as text, where it is there already. */
  readonly text?: string | undefined
  /** HTTP status, where something else has decided about it than the errors' code. */
  readonly status?: number | undefined
  /** Whether the errors are what may leave. */
  readonly isMasked?: boolean | undefined
}

/** One operation on its way, over HTTP, a WebSocket or an event stream. */
export interface OperationRun {
  readonly requestId: string
  readonly traceparent: string
  readonly cancellation: Cancellation
  /** Headers of the client's request; over a WebSocket, of the one that opened it. */
  readonly clientHeaders: IncomingHttpHeaders
  /** Who the client says it is, where that is not in its headers. */
  readonly client?: ClientName | undefined
  /** When it came, on the clock of `performance.now()`; absent for what the gateway runs for itself. */
  readonly startedAt?: number
  /** The operator's own steps' room for this request. */
  readonly extension: ExtensionContext | undefined
  generation?: Generation
  viewer: Viewer | undefined
  parameters: Parameters
  operation?: KnownOperation
  /** The document as the client wrote it, or as it is known by its hash. */
  text?: string
  /** Id of the trusted document that it is; undefined = it is none. */
  documentId?: string
  /** What it costs, where that is limited. */
  cost?: number
  /** Its variables, those that were literals among them. */
  variables?: Readonly<Record<string, unknown>>
  /** Policies that were found to hold. */
  held?: ReadonlySet<string>
  program?: Program
  /** Whether the client takes an answer in parts (`@defer`). */
  takesParts?: boolean
  outcome?: Outcome
  /** What comes after the outcome, where parts of the operation are deferred. */
  later?: LaterParts
}

/** How an HTTP request wants its answer. */
export type Media =
  | 'application/json'
  | 'application/graphql-response+json'
  | 'text/event-stream'
  | 'text/html'

/** One HTTP request and its answer. Each step reads what earlier ones have put here, and adds its own. */
export interface Exchange extends OperationRun, Timed<Exchange> {
  /** Address of the request; the host in it means nothing. */
  readonly url: URL
  readonly startedAt: number
  requestId: string
  traceparent: string
  extension: ExtensionContext | undefined
  readonly request: IncomingMessage
  readonly response: ServerResponse
  /** Path and query. */
  readonly target: string
  isCounted: boolean
  /** What listens to the response's end; who takes the response over stops it. */
  onClose: (() => void) | undefined
  /** The access token that came, verified. */
  token: string | undefined
  /** The body of a POST, until it is read. */
  body: string
  /** Queries with the same key have the same answer at the same time; undefined = this one is nobody's twin. */
  flightKey: string | undefined
  /** The operations of a batch. */
  batch: readonly Parameters[] | undefined
  /** The same on their way. */
  members?: readonly OperationRun[]
  /** The answer's bytes, where they are not its text's. */
  encoded?: Buffer
  /** How many bytes the answer has. */
  bytes: number
  media: Media
  readonly headers: Record<string, string>
  /** Set by a step that has written the answer, or handed the connection over; nothing is left but to measure. */
  isAnswered: boolean
}

/** One thing that happens to every request, or nothing at all. What it throws becomes the answer. */
export type Step<T extends OperationRun = Exchange> = (run: T, parts: Parts) => Promise<void> | void
