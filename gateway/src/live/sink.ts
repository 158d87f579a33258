import type { GraphQLFormattedError } from 'graphql'
import type { LiveText } from './live-text.ts'

/** Where a subscription's results go: one operation of a WebSocket, or of an event stream. Its methods do not throw. */
export interface Sink {
  /** Whether bytes wait for a client that does not read: nothing more is sent until `Subscription.drained`. */
  readonly isFull: boolean
  /** Sends a result. Hot path: once a subscriber and message. */
  send(result: LiveText): void
  /** It is over: with errors that end it, masked, or complete. Called once at most, and nothing after it. */
  end(errors: readonly GraphQLFormattedError[] | undefined): void
}

/** A subscription under way, as its transport holds it. */
export interface Subscription {
  /** The client takes bytes again. */
  drained(): void
  /** The client has ended it or has gone; its sink hears nothing more. */
  stop(): void
}
