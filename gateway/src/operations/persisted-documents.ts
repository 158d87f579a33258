import KeyvRedis from '@keyv/redis'
import Keyv from 'keyv'
import { LRUCache } from 'lru-cache'
import type { Logger } from 'pino'

const day = 24 * 60 * 60 * 1000

/** Documents that clients may name by their hash (automatic persisted queries). */
export interface PersistedDocuments {
  get(hash: string): Promise<string | undefined>
  /** Keeps a document for a day after it was last stored. The caller has checked that it is valid and fits the hash. */
  set(hash: string, text: string): Promise<void>
  close(): Promise<void>
}

/** Redis may be away: then a hash is unknown, and the client sends the document. */
const sharedTimeoutMs = 250

async function within<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${sharedTimeoutMs} ms`)), sharedTimeoutMs)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/** Keeps documents in memory, the longest unused go first; and in Redis, where gateways share them. */
export function persistedDocuments(options: {
  readonly redisUrl: string | undefined
  readonly log: Logger
  readonly max?: number
}): PersistedDocuments {
  const memory = new LRUCache<string, string>({
    max: options.max ?? 10_000,
    maxSize: 32 * 1_048_576,
    sizeCalculation: (text) => text.length + 1,
    ttl: day,
  })
  const { redisUrl, log } = options
  const shared = redisUrl
    ? new Keyv<string>({ store: new KeyvRedis(redisUrl), namespace: 'headcount:document', ttl: day })
    : undefined
  const warn = (error: unknown) => log.warn({ err: error }, 'persisted documents: Redis did not answer')
  shared?.on('error', warn)
  return {
    async get(hash) {
      const near = memory.get(hash)
      if (near !== undefined || !shared) return near
      try {
        const text = await within(shared.get(hash))
        if (text !== undefined) memory.set(hash, text)
        return text
      } catch (error) {
        warn(error)
        return undefined
      }
    },
    async set(hash, text) {
      memory.set(hash, text)
      if (shared) await within(shared.set(hash, text)).catch(warn)
    },
    async close() {
      await shared?.disconnect().catch(warn)
    },
  }
}
