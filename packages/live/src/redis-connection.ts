import { Redis } from 'ioredis'
import type { Logger } from 'pino'

const LONGEST_RETRY_MS = 2000
const SILENCE_MS = 3000

/**
 * Opens a connection that comes back by itself for ever, and that fails a command at once while it is away
 * instead of keeping it: a live message that is late is worth nothing, and nothing piles up. A server that
 * does not answer a command for 3 s counts as gone.
 */
export function openRedis(url: string, { role, log }: { role: string; log: Logger }): Redis {
  const redis = new Redis(url, {
    connectionName: `headcount-live-${role}`,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    // Its own would leave a failure unhandled; see guard-subscriber.ts.
    autoResubscribe: false,
    socketTimeout: SILENCE_MS,
    connectTimeout: SILENCE_MS,
    retryStrategy: (attempt) =>
      Math.min(50 * 2 ** Math.min(attempt, 10), LONGEST_RETRY_MS) * (0.5 + Math.random() / 2),
  })
  let isReported = false
  redis.on('error', (err: Error) => {
    if (!isReported) log.warn({ err, role }, 'Redis cannot be reached; trying again')
    isReported = true
  })
  redis.on('ready', () => {
    if (isReported) log.info({ role }, 'Redis is reachable again')
    isReported = false
  })
  return redis
}
