import type { Logger } from 'pino'
import { clusterNodes } from './cluster-nodes.ts'
import { createTopics } from './create-topics.ts'
import { subscribeAt } from './redis-subscriber.ts'
import { type PubSub, redisAddresses } from './settings.ts'
import { singleServer } from './single-server.ts'
import type { Topics } from './topics.ts'

/** Where Redis is and how messages travel through it. */
export interface RedisTopicsOptions {
  /** `redis://` or `rediss://`, with user and password as usual; several hosts, `redis://a:6379,b:6379`, are nodes of a cluster. */
  readonly url: string
  /** Default classic. Whoever publishes and whoever listens must have the same. */
  readonly pubsub?: PubSub
  readonly log: Logger
}

/**
 * Topics over the pub/sub of Redis or Valkey: connections to publish and, once somebody listens, to listen, all reconnecting
 * for ever. Nothing is connected when it returns; see `ready`.
 */
export function redisTopics({ url, pubsub = 'classic', log }: RedisTopicsOptions): Topics {
  const isCluster = redisAddresses(url).length > 1
  const nodes = (isCluster ? clusterNodes : singleServer)(url, { pubsub, log })
  const subscriber = subscribeAt(nodes, { pubsub, log })
  return createTopics({
    log,
    subscriber: subscriber.client,
    send: nodes.publish,
    activeChannels: nodes.activeChannels,
    onReconnect: subscriber.onReconnect,
    async ready() {
      await Promise.all([nodes.ready(), subscriber.ready()])
    },
    async close() {
      subscriber.close()
      nodes.close()
    },
  })
}
