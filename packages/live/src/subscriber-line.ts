import { setTimeout as sleep } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import type { Logger } from 'pino'
import { withDeadline } from './deadline.ts'
import type { PubSub } from './settings.ts'

const FIRST_RETRY_MS = 100
const LONGEST_RETRY_MS = 1000
const ANSWER_MS = 2000
const PING_MS = 2000

/** What a line tells. */
export interface LineOptions {
  readonly pubsub: PubSub
  readonly log: Logger
  readonly onMessage: (channel: string, text: string) => void
  /** Messages of the channel flow: for the first time, or again. */
  readonly onFlow: (channel: string) => void
  /** The connection is gone; nothing flows. */
  readonly onLost: () => void
  /** The node does not take one of the channels. */
  readonly onRefused: () => void
}

/** A connection that listens to channels: those that are wanted are subscribed whenever it is ready. */
export interface SubscriberLine {
  readonly channels: ReadonlySet<string>
  add(channel: string): void
  remove(channel: string): void
  ping(): Promise<unknown>
  close(): void
}

/**
 * Makes a line. A SUBSCRIBE that fails is tried again until it is not wanted any more; with ioredis alone, failed ones,
 * also those after a reconnection, are unhandled rejections.
 */
export function openLine(redis: Redis, options: LineOptions): SubscriberLine {
  const { pubsub, log, onMessage, onFlow, onLost, onRefused } = options
  const isSharded = pubsub === 'sharded'
  const channels = new Set<string>()
  const flowing = new Set<string>()
  const subscribe = isSharded ? sharded(redis) : classic(redis)
  let isReported = false

  function flows(channel: string): void {
    isReported = false
    if (!channels.has(channel)) return
    flowing.add(channel)
    onFlow(channel)
  }

  /** Ends where all of them flow or are not wanted any more, and where the connection went: `ready` will do it. */
  async function request(asked: readonly string[]): Promise<void> {
    for (let delayMs = FIRST_RETRY_MS; ; delayMs = Math.min(delayMs * 2, LONGEST_RETRY_MS)) {
      const wanted = asked.filter((channel) => channels.has(channel) && !flowing.has(channel))
      if (wanted.length === 0 || redis.status !== 'ready') return
      try {
        await subscribe(wanted, flows)
      } catch (err) {
        if (redis.status !== 'ready') return
        if (!isReported) log.warn({ err, channels: wanted.length }, 'SUBSCRIBE was refused; trying again')
        isReported = true
        onRefused()
        await sleep(delayMs)
      }
    }
  }

  const begin = (asked: readonly string[]) => {
    request(asked).catch((err: unknown) => log.error({ err }, 'Subscribing failed'))
  }
  redis.on('ready', () => begin([...channels]))
  redis.on('close', () => {
    flowing.clear()
    onLost()
  })
  redis.on(isSharded ? 'smessage' : 'message', onMessage)
  const stopWatching = watch(redis)

  return {
    channels,
    add(channel) {
      channels.add(channel)
      begin([channel])
    },
    remove(channel) {
      channels.delete(channel)
      flowing.delete(channel)
      // Without a connection there is nothing to leave.
      if (redis.status !== 'ready') return
      const leaving = isSharded ? redis.sunsubscribe(channel) : redis.unsubscribe(channel)
      leaving.catch(() => undefined)
    },
    ping: () => redis.ping(),
    close() {
      stopWatching()
      redis.disconnect()
    },
  }
}

/** Subscribes channels, and says of each when messages flow. */
type Subscribe = (channels: readonly string[], onEach: (channel: string) => void) => Promise<void>

function classic(redis: Redis): Subscribe {
  return async (channels, onEach) => {
    await redis.subscribe(...channels)
    channels.forEach(onEach)
  }
}

/** One channel a command: in a cluster, channels of several slots may not stand in one. */
function sharded(redis: Redis): Subscribe {
  const pending = new Set<(reason: Error) => void>()
  // ioredis tells that a slot was MOVED, but never settles the command.
  redis.on('moved', () => {
    for (const refuse of pending) refuse(new Error('A slot has moved to another node.'))
  })
  return async (channels, onEach) => {
    const { promise, reject } = Promise.withResolvers<never>()
    pending.add(reject)
    const all = Promise.all(channels.map((channel) => redis.ssubscribe(channel).then(() => onEach(channel))))
    try {
      await withDeadline(Promise.race([all, promise]), ANSWER_MS, 'SSUBSCRIBE')
    } finally {
      pending.delete(reject)
    }
  }
}

/** Notices what ioredis does not. */
function watch(redis: Redis): () => void {
  redis.on('error', (err: Error) => {
    // A slot that moved away ends its subscriptions unasked, and ioredis then takes answers for others' answers.
    if (err.message.startsWith('Command queue state error')) redis.disconnect(true)
  })
  // Who only listens would not see that nobody is there.
  const pings = setInterval(() => {
    if (redis.status === 'ready') redis.ping().catch(() => undefined)
  }, PING_MS)
  pings.unref()
  return () => clearInterval(pings)
}
