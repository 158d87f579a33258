import type { DocumentsAnswer } from '@headcount/registry-api'
import type { Logger } from 'pino'
import type { DocumentsFeed } from '../../feeds/feed.ts'

/** Pause before it is tried again, in milliseconds, give or take a quarter. */
const pauseMs = 30_000

/**
 * A feed for gateways that can do without: where there is nothing to begin with it begins with no documents, and goes on
 * trying. A registry that publishes supergraphs alone has none, and one that is away may have some.
 */
export function lateDocuments(open: () => DocumentsFeed, log: Logger): DocumentsFeed {
  let feed: DocumentsFeed | undefined
  let timer: NodeJS.Timeout | undefined
  let isClosed = false
  /** The first set of another feed; undefined = there is none. */
  const begin = async () => {
    const next = open()
    try {
      const documents = await next.first()
      if (isClosed) next.close()
      feed = next
      return documents
    } catch (error) {
      log.debug({ err: error }, 'there are no trusted documents to begin with')
      return undefined
    }
  }
  const tryLater = (listener: (documents: DocumentsAnswer) => void) => {
    timer = setTimeout(
      async () => {
        const documents = await begin()
        if (isClosed) return
        if (!documents || !feed) return tryLater(listener)
        listener(documents)
        feed.watch(listener)
      },
      pauseMs * (0.75 + Math.random() / 2),
    ).unref()
  }
  return {
    first: async () => (await begin()) ?? { clients: [] },
    watch(listener) {
      if (feed) return feed.watch(listener)
      tryLater(listener)
      return () => clearTimeout(timer)
    },
    close() {
      isClosed = true
      clearTimeout(timer)
      feed?.close()
    },
  }
}
