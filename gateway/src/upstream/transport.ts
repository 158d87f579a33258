import type { Send } from './message.ts'
import type { Settings } from './settings.ts'

/** What a pool of connections is made of. */
export interface TransportOptions {
  /** Address of the GraphQL endpoint. */
  readonly url: string
  /** Headers that are the same for all fetches: name, value, name, value... */
  readonly headers: readonly string[]
  readonly settings: Settings
}

/** The connections of a pool. `opened` and `reused` only grow, the others are of this moment. */
export interface ConnectionStats {
  readonly opened: number
  /** Messages over a connection that had carried another one; undefined = not counted. */
  readonly reused: number | undefined
  readonly idle: number
  readonly busy: number
  /** Messages that wait for a connection. */
  readonly waiting: number
}

/** The way to one address. */
export interface Transport {
  readonly send: Send
  stats(): ConnectionStats
  close(): Promise<void>
}
