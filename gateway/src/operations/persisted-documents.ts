import { redisAddresses } from '@headcount/live/settings'
import KeyvRedis from '@keyv/redis'
import Keyv from 'keyv'
import { LRUCache } from 'lru-cache'
import type { Logger } from 'pino'

const day = 24 * 60 * 60 * 1000

/** Documents that clients may name by their hash (automatic persisted queries). */
export interface PersistedDocuments {
  get(hash: string): string | undefined | Promise<string | undefined>
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

/** How often the log says that Redis does not answer, in milliseconds. */
const warnEveryMs = 10_000

function warnSometimes(log: Logger): (error: unknown) => void {
  let warnedAt = Number.NEGATIVE_INFINITY
  return (error) => {
    if (performance.now() - warnedAt < warnEveryMs) return
    warnedAt = performance.now()
    log.warn({ err: error }, 'persisted documents: Redis does not answer; each gateway knows its own')
  }
}

/** Redis behind keyv. While it is away every question fails at once; nothing is queued for later. */
function openShared(redisUrl: string, warn: (error: unknown) => void) {
  const nodes = redisAddresses(redisUrl).map((url) => ({ url }))
  const defaults = {
    disableOfflineQueue: true,
    socket: { connectTimeout: 1_000, reconnectStrategy: (tries: number) => Math.min(50 * 2 ** tries, 2_000) },
  }
  const isCluster = nodes.length > 1
  const store = new KeyvRedis<string>(
    isCluster ? { rootNodes: nodes, defaults } : { url: redisUrl, ...defaults },
  )
  const keyv = new Keyv<string>({ store, namespace: 'headcount:document', ttl: day })
  keyv.on('error', warn)
  store.getClient().catch(warn)
  return { keyv, close: () => store.disconnect(true) }
}

/** Keeps documents in memory, the longest unused go first; and in Redis, where gateways share them. */
export function persistedDocuments(options: {
  readonly redisUrl: string | undefined
  readonly log: Logger
}): PersistedDocuments {
  const memory = new LRUCache<string, string>({
    max: 10_000,
    maxSize: 32 * 1_048_576,
    sizeCalculation: (text) => text.length + 1,
    ttl: day,
  })
  const warn = warnSometimes(options.log)
  const shared = options.redisUrl === undefined ? undefined : openShared(options.redisUrl, warn)
  const ask = async (keyv: Keyv<string>, hash: string) => {
    try {
      const text = await within(keyv.get(hash))
      if (text !== undefined) memory.set(hash, text)
      return text
    } catch (error) {
      warn(error)
      return undefined
    }
  }
  return {
    get(hash) {
      const known = memory.get(hash)
      return known !== undefined || !shared ? known : ask(shared.keyv, hash)
    },
    async set(hash, text) {
      memory.set(hash, text)
      // The answer need not wait: a gateway that does not know the hash yet asks the client.
      if (shared) void within(shared.keyv.set(hash, text)).catch(warn)
    },
    async close() {
      await shared?.close().catch(warn)
    },
  }
}
