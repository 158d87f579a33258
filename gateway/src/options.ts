import type { Viewer } from '@headcount/access'
import type { Topics } from '@headcount/live'
import type { JSONWebKeySet } from 'jose'
import type { Logger } from 'pino'
import type { Limits } from './limits.ts'

/** What the gateway asks of a subgraph. */
export interface SubgraphRequest {
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
  readonly operationName: string | undefined
  /** Who asks; undefined = nobody has signed in. */
  readonly viewer: Viewer | undefined
  /** The same in every log line of one request. */
  readonly requestId: string
  /** W3C trace context, to be handed on. */
  readonly traceparent: string
  /** Aborted when the answer is no longer of use. */
  readonly signal: AbortSignal
}

/** What a subgraph answers. */
export interface SubgraphAnswer {
  readonly data?: Record<string, unknown> | null | undefined
  readonly errors?: readonly SubgraphError[] | undefined
}

/** An error in a subgraph's answer, as it comes out of JSON or of graphql-js. */
export interface SubgraphError {
  readonly message: string
  readonly path?: readonly (string | number)[] | undefined
  readonly extensions?: Readonly<Record<string, unknown>> | undefined
}

/** Where a subgraph runs: across the network, or in this process. */
export type Placement =
  | { readonly url: string }
  | { readonly execute: (request: SubgraphRequest) => Promise<SubgraphAnswer> }

/** Where access tokens' keys come from, and whose tokens count. */
export interface AuthenticationOptions {
  /** Address of a JWKS, or a function that answers one. */
  readonly keys: string | (() => Promise<JSONWebKeySet>)
  /** `iss` that a token must have. */
  readonly issuer: string
  /** `aud` that a token must have. */
  readonly audience: string
  /** Where the last keys are kept, so that a start succeeds while auth is down. Not kept when left out. */
  readonly keysFile?: string | undefined
}

/** What a gateway is made of. */
export interface GatewayOptions {
  /** The supergraph: a file that is watched and swapped when it changes, or its text. */
  readonly supergraph: { readonly file: string } | { readonly sdl: string }
  /** Where each subgraph runs, by its name in the supergraph; one that is left out runs at the address there. */
  readonly subgraphs?: Readonly<Record<string, Placement>> | undefined
  /** Without it every token is refused. */
  readonly authentication?: AuthenticationOptions | undefined
  /** HMAC secret that subgraphs across the network know the viewer's header by; at least 32 characters. */
  readonly viewerSecret?: string | undefined
  /** Where live messages come from. Without it subscriptions are refused. */
  readonly topics?: Topics | undefined
  /** Redis that gateways share persisted documents through; each keeps its own in memory when left out. */
  readonly redisUrl?: string | undefined
  /** Origins of browsers on other sites that may call, exactly as they send them; default none. */
  readonly corsOrigins?: readonly string[] | undefined
  /** Whether the schema may be asked for, and GraphiQL is served; default false. */
  readonly introspection?: boolean | undefined
  /** Limits that differ from the defaults. */
  readonly limits?: Partial<Limits> | undefined
  /** Where the gateway writes: a line a request at debug, what went wrong at warn and error. */
  readonly log: Logger
  /** The clock, in milliseconds since 1970; for tests. */
  readonly now?: (() => number) | undefined
}
