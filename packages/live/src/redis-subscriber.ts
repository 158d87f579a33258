import type { Logger } from 'pino'
import type { SubscriberClient } from './create-topics.ts'
import type { RedisNodes } from './redis-nodes.ts'
import type { PubSub } from './settings.ts'
import { openLine, type SubscriberLine } from './subscriber-line.ts'
import { createWantedChannels } from './wanted-channels.ts'

/** A subscriber that never fails, only takes its time. */
export interface RedisSubscriber {
  readonly client: SubscriberClient
  /** Called when channels whose connection was lost, or that moved, are subscribed again. */
  onReconnect(listener: () => void): () => void
  ready(): Promise<unknown>
  close(): void
}

/** What {@link subscribeAt} needs. */
interface SubscriberOptions {
  readonly pubsub: PubSub
  readonly log: Logger
}

/**
 * Stands between RedisPubSub and ioredis: RedisPubSub lets a failed SUBSCRIBE or UNSUBSCRIBE become an unhandled rejection,
 * and knows no SSUBSCRIBE. Here the wanted channels are a set, each at the node that has it now, with one line a node.
 */
export function subscribeAt(nodes: RedisNodes, { pubsub, log }: SubscriberOptions): RedisSubscriber {
  const wanted = createWantedChannels(log)
  const hearers: ((channel: string, text: string) => void)[] = []
  const lines = createLines(nodes, {
    ...{ pubsub, log, onFlow: wanted.flows, onInterrupt: wanted.interrupt },
    onMessage: (channel, text) => {
      for (const hear of hearers) hear(channel, text)
    },
  })

  function place(channel: string): void {
    const one = wanted.channels.get(channel)
    const node = nodes.nodeOf(channel)
    if (!one || node === undefined || node === one.node) return
    if (one.node !== undefined) {
      wanted.interrupt(channel)
      lines.move(channel, one.node)
    }
    one.node = node
    lines.at(node).add(channel)
  }

  nodes.onMove(() => {
    for (const channel of wanted.channels.keys()) place(channel)
  })
  return {
    client: {
      on: (event, listener) => event === 'message' && hearers.push(listener),
      subscribe(channel, done) {
        wanted.add(channel, done)
        place(channel)
      },
      unsubscribe(channel) {
        const node = wanted.channels.get(channel)?.node
        wanted.remove(channel)
        if (node !== undefined) lines.at(node).remove(channel)
      },
      // No pattern is ever subscribed; RedisPubSub asks all the same.
      punsubscribe: () => undefined,
    },
    onReconnect: wanted.onReconnect,
    ready: lines.ping,
    close() {
      wanted.close()
      lines.close()
    },
  }
}

interface LinesOptions extends SubscriberOptions {
  readonly onMessage: (channel: string, text: string) => void
  readonly onFlow: (channel: string) => void
  readonly onInterrupt: (channel: string) => void
}

/** One line a node, opened when it is first needed. */
function createLines(nodes: RedisNodes, { onInterrupt, ...options }: LinesOptions) {
  const lines = new Map<string, SubscriberLine>()

  function open(node: string): SubscriberLine {
    const line = openLine(nodes.open(node), {
      ...options,
      onLost() {
        line.channels.forEach(onInterrupt)
        if (lines.get(node) === line) nodes.doubt(node)
      },
      onRefused: () => nodes.doubt(node),
    })
    lines.set(node, line)
    return line
  }

  return {
    at: (node: string) => lines.get(node) ?? open(node),
    /** Takes a channel away from its node. A node without any then has lost its slots, or is gone. */
    move(channel: string, from: string) {
      const line = lines.get(from)
      line?.remove(channel)
      if (!line || line.channels.size > 0) return
      lines.delete(from)
      line.close()
    },
    ping: () => Promise.all([...lines.values()].map((line) => line.ping())),
    close() {
      for (const line of lines.values()) line.close()
      lines.clear()
    },
  }
}
