import type { Logger } from 'pino'

/** Channels that come back one after the other are told together. */
const TELL_AFTER_MS = 10

/** A channel that somebody listens to. */
interface Wanted {
  /** The node at which it is listened to. */
  node: string | undefined
  /** Called once messages flow. */
  readonly waiting: ((error: null) => void)[]
  hasFlowed: boolean
  /** Whether it flowed and does not now. */
  isInterrupted: boolean
}

/** The channels that are listened to, whether they flow or not. */
export interface WantedChannels {
  readonly channels: ReadonlyMap<string, Wanted>
  add(channel: string, done: (error: null) => void): Wanted
  remove(channel: string): void
  /** Says that messages of a channel flow. */
  flows(channel: string): void
  /** Says that they do not any more. */
  interrupt(channel: string): void
  /** Called when channels that were interrupted flow again. */
  onReconnect(listener: () => void): () => void
  close(): void
}

/** Makes an empty set. */
export function createWantedChannels(log: Logger): WantedChannels {
  const channels = new Map<string, Wanted>()
  const listeners = new Set<() => void>()
  let telling: NodeJS.Timeout | undefined

  function tell(): void {
    telling = undefined
    for (const listener of listeners) {
      try {
        listener()
      } catch (err) {
        log.error({ err }, 'A listener of a reconnection failed')
      }
    }
  }

  return {
    channels,
    add(channel, done) {
      const fresh = { node: undefined, waiting: [], hasFlowed: false, isInterrupted: false }
      const one = channels.get(channel) ?? fresh
      one.waiting.push(done)
      channels.set(channel, one)
      return one
    },
    remove: (channel) => void channels.delete(channel),
    flows(channel) {
      const one = channels.get(channel)
      if (!one) return
      one.hasFlowed = true
      for (const done of one.waiting.splice(0)) done(null)
      if (one.isInterrupted) telling ??= setTimeout(tell, TELL_AFTER_MS)
      one.isInterrupted = false
    },
    interrupt(channel) {
      const one = channels.get(channel)
      if (one?.hasFlowed) one.isInterrupted = true
    },
    onReconnect(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    close() {
      clearTimeout(telling)
      channels.clear()
    },
  }
}
