import type { IncomingHttpHeaders } from 'node:http'
import type { Viewer } from '@headcount/access'
import type { Logger } from 'pino'

/** One request on its way through an extension: the same object in every hook, with room for the extension's own. */
export interface ExtensionContext {
  /** The same in every log line of this request. */
  readonly requestId: string
  /** The gateway's log. */
  readonly log: Logger
  /** Whatever the extension wants to find again in a later hook of the same request. */
  readonly state: Record<string, unknown>
}

/**
 * What a hook throws to refuse the request: the client gets its code and message. Anything else that a hook throws is
 * logged, and the client gets INTERNAL_SERVER_ERROR.
 */
export interface ExtensionRefusal {
  /** `extensions.code` of the answer's error. */
  readonly code: string
  /** HTTP status of the answer, 400 to 599. */
  readonly status: number
  /** The answer's error message. */
  readonly message: string
}

/** The HTTP request, before its body is read. Over a WebSocket: the request that opened it. */
export interface ExtensionRequest {
  readonly method: string
  /** Path and query. */
  readonly url: string
  readonly headers: IncomingHttpHeaders
}

/** An operation that was found, validated and is within the limits, before it is planned. */
export interface ExtensionOperation {
  readonly name: string | undefined
  readonly kind: 'query' | 'mutation' | 'subscription'
  /** The document as the client wrote it. */
  readonly document: string
  readonly variables: Readonly<Record<string, unknown>>
  /** Who asks; undefined = nobody has signed in. */
  readonly viewer: Viewer | undefined
}

/** A fetch that is about to be sent to a subgraph across the network. */
export interface ExtensionFetch {
  readonly subgraph: string
  /** Names in lower case; what the hook adds, changes or deletes here is what is sent. */
  readonly headers: Record<string, string>
  readonly operationName: string | undefined
}

/** An answer that was written. */
export interface ExtensionAnswer {
  /** HTTP status. */
  readonly status: number
  /** Number of GraphQL errors in it. */
  readonly errors: number
  /** Since the request's first byte. */
  readonly milliseconds: number
}

/** The question whether a viewer holds policies that `@policy` of the operation's fields names. */
export interface ExtensionPolicies {
  readonly viewer: Viewer | undefined
  /** Every name that the operation's fields ask for, once each. */
  readonly policies: readonly string[]
}

/** What a hook may answer: at once, or later. */
type Now<T> = T | Promise<T>

/**
 * Steps of an operator's own, each at its place in the life of a request. A hook that is absent costs nothing; one that
 * answers no promise is not awaited. A hook that throws an {@link ExtensionRefusal} refuses the request.
 */
export interface GatewayExtension {
  /** Before anything is read: turns requests away, by address, header or quota. */
  readonly onRequest?: ((request: ExtensionRequest, context: ExtensionContext) => Now<void>) | undefined
  /** Before the operation is planned: turns single operations away. */
  readonly onOperation?: ((operation: ExtensionOperation, context: ExtensionContext) => Now<void>) | undefined
  /** Before each fetch across the network, after the header rules. */
  readonly onFetch?: ((fetch: ExtensionFetch, context: ExtensionContext) => Now<void>) | undefined
  /** After the answer, or when an event stream is under way; what it throws is logged and changes nothing. */
  readonly onAnswer?: ((answer: ExtensionAnswer, context: ExtensionContext) => Now<void>) | undefined
  /** Answers which of the policies the viewer holds, beside those in its token. */
  readonly policies?:
    | ((question: ExtensionPolicies, context: ExtensionContext) => Now<readonly string[]>)
    | undefined
}
