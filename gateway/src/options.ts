import type { Viewer } from '@headcount/access'
import type { Topics } from '@headcount/live'
import type { JSONWebKeySet } from 'jose'
import type { Logger } from 'pino'
import type { ClientHeaders } from './client-names.ts'
import type { GatewayExtension } from './extension.ts'
import type { DocumentsFeed, SupergraphFeed } from './feeds/feed.ts'
import type { Limits } from './limits.ts'
import type { ManifestFile } from './operations/trusted/manifest-files.ts'
import type { Replica, UpstreamOptions } from './upstream-options.ts'
import type { UsageOptions } from './usage/usage.ts'

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

/** A subgraph across the network, at one address. */
export interface RemotePlacement extends UpstreamOptions {
  /** Address of its GraphQL endpoint. */
  readonly url: string
}

/** A subgraph across the network, at several addresses that share its fetches by weight. */
export interface ReplicatedPlacement extends UpstreamOptions {
  /** One at least. */
  readonly replicas: readonly Replica[]
}

/** A subgraph in this process, called without HTTP. */
export interface LocalPlacement {
  readonly execute: (request: SubgraphRequest) => Promise<SubgraphAnswer>
  /**
   * Subscribes, as graphql-js does: answers the events, or the errors of one that it refuses. Left out = it has no
   * subscription without `@topic`. The signal is aborted when nobody listens any more.
   */
  readonly subscribe?:
    | ((
        request: SubgraphRequest,
      ) => AsyncIterable<SubgraphAnswer> | Promise<AsyncIterable<SubgraphAnswer> | SubgraphAnswer>)
    | undefined
}

/** A subgraph at its address in the supergraph, that is asked in a way of its own. */
export type ListedPlacement = UpstreamOptions

/** Where a subgraph runs, across the network or in this process, and how it is asked. */
export type Placement = RemotePlacement | ReplicatedPlacement | LocalPlacement | ListedPlacement

/** Names of the claims that say who asks. A name with dots leads into objects: `realm_access.roles`. */
export interface ClaimNames {
  /** Claim with the viewer's id; default `sub`. */
  readonly id?: string | undefined
  /** Claim with the organization; default `org`. A token without it belongs to no organization. */
  readonly organization?: string | undefined
  /** Claim with the scopes, a text with spaces between them or a list; default `scope`. */
  readonly scopes?: string | undefined
  /** Claim with the names of the policies that the viewer holds, as for scopes; without it a token holds none. */
  readonly policies?: string | undefined
}

/** Where access tokens' keys come from, and whose tokens count. */
export interface AuthenticationOptions {
  /** Address of a JWKS, or a function that answers one. */
  readonly keys: string | (() => Promise<JSONWebKeySet>)
  /** `iss` that a token must have; left out = not compared. */
  readonly issuer?: string | undefined
  /** `aud` that a token must have, or a list of which it must have one; left out = not compared. */
  readonly audience?: string | readonly string[] | undefined
  /** Signature algorithms that are accepted; default all asymmetric ones. Symmetric ones are never. */
  readonly algorithms?: readonly string[] | undefined
  /** Header that carries the token; default `authorization`. */
  readonly headerName?: string | undefined
  /** What stands before the token in it, without the space; default `Bearer`, '' = nothing. */
  readonly headerPrefix?: string | undefined
  /** Where the last keys are kept, so that a start succeeds while auth is down. Not kept when left out. */
  readonly keysFile?: string | undefined
  /** Least time between two questions for keys, in milliseconds, however many unknown key ids come; default 5,000. */
  readonly cooldownMs?: number | undefined
  /** How far the issuer's clock may be from ours, in milliseconds; default 0. */
  readonly clockToleranceMs?: number | undefined
  /** Claims that say who asks; left out = as in the platform's own tokens. */
  readonly claims?: ClaimNames | undefined
}

/** A registry across the network, and how it is asked. */
export interface RegistrySource {
  /** Its base address (`http://…/registry`), or that of a contract (`http://…/registry/contracts/<name>`). */
  readonly url: string
  /** What it knows this gateway by. */
  readonly token?: string | undefined
  /** Time between two questions to one that does not wait for something new, in milliseconds; default 2,000. */
  readonly pollIntervalMs?: number | undefined
  /** How long it is let wait for something new, in milliseconds; default 25,000, 0 = it is not asked to wait. */
  readonly waitMs?: number | undefined
  /** How long a start waits for its answer before it takes the copy on disk, in milliseconds; default 3,000. */
  readonly startTimeoutMs?: number | undefined
  /** Folder of the copies that a start without it begins with; default `.headcount/gateway` below the current folder, `none` = no copy. */
  readonly copyDirectory?: string | undefined
  /**
   * Calls the listener whenever there may be something new, so that it is asked at once, until the answered function is
   * called; left out = it is asked in time.
   */
  readonly onAnnounced?: ((listener: () => void) => () => void) | undefined
}

/** Where the supergraph comes from. Files and addresses are watched, and what is new is swapped in without a lost request. */
export type SupergraphSource =
  /** A file with its SDL. */
  | { readonly file: string }
  /** Its SDL; it stays as it is. */
  | { readonly sdl: string }
  /** Subgraphs that are asked for their SDL (`_service`), and composed here. */
  | { readonly subgraphs: Readonly<Record<string, string>>; readonly pollIntervalMs?: number | undefined }
  /** A registry that publishes it. */
  | { readonly registry: RegistrySource }
  /** Whatever gives one after the other, as a registry in this process does. */
  | { readonly feed: SupergraphFeed }

/** What CORS lets pages of the listed origins do. */
export interface CorsOptions {
  /** Whether they may send cookies and other credentials of the browser; default false. */
  readonly allowsCredentials?: boolean | undefined
  /** Headers that they may send beside those that GraphQL clients send. */
  readonly headers?: readonly string[] | undefined
  /** How long browsers may keep the permission, in seconds; default 600. */
  readonly maxAgeSeconds?: number | undefined
}

/** What the gateway tells of its work. */
export interface ObservabilityOptions {
  /** Whether each request is a line of the log at level info; default false (then at debug). */
  readonly accessLog?: boolean | undefined
  /** Whether stages and fetches are timed for /metrics; default true. */
  readonly metrics?: boolean | undefined
  /** Whether a request with `x-headcount-plan: 1` gets the plan in its answer, and the scope that its viewer needs (left out: nobody needs one). */
  readonly planHeader?: { readonly isEnabled: boolean; readonly scope?: string | undefined } | undefined
}

/** Documents that clients have published before they send them, and what becomes of others. */
export interface TrustedDocumentsOptions {
  /**
   * Manifests, watched and read again when they change; a registry, of which a copy is kept on disk (in mode `open` it may
   * have none, or be away at the start); or what somebody else gives.
   */
  readonly source:
    | { readonly files: readonly ManifestFile[] }
    | { readonly registry: RegistrySource }
    | { readonly feed: DocumentsFeed }
  /**
   * `open`: their ids work beside documents of any kind. `audit`: the same, and documents that are not among them are counted
   * and told in the log. `locked`: nothing else runs, over no transport.
   */
  readonly mode: 'open' | 'audit' | 'locked'
  /** Whether a client may run its own documents and nobody's, and no other client's; default false: then all may run all. */
  readonly isPerClient?: boolean | undefined
  /** Whether a locked gateway takes the text of a trusted document in the place of its id; default true. */
  readonly acceptsText?: boolean | undefined
}

/** What a gateway is made of. */
export interface GatewayOptions {
  /** Where the supergraph comes from. */
  readonly supergraph: SupergraphSource
  /** Where each subgraph runs and how it is asked, by its name in the supergraph; one that is left out runs at the address there. */
  readonly subgraphs?: Readonly<Record<string, Placement>> | undefined
  /** How subgraphs across the network are asked where `subgraphs` says nothing else. */
  readonly upstream?: UpstreamOptions | undefined
  /** Who plans: the Rust planner of Hive, or Apollo's. Default: see docs/decisions. */
  readonly planner?: 'hive' | 'apollo' | undefined
  /** Labels of progressive `@override` that are switched on, or off against their percentage. */
  readonly overrides?: Readonly<Record<string, boolean>> | undefined
  /** Whose tokens count, one issuer or several. Without it every token is refused. */
  readonly authentication?: AuthenticationOptions | readonly AuthenticationOptions[] | undefined
  /** Whether a request without a token is refused (UNAUTHENTICATED); default false: `@authenticated` decides by field. */
  readonly isTokenRequired?: boolean | undefined
  /** HMAC secret that subgraphs across the network know the viewer's header by; at least 32 characters. */
  readonly viewerSecret?: string | undefined
  /** Where live messages come from. Without it subscriptions by topic are refused. */
  readonly topics?: Topics | undefined
  /** Redis that gateways share persisted documents through; each keeps its own in memory when left out. */
  readonly redisUrl?: string | undefined
  /** Whether clients may register a document by its hash (automatic persisted queries); default true; never where trusted documents are locked. */
  readonly automaticPersistedDocuments?: boolean | undefined
  /** Documents that were published before; left out = any may run, and none has an id of its own. */
  readonly trustedDocuments?: TrustedDocumentsOptions | undefined
  /**
   * Whether identical reads that are under way at once are one: fetches (default true), whole requests (default false).
   * Whole requests are not shared where an extension has a say in operations, fetches or policies.
   */
  readonly deduplication?:
    | { readonly upstream?: boolean | undefined; readonly inbound?: boolean | undefined }
    | undefined
  /** Path of the endpoint, for GraphiQL and for the server that runs alone; default /graphql. */
  readonly path?: string | undefined
  /** Whether answers are compressed for clients that accept it, from how many bytes on (default 1,024), and how; default false. */
  readonly compression?:
    | boolean
    | {
        readonly minimumBytes?: number | undefined
        readonly encodings?: readonly ('br' | 'gzip')[] | undefined
      }
    | undefined
  /** Whether a request may be a list of operations (default false), and of how many (default 10). */
  readonly batching?:
    | { readonly isEnabled?: boolean | undefined; readonly maximumOperations?: number | undefined }
    | undefined
  /** Origins of browsers on other sites that may call, exactly as they send them; default none. */
  readonly corsOrigins?: readonly string[] | undefined
  /** What those origins may do. */
  readonly cors?: CorsOptions | undefined
  /** Whether a GET with a document needs a header that only a preflight lets through (default true), and which. */
  readonly csrf?:
    | { readonly isEnabled?: boolean | undefined; readonly requiredHeaders?: readonly string[] | undefined }
    | undefined
  /**
   * What clients see of subgraphs' errors: of those whose code is not in the catalogue an INTERNAL_SERVER_ERROR
   * (`catalogue`, the default), or message, code and extensions as the subgraph gave them, without stack traces (`all`).
   */
  readonly subgraphErrors?: 'catalogue' | 'all' | undefined
  /** Whether the schema may be asked for; default false. */
  readonly introspection?: boolean | undefined
  /** Whether a browser is served GraphiQL; default as `introspection`. */
  readonly graphiql?: boolean | undefined
  /** Header that a request's id comes in and goes out by; default x-request-id. */
  readonly requestIdHeader?: string | undefined
  /** Limits that differ from the defaults. */
  readonly limits?: Partial<Limits> | undefined
  /** Headers that clients name themselves by: for the log, for usage, and for what CORS lets through. */
  readonly clientHeaders?: ClientHeaders | undefined
  /** Where usage is reported: who asks which operations, how often, and how that goes. Without it nothing is counted. */
  readonly usage?: UsageOptions | undefined
  /** What the gateway tells of its work. */
  readonly observability?: ObservabilityOptions | undefined
  /** Steps of the operator's own. */
  readonly extension?: GatewayExtension | undefined
  /** Where the gateway writes: a line a request, what went wrong at warn and error. */
  readonly log: Logger
  /** The clock, in milliseconds since 1970; for tests. */
  readonly now?: (() => number) | undefined
}
