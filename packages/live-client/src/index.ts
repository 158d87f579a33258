import { type EventStreamSource, eventStreamTransport } from './event-stream/event-stream-transport.ts'
import { createLiveClient, type LiveClient, type LiveClientOptions } from './live-client.ts'

export { backOffMs } from './back-off.ts'
export { type Clock, wallClock } from './clock.ts'
export type { Delivery, Gap } from './delivery.ts'
export { type EventSourceLike, eventSourceUrl, listenToEvents } from './event-stream/event-source.ts'
export type { EventStreamSource } from './event-stream/event-stream-transport.ts'
export type { LiveClient, LiveClientOptions, LiveOperation, LiveSink, OwnPosition } from './live-client.ts'
export { finalCodes, LiveError, UNAUTHENTICATED, UNREACHABLE } from './live-error.ts'
export type { GraphError, LiveResult } from './live-result.ts'
export type { Interruption, LiveState, LostState, Outcome } from './live-state.ts'

/** Options of a client over `fetch` and `text/event-stream`. */
export interface EventStreamOptions extends EventStreamSource, LiveClientOptions {}

/** Keeps subscriptions over server-sent events: each resumes with `Last-Event-ID`, or by its own variables. */
export function createEventStreamClient(options: EventStreamOptions): LiveClient {
  return createLiveClient(eventStreamTransport(options), options)
}
