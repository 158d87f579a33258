import type { Logger } from 'pino'
import { channelsAt, openRedis } from './redis-connection.ts'
import type { RedisNodes } from './redis-nodes.ts'
import type { PubSub } from './settings.ts'

/** One server: all channels are there, and it comes back at the same address. */
export function singleServer(url: string, { pubsub, log }: { pubsub: PubSub; log: Logger }): RedisNodes {
  const publisher = openRedis(url, { role: 'publisher', log })
  return {
    nodeOf: () => url,
    open: () => openRedis(url, { role: 'subscriber', log }),
    doubt: () => undefined,
    onMove: () => undefined,
    publish: (channel, text) =>
      pubsub === 'sharded' ? publisher.spublish(channel, text) : publisher.publish(channel, text),
    activeChannels: (pattern) => channelsAt(publisher, pubsub, pattern),
    ready: () => publisher.ping(),
    close: () => publisher.disconnect(),
  }
}
