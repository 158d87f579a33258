import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Viewer } from '@headcount/access'
import type { Database } from '@headcount/database'
import type { Topics } from '@headcount/live'
import type { Bus } from '@headcount/messaging'
import type { Logger } from 'pino'
import type { Ask } from './ask.ts'

/** One GraphQL request to a service, as the gateway or another service makes it within the process. */
export interface SubgraphRequest {
  /** The document. */
  readonly query: string
  /** Its variables. */
  readonly variables?: Readonly<Record<string, unknown>> | undefined
  /** Which operation of the document; needed only where it has several. */
  readonly operationName?: string | undefined
  /** Who asks; undefined = nobody, which few fields answer. */
  readonly viewer: Viewer | undefined
  /** Id of the client's request, for the log. */
  readonly requestId: string
}

/** A GraphQL answer, its errors as they go over the wire. */
export interface SubgraphAnswer {
  /** What was read. */
  readonly data?: Record<string, unknown> | null
  /** What could not be. */
  readonly errors?: readonly {
    readonly message: string
    readonly path?: readonly (string | number)[]
    readonly extensions: Readonly<Record<string, unknown>>
  }[]
}

/** Answers one HTTP request at a path of its own. */
export type Route = (req: IncomingMessage, res: ServerResponse) => void | Promise<void>

/** A domain service that runs: in the platform's process, or in its own. */
export interface Service {
  /** `auth`, `events`, `participants`, `gates` or `analytics`. */
  readonly name: string
  /** Its database. */
  readonly database: Database
  /** Answers a request without HTTP; never rejects. */
  execute(request: SubgraphRequest): Promise<SubgraphAnswer>
  /** Answers `/graphql`, `/health/live`, `/health/ready`, `/metrics` and the service's own routes over HTTP. */
  readonly handle: Route
  /** Paths that only this service answers: path → handler. */
  readonly routes: Readonly<Record<string, Route>>
  /** Begins to hear the other services. Do it in all services of a process before any is started. */
  subscribe(): Promise<void>
  /** Begins to send what stands in the outbox, and the service's own timed work. */
  start(): Promise<void>
  /** What keeps it from answering well, a sentence each; empty = ready. */
  notReady(): Promise<readonly string[]>
  /** Prometheus text. */
  metrics(): Promise<string>
  /** Finishes what is under way, then closes its database. */
  stop(): Promise<void>
}

/** What a service gets from whoever starts it. */
export interface Parts {
  /** Its log. */
  readonly log: Logger
  /** Carries messages between services. */
  readonly bus: Bus
  /** Carries live state to the gateway. */
  readonly topics: Topics
  /** Asks another service. */
  readonly ask: Ask
  /** Signs and checks viewers; the same in all services and the gateway. */
  readonly viewerSecret: string
  /** The clock. */
  readonly now: () => Date
}
