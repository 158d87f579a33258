import { type Clock, wallClock } from './clock.ts'
import type { Delivery } from './delivery.ts'
import type { LiveError } from './live-error.ts'
import type { LiveResult } from './live-result.ts'
import type { LiveState } from './live-state.ts'
import { LiveSubscription } from './live-subscription.ts'
import type { Transport } from './transport.ts'

/** For servers without `extensions.resume`: where a result says its place, and how to ask for what comes after it. */
export interface OwnPosition<Data> {
  of: (data: Data) => string | undefined
  /** Variables that are put over the operation's own. */
  variables: (position: string) => Readonly<Record<string, unknown>>
}

/** A subscription as `graphql-ws` takes it, and how to keep it. */
export interface LiveOperation<Data = unknown> {
  /** Its text; left out, or empty, where `documentId` or `extensions.persistedQuery` names it. */
  readonly query?: string | undefined
  /** The id of a document that the server knows: `sha256:` and the hash of its text, or an id of the app's own. */
  readonly documentId?: string | undefined
  readonly operationName?: string | null | undefined
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined
  readonly extensions?: Readonly<Record<string, unknown>> | null | undefined
  readonly ownPosition?: OwnPosition<Data>
  /**
   * A subscription that brings nothing for this long is lost, and opened again; default 10 s, since the platform sends
   * a heartbeat every 2 s. `Infinity` for streams without heartbeats: then only a closed connection is noticed. An attempt
   * that the server has not let in within 10 s is lost in any case.
   */
  readonly silenceLimitMs?: number
  /** `complete` counts as a loss: for streams that have no end. */
  readonly isEndless?: boolean
}

/** Who is told; a sink of `graphql-ws` will do. What it throws is thrown on, and stops nothing here. */
export interface LiveSink<Data = unknown> {
  next(result: LiveResult<Data>, delivery: Delivery): void
  /** Before the result that it comes with. */
  state?(state: LiveState): void
  /** Ended for good: asking again is of no use. */
  error(error: LiveError): void
  /** Ended for good by the server. */
  complete(): void
}

/** Options that all transports share. */
export interface LiveClientOptions {
  readonly clock?: Clock
  /** From 0 to below 1; spreads the waits. Default `Math.random`. */
  readonly random?: () => number
}

/** Keeps subscriptions, however often their connection is lost. */
export interface LiveClient {
  /** The function that is returned ends it; nothing more is told then. */
  subscribe: <Data>(operation: LiveOperation<Data>, sink: LiveSink<Data>) => () => void
  /** The network is back, or the page is looked at again: tries at once, unless the server asked to wait. */
  wake: () => void
  /** Ends all subscriptions. */
  close: () => void
}

/** Makes a client of a transport. */
export function createLiveClient(
  transport: Transport,
  { clock = wallClock, random = Math.random }: LiveClientOptions = {},
): LiveClient {
  const running = new Set<{ wake: () => void; stop: () => void }>()
  return {
    subscribe(operation, sink) {
      const subscription = new LiveSubscription({
        operation,
        sink,
        transport,
        clock,
        random,
        onEnd: () => running.delete(subscription),
      })
      running.add(subscription)
      subscription.start()
      return () => subscription.stop()
    },
    wake() {
      for (const subscription of running) subscription.wake()
    },
    close() {
      for (const subscription of running) subscription.stop()
    },
  }
}
