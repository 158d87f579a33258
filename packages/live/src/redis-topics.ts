import type { Logger } from 'pino'
import { createTopics } from './create-topics.ts'
import { guardSubscriber } from './guard-subscriber.ts'
import { openRedis } from './redis-connection.ts'
import type { Topics } from './topics.ts'

const PING_MS = 2000

/**
 * Topics over the pub/sub of Redis or Valkey: one connection to publish, one to listen, both reconnecting
 * for ever. Nothing is connected when it returns; see `ready`.
 *
 * @param url `redis://` or `rediss://`, with user, password and database as usual.
 */
export function redisTopics({ url, log }: { url: string; log: Logger }): Topics {
  const publisher = openRedis(url, { role: 'publisher', log })
  const subscriber = openRedis(url, { role: 'subscriber', log })
  const guarded = guardSubscriber(subscriber, log)
  // A subscriber only listens: without a question now and then it would not notice that nobody is there.
  const pings = setInterval(() => {
    if (subscriber.status === 'ready') subscriber.ping().catch(() => undefined)
  }, PING_MS)
  pings.unref()
  return createTopics({
    log,
    subscriber: guarded.client,
    send: (channel, text) => publisher.publish(channel, text),
    activeChannels: async (pattern) => (await publisher.pubsub('CHANNELS', pattern)) as string[],
    onReconnect: guarded.onReconnect,
    async ready() {
      await Promise.all([publisher.ping(), subscriber.ping()])
    },
    async close() {
      clearInterval(pings)
      publisher.disconnect()
      subscriber.disconnect()
    },
  })
}
