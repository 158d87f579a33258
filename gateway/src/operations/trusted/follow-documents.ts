import type { DocumentsAnswer } from '@headcount/registry-api'
import type { Logger } from 'pino'
import type { DocumentsFeed } from '../../feeds/feed.ts'
import { checkDocuments } from './check-documents.ts'
import type { TrustedDocuments } from './trusted-documents.ts'

/** The set that is trusted now. */
export interface FollowedDocuments {
  current(): TrustedDocuments
  /** Rises with every set: what was decided under an earlier one may not hold any more. */
  readonly version: number
  /** Calls back with each new set. */
  onChange(listener: (documents: TrustedDocuments) => void): void
  close(): Promise<void>
}

interface FollowOptions {
  readonly isPerClient: boolean
  readonly log: Logger
}

/** The sets of a feed, one after another; one that cannot be used leaves the last good one. */
class Followed implements FollowedDocuments {
  version = 1
  private documents: TrustedDocuments
  private readonly options: FollowOptions
  private readonly listeners: ((documents: TrustedDocuments) => void)[] = []
  /** The latest that nobody has looked at yet: those between are passed over. */
  private waiting: DocumentsAnswer | undefined
  private working: Promise<void> | undefined
  private isClosed = false
  private readonly end: () => void | Promise<void>

  constructor(first: TrustedDocuments, feed: DocumentsFeed, options: FollowOptions) {
    this.documents = first
    this.options = options
    const stop = feed.watch((answer) => {
      this.waiting = answer
      this.working ??= this.work()
    })
    this.end = () => {
      stop()
      return feed.close?.()
    }
  }

  current(): TrustedDocuments {
    return this.documents
  }

  onChange(listener: (documents: TrustedDocuments) => void): void {
    this.listeners.push(listener)
  }

  async close(): Promise<void> {
    this.isClosed = true
    await this.end()
    await this.working
  }

  private async work(): Promise<void> {
    const { log } = this.options
    for (let answer = this.waiting; answer && !this.isClosed; answer = this.waiting) {
      this.waiting = undefined
      try {
        await this.take(answer)
      } catch (error) {
        log.error({ err: error }, 'new trusted documents were refused; the last good ones stay')
      }
    }
    this.working = undefined
  }

  private async take(answer: DocumentsAnswer): Promise<void> {
    const { isPerClient, log } = this.options
    const next = await checkDocuments(answer, { isPerClient, before: this.documents })
    if (this.isClosed) return
    this.documents = next
    this.version += 1
    log.info({ documents: next.size }, 'the trusted documents were changed')
    for (const listener of this.listeners) listener(next)
  }
}

/** Reads the first set of a feed, and follows those that come. @throws Error when there is none, DocumentsRefused when it is bad */
export async function followDocuments(
  feed: DocumentsFeed,
  options: FollowOptions,
): Promise<FollowedDocuments> {
  try {
    const first = await checkDocuments(await feed.first(), options)
    return new Followed(first, feed, options)
  } catch (error) {
    await feed.close?.()
    throw error
  }
}
