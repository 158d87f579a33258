import { RedisPubSub } from 'graphql-redis-subscriptions'
import type { Redis } from 'ioredis'
import type { Logger } from 'pino'
import { withDeadline } from './deadline.ts'
import { readLiveMessage } from './read-live-message.ts'
import type { LiveListener, Topics } from './topics.ts'

const PUBLISH_DEADLINE_MS = 1000
const SUBSCRIBE_DEADLINE_MS = 2000

/** The calls that RedisPubSub makes on its subscriber. None of them may reject: nobody would catch it. */
export interface SubscriberClient {
  on(event: string, listener: (...args: string[]) => void): unknown
  /** Calls back once messages of the channel flow, however long that takes. */
  subscribe(channel: string, done: (error: null) => void): void
  unsubscribe(channel: string): unknown
  punsubscribe(pattern: string): unknown
}

/** What differs between Redis and one process. */
export interface Link extends Pick<Topics, 'activeChannels' | 'onReconnect' | 'ready' | 'close'> {
  log: Logger
  subscriber: SubscriberClient
  send(channel: string, text: string): Promise<unknown>
}

interface Channel {
  listeners: Set<{ listener: LiveListener }>
  subscription: Promise<number>
  /** Whether the end of the subscription is on its way, unless somebody joins before. */
  isEnding: boolean
}

/**
 * Topics over RedisPubSub. Its async iterator queues without bound and is not used; its listeners are: one
 * a channel, behind which stands our own set.
 */
export function createTopics(link: Link): Topics {
  const channels = new Map<string, Channel>()
  const pubsub = new RedisPubSub({
    // RedisPubSub asks for whole clients, yet calls only what SubscriberClient names and `publish`.
    subscriber: link.subscriber as unknown as Redis,
    publisher: { publish: link.send } as unknown as Redis,
  })

  function deliver(name: string, raw: unknown): void {
    const message = readLiveMessage(raw)
    if (!message) {
      link.log.warn({ channel: name }, 'Dropped a live message that is not {seq, asOf, data?}')
      return
    }
    for (const { listener } of channels.get(name)?.listeners ?? []) {
      try {
        listener(message)
      } catch (err) {
        link.log.error({ err, channel: name }, 'A listener of a live channel failed')
      }
    }
  }

  function open(name: string): Channel {
    const subscription = pubsub.subscribe(name, (raw: unknown) => deliver(name, raw))
    const channel: Channel = { listeners: new Set(), subscription, isEnding: false }
    channels.set(name, channel)
    return channel
  }

  function leave(name: string, channel: Channel, entry: { listener: LiveListener }): void {
    if (!channel.listeners.delete(entry) || channel.listeners.size > 0 || channel.isEnding) return
    channel.isEnding = true
    // While Redis is away this waits, and whoever comes meanwhile joins: one entry a channel, not one a try.
    void channel.subscription.then((id) => {
      channel.isEnding = false
      if (channel.listeners.size > 0 || channels.get(name) !== channel) return
      channels.delete(name)
      pubsub.unsubscribe(id)
    })
  }

  return {
    publish: (name, message) =>
      withDeadline(pubsub.publish(name, message), PUBLISH_DEADLINE_MS, `Publishing to ${name}`),
    async subscribe(name, listener) {
      const channel = channels.get(name) ?? open(name)
      const entry = { listener }
      channel.listeners.add(entry)
      try {
        await withDeadline(channel.subscription, SUBSCRIBE_DEADLINE_MS, `Subscribing to ${name}`)
      } catch (err) {
        leave(name, channel, entry)
        throw err
      }
      return async () => leave(name, channel, entry)
    },
    activeChannels: (pattern) =>
      withDeadline(link.activeChannels(pattern), PUBLISH_DEADLINE_MS, 'Listing the live channels'),
    onReconnect: link.onReconnect,
    ready: () => withDeadline(link.ready(), PUBLISH_DEADLINE_MS, 'Reaching the live topics'),
    async close() {
      channels.clear()
      await link.close()
    },
  }
}
