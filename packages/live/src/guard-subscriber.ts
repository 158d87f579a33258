import { setTimeout as sleep } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import type { Logger } from 'pino'
import type { SubscriberClient } from './create-topics.ts'

const FIRST_RETRY_MS = 100
const LONGEST_RETRY_MS = 5000

/** A subscriber that never fails, only takes its time. */
export interface GuardedSubscriber {
  client: SubscriberClient
  /** Called when a connection that had been lost is back and all its channels are subscribed again. */
  onReconnect(listener: () => void): () => void
}

/**
 * Stands between RedisPubSub and ioredis. RedisPubSub lets a failed SUBSCRIBE or UNSUBSCRIBE become an
 * unhandled rejection and keeps its entry; ioredis lets a failed re-subscription become one. Here the wanted
 * channels are a set, and whenever the connection is ready that set is what is subscribed.
 */
export function guardSubscriber(redis: Redis, log: Logger): GuardedSubscriber {
  const waiting = new Map<string, ((error: null) => void)[]>()
  const listeners = new Set<() => void>()
  let wasLost = false

  /** Whether the channels (those still wanted) flow; false where the connection went, and `ready` will do it. */
  async function request(channels: readonly string[]): Promise<boolean> {
    for (let delayMs = FIRST_RETRY_MS; ; delayMs = Math.min(delayMs * 2, LONGEST_RETRY_MS)) {
      const wanted = channels.filter((channel) => waiting.has(channel))
      if (wanted.length === 0) return true
      if (redis.status !== 'ready') return false
      try {
        await redis.subscribe(...wanted)
        for (const channel of wanted) for (const done of waiting.get(channel)?.splice(0) ?? []) done(null)
        return true
      } catch (err) {
        if (redis.status !== 'ready') return false
        log.warn({ err, channels: wanted.length }, 'SUBSCRIBE was refused; trying again')
        await sleep(delayMs)
      }
    }
  }

  async function resume(): Promise<void> {
    const isBack = wasLost
    wasLost = false
    if ((await request([...waiting.keys()])) && isBack) for (const listener of listeners) listener()
  }

  redis.on('close', () => {
    wasLost = true
  })
  redis.on('ready', () => {
    resume().catch((err: unknown) => log.error({ err }, 'A listener of a reconnection failed'))
  })

  return {
    client: {
      on: (event, listener) => redis.on(event, listener),
      subscribe(channel, done) {
        waiting.set(channel, [...(waiting.get(channel) ?? []), done])
        request([channel]).catch((err: unknown) => log.error({ err, channel }, 'Subscribing failed'))
      },
      unsubscribe(channel) {
        waiting.delete(channel)
        // Without a connection there is nothing to leave.
        if (redis.status === 'ready') redis.unsubscribe(channel).catch(() => undefined)
      },
      // No pattern is ever subscribed; RedisPubSub asks all the same.
      punsubscribe: () => undefined,
    },
    onReconnect(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
