import type { Message } from './message.ts'

/**
 * Applies a message. It is called again with the same message where it rejects, takes longer than 10 s
 * (`signal` then aborts), or the process dies: it must apply by key and version. Messages of one subject
 * come one at a time, those of up to 8 subjects side by side.
 */
export type Handler = (message: Message, signal: AbortSignal) => Promise<void>

/** What a service wants to hear. */
export interface SubscribeOptions {
  /** The service's name. Its processes share the messages among themselves. One subscription a consumer and bus. */
  consumer: string
  /** Patterns of subjects, `*` and `>` as in NATS. */
  subjects: readonly string[]
  handle: Handler
}

/** A subscription in force. */
export interface Subscription {
  /** No new message is handled from here on; resolves when those under way are done. */
  stop(): Promise<void>
}

/** Plain numbers since the start of this process, for metrics. */
export interface BusCounters {
  /** Messages that the bus took. */
  readonly published: number
  /** Messages that a handler of this process applied. */
  readonly handled: number
  /** Attempts of a handler of this process that failed and that will be, or were, repeated. */
  readonly retried: number
  /** Messages that were given up after the last attempt and kept aside. */
  readonly dead: number
}

/** Carries messages from a service to all that subscribed. At least once. */
export interface Bus {
  readonly counters: BusCounters
  /**
   * Resolves when the message is safe: handled by every subscriber (in process) or stored by the queue.
   * Rejects with BusUnavailable where the queue can't be reached within 2 s, with a TypeError where the
   * subject is not the service's own, or with what a handler threw.
   */
  publish(service: string, message: Message): Promise<void>
  /** Begins to hand messages to a consumer. Over NATS it does so as soon as the queue can be reached. */
  subscribe(options: SubscribeOptions): Promise<Subscription>
  /** Says that a service is alive. See `startHeartbeat`. */
  beat(service: string): void
  /** When a service was last heard of, in milliseconds since 1970; undefined if never by this process. */
  lastHeard(service: string): number | undefined
  /** Resolves where messages can be published and received now; rejects with BusUnavailable, which says why not. */
  ready(): Promise<void>
  /** Stops all subscriptions, then the connection. */
  close(): Promise<void>
}

/** The queue can't be reached, or has not the streams. The message is good: keep it and try again. */
export class BusUnavailable extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'BusUnavailable'
  }
}
