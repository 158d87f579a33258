/** What travels on a topic. Without `data` the listener reads the state itself. */
export interface LiveMessage {
  /** The position of the state that the message speaks of; never falls on one channel. */
  seq: number
  /** RFC 3339: when the publisher knew that state. */
  asOf: string
  /** The state itself, as far as the publisher carries it. */
  data?: unknown
}

/** Called with each message of a channel, in order of arrival. What it throws is logged and stops nobody. */
export type LiveListener = (message: LiveMessage) => void

/**
 * Live topics: at most once, no history. Whoever listens must hold `seq` against what it has, and take a
 * fresh snapshot where numbers are missing.
 */
export interface Topics {
  /**
   * Sends a message to all who listen to the channel now. Rejects with LiveUnavailable where that has not
   * happened within 1 s; the caller logs it and goes on, since the next message or heartbeat repairs it.
   */
  publish(channel: string, message: LiveMessage): Promise<void>
  /**
   * Listens to a channel. Resolves, once messages flow, to the function that ends it; any number of
   * listeners of one process share one subscription. Rejects with LiveUnavailable after 2 s without Redis,
   * and then nothing is left behind.
   */
  subscribe(channel: string, listener: LiveListener): Promise<() => Promise<void>>
  /**
   * The channels that have a listener in any process now; `*` and `?` in the pattern match as in a shell. Whoever comes
   * after the call may be missing, and so are listeners at a node of a cluster that does not answer: no message reaches them.
   */
  activeChannels(pattern: string): Promise<string[]>
  /** Called each time that the connection is back and messages flow again: what was sent meanwhile is lost. */
  onReconnect(listener: () => void): () => void
  /** Resolves where messages can flow now, rejects with LiveUnavailable where they can't. */
  ready(): Promise<void>
  close(): Promise<void>
}

/** The topics can't be reached now. Nothing is wrong with the message. */
export class LiveUnavailable extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'LiveUnavailable'
  }
}
