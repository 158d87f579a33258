import type { NatsConnection } from 'nats'
import type { Logger } from 'pino'
import { type AttemptPolicy, defaultPolicy } from './attempt.ts'
import { type Bus, BusUnavailable } from './bus.ts'
import { alreadySubscribed } from './in-process-bus.ts'
import type { Message } from './message.ts'
import { NatsConsumer } from './nats-consumer.ts'
import { countDead, replayDead } from './nats-dead-letters.ts'
import { NatsLink } from './nats-link.ts'
import { encodeMessage } from './nats-message.ts'
import { createPresence } from './nats-presence.ts'
import { createQueue, REQUEST_DEADLINE_MS } from './nats-queue.ts'
import { streamFor } from './streams.ts'

/** A bus over NATS JetStream. */
export interface NatsBus extends Bus {
  /** How many messages lie in the stream DEAD, of all consumers. */
  dead(): Promise<number>
  /** Publishes those messages again; answers how many. */
  replayDead(): Promise<number>
}

/** What `natsBus` needs. */
export interface NatsBusOptions {
  /** `nats://host:port`, with `user:password@` or `token@` where it asks for one; `tls://…` for TLS. */
  url: string
  log: Logger
  /** How many servers keep a stream that this bus makes: 1 (default), or 3 on a cluster. */
  replicas?: number
  /** The clock. Default: the system's. */
  now?: () => number
  /** How a message is tried. Default: 10 times over about three minutes, 10 s each. */
  policy?: AttemptPolicy
}

/**
 * A bus over NATS JetStream (server 2.10 or newer). It connects by itself, for ever, and makes the streams
 * and consumers that are missing; services may start in any order, and before the queue.
 */
export function natsBus(options: NatsBusOptions): NatsBus {
  const { url, log, replicas = 1, now = Date.now, policy = defaultPolicy } = options
  const link = new NatsLink({ url, log })
  const queue = createQueue(link, { replicas, log })
  const consumers = new Map<string, NatsConsumer>()
  link.onConnect(() => {
    for (const consumer of consumers.values()) consumer.renew()
  })
  const counters = { published: 0, handled: 0, retried: 0, dead: 0 }
  return {
    ...createPresence(link, now),
    counters,
    async publish(service, message) {
      const { name: streamName } = streamFor(service, message.subject)
      const { js } = await queue.open()
      const body = encodeMessage(message)
      checkSize(link.current(), message, body)
      try {
        const storing = { msgID: message.id, timeout: REQUEST_DEADLINE_MS, expect: { streamName } }
        await js.publish(message.subject, body, storing)
      } catch (err) {
        throw queue.failed(err)
      }
      counters.published++
    },
    async subscribe(wanted) {
      const { consumer: name } = wanted
      if (consumers.has(name)) throw alreadySubscribed(name)
      const consumer = new NatsConsumer({ ...wanted, queue: queue.open, counters, policy, log })
      consumers.set(name, consumer)
      return {
        async stop() {
          consumers.delete(name)
          await consumer.stop()
        },
      }
    },
    async ready() {
      await queue.open()
      link.current()
      const still = [...consumers].filter(([, consumer]) => !consumer.isFlowing).map(([name]) => name)
      if (still.length > 0) throw new BusUnavailable(`Messages do not flow yet to: ${still.join(', ')}.`)
    },
    dead: async () => countDead((await queue.open()).manager),
    async replayDead() {
      const { js, manager } = await queue.open()
      return replayDead(js, manager)
    },
    async close() {
      await Promise.all([...consumers.values()].map((consumer) => consumer.stop()))
      consumers.clear()
      await link.close()
    },
  }
}

function checkSize(connection: NatsConnection, message: Message, body: Uint8Array): void {
  const largest = connection.info?.max_payload ?? Number.POSITIVE_INFINITY
  if (body.length <= largest) return
  throw new RangeError(`Message ${message.id} has ${body.length} bytes; the server takes ${largest}.`)
}
