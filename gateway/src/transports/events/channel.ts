import type { EventOperation } from './event-operation.ts'

/** Where an operation's events go: a connection of its own, or one that it shares. */
export interface Channel {
  /** Whether bytes wait for a client that does not read. */
  readonly isFull: boolean
  /** Writes an event; what the client does not take yet is kept. */
  write(event: Buffer): void
  /** The operation has written all that it has to say. */
  over(operation: EventOperation, reason: 'complete' | 'error'): void
}
