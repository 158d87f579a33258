import { defaultLimits } from './limits.ts'

/** One of several addresses of a subgraph. */
export interface Replica {
  /** Address of its GraphQL endpoint. */
  readonly url: string
  /** Its share of the fetches beside the other replicas' weights; default 1. */
  readonly weight?: number | undefined
}

/** A rule about the headers of a fetch. Rules run in their order; hop-by-hop headers are never sent, whatever they say. */
export type HeaderRule =
  /** Hands a header of the client's request on, under another name if `rename` says so; `default` when it is absent. */
  | {
      readonly propagate: {
        readonly name: string
        readonly rename?: string | undefined
        readonly default?: string | undefined
      }
    }
  /** Hands on every header of the client's request whose name (in lower case) the regular expression finds. */
  | { readonly propagate: { readonly matching: string } }
  /** Sets a header to a text. */
  | { readonly set: { readonly name: string; readonly value: string } }
  /** Takes back a header that an earlier rule has put there. */
  | { readonly remove: { readonly name: string } | { readonly matching: string } }
  /** Sets a header to a claim of the token that was verified; nothing when there is no token or no such claim. */
  | { readonly fromClaim: { readonly claim: string; readonly name: string } }

/** How a subgraph across the network is asked. */
export interface UpstreamOptions {
  /** Time for one attempt, in milliseconds; default `limits.fetchMs` (5,000). */
  readonly timeoutMs?: number | undefined
  /** Connections to one address at most; default `limits.connectionsPerSubgraph` (128). Further fetches wait for one. */
  readonly connections?: number | undefined
  /** How long an idle connection is kept, in milliseconds; default 60,000. Keep it below what the subgraph keeps. */
  readonly keepAliveMs?: number | undefined
  /** Repeats a fetch of a query that came to no answer; mutations are never repeated. */
  readonly retry?:
    | {
        /** Repetitions after the first attempt; default 1, 0 = none. */
        readonly attempts?: number | undefined
        /** Pause before the first repetition, in milliseconds; it doubles with each, with jitter; default 0. */
        readonly backoffMs?: number | undefined
      }
    | undefined
  /** Spares a subgraph that fails: fetches are refused at once until a trial one succeeds. */
  readonly breaker?:
    | {
        /** Default true. */
        readonly isEnabled?: boolean | undefined
        /** Failures in a row that open it: transport faults, time-outs and 5xx, not GraphQL errors; default 5. */
        readonly failures?: number | undefined
        /** How long it stays open before it lets one fetch try, in milliseconds; default 10,000. */
        readonly halfOpenAfterMs?: number | undefined
      }
    | undefined
  /** Asks each replica whether it serves; one that does not gets no fetches until it does. Off when left out. */
  readonly health?:
    | {
        /** Path that answers 2xx when the replica serves; left out = a GraphQL `{ __typename }` is sent to its address. */
        readonly path?: string | undefined
        /** Time between two checks of one replica, in milliseconds; default 5,000. */
        readonly intervalMs?: number | undefined
      }
    | undefined
  /** Whether HTTP/2 is spoken where the subgraph offers it by TLS; default false. */
  readonly http2?: boolean | undefined
  /** Whether the subgraph knows Headcount's lean fetches: documents by hash and a signed viewer; default false. */
  readonly leanFetches?: boolean | undefined
  /**
   * How the subgraph is subscribed to for fields without `@topic`: events over HTTP (graphql-sse's protocol, a request
   * each; default), or a WebSocket that the subscriptions of one viewer share (graphql-transport-ws). Nothing reconnects
   * by itself: a subscription whose connection breaks ends with SUBGRAPH_UNAVAILABLE.
   */
  readonly subscriptions?: 'sse' | 'websocket' | undefined
  /** Where subscriptions go, when that is another address than the one for fetches; for one subgraph only. */
  readonly subscriptionsUrl?: string | undefined
  /** A subgraph that sends nothing for so long, in milliseconds, not even a sign of life, is gone; default never. */
  readonly subscriptionsIdleMs?: number | undefined
  /** Rules about headers; a subgraph's own run after those for all. */
  readonly headers?: readonly HeaderRule[] | undefined
  /** TLS towards the subgraph, as PEM text: another authority, and a certificate of the gateway's own. */
  readonly tls?:
    | {
        readonly ca?: string | undefined
        readonly cert?: string | undefined
        readonly key?: string | undefined
      }
    | undefined
}

/** What holds where neither `upstream` nor the subgraph says otherwise. */
export const defaultUpstream = {
  timeoutMs: defaultLimits.fetchMs,
  connections: defaultLimits.connectionsPerSubgraph,
  keepAliveMs: 60_000,
  retry: { attempts: 1, backoffMs: 0 },
  breaker: { isEnabled: true, failures: 5, halfOpenAfterMs: 10_000 },
  http2: false,
  leanFetches: false,
  subscriptions: 'sse',
} satisfies UpstreamOptions
