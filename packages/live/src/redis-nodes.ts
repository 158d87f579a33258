import type { Redis } from 'ioredis'

/** The servers behind the topics: one, or the nodes of a cluster. */
export interface RedisNodes {
  /** The node at which a channel is to be listened to; undefined while nobody knows. */
  nodeOf(channel: string): string | undefined
  /** Opens a connection to a node for listening; it comes back by itself. */
  open(node: string): Redis
  /** Says that a node was lost, or refused a channel: where channels are may have changed. */
  doubt(node: string): void
  /** Called whenever channels may have moved to other nodes. */
  onMove(listener: () => void): void
  publish(channel: string, text: string): Promise<unknown>
  /** Channels with a listener at any node that can be reached; rejects where none can. */
  activeChannels(pattern: string): Promise<string[]>
  ready(): Promise<unknown>
  close(): void
}
