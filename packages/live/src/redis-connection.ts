import { Redis, type RedisOptions } from 'ioredis'
import type { Logger } from 'pino'
import type { PubSub } from './settings.ts'

const LONGEST_RETRY_MS = 2000
const SILENCE_MS = 3000

/** A server that does not answer a command for 3 s counts as gone, and a command fails at once while it is away. */
export const connectionOptions = {
  maxRetriesPerRequest: 0,
  // Its own would leave a failure unhandled; see subscriber-line.ts.
  autoResubscribe: false,
  socketTimeout: SILENCE_MS,
  connectTimeout: SILENCE_MS,
} satisfies RedisOptions

/** How long to wait before the next attempt to connect: 50 ms to 2 s, spread. */
export function retryDelayMs(attempt: number): number {
  return Math.min(50 * 2 ** Math.min(attempt, 10), LONGEST_RETRY_MS) * (0.5 + Math.random() / 2)
}

/**
 * Opens a connection that comes back by itself for ever, and that keeps no command for a server that is away: a live
 * message that is late is worth nothing, and nothing piles up.
 */
export function openRedis(url: string, { role, log }: { role: string; log: Logger }): Redis {
  const redis = new Redis(url, {
    ...connectionOptions,
    connectionName: `headcount-live-${role}`,
    enableOfflineQueue: false,
    retryStrategy: retryDelayMs,
  })
  reportOnce(redis, { role, log })
  return redis
}

interface Emitter {
  on(event: 'error', listener: (error: Error) => void): unknown
  on(event: 'ready', listener: () => void): unknown
}

/** One line when it goes, one when it is back. */
export function reportOnce(redis: Emitter, { role, log }: { role: string; log: Logger }): void {
  let isReported = false
  redis.on('error', (err) => {
    if (!isReported) log.warn({ err, role }, 'Redis cannot be reached; trying again')
    isReported = true
  })
  redis.on('ready', () => {
    if (isReported) log.info({ role }, 'Redis is reachable again')
    isReported = false
  })
}

/** The channels with a listener at one server. */
export async function channelsAt(redis: Redis, pubsub: PubSub, pattern: string): Promise<string[]> {
  const asked =
    pubsub === 'sharded' ? redis.pubsub('SHARDCHANNELS', pattern) : redis.pubsub('CHANNELS', pattern)
  return (await asked) as string[]
}
