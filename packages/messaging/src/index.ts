export { type Announcements, natsAnnouncements } from './announcements.ts'
export type { AttemptPolicy } from './attempt.ts'
export {
  type Bus,
  type BusCounters,
  BusUnavailable,
  type Handler,
  type SubscribeOptions,
  type Subscription,
} from './bus.ts'
export { startHeartbeat } from './heartbeat.ts'
export { type InProcessBusOptions, inProcessBus } from './in-process-bus.ts'
export type { Message } from './message.ts'
export { type NatsBus, type NatsBusOptions, natsBus } from './nats-bus.ts'
export { appendToOutbox, type OutboxTransaction, type OutgoingMessage } from './outbox.ts'
export { type Relay, type RelayCounters, type RelayOptions, startRelay } from './relay.ts'
export { type Stream, streams } from './streams.ts'
