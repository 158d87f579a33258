import type { DocumentsAnswer } from '@headcount/registry-api'
import type { Logger } from 'pino'
import { checkDocuments } from './check-documents.ts'
import type { DocumentsFeed } from './documents-feed.ts'
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

/** Takes the sets of a feed one after another; one that cannot be used leaves the last good one. @throws Error when the first is bad */
export async function followDocuments(
  feed: DocumentsFeed,
  options: { readonly isPerClient: boolean; readonly log: Logger },
): Promise<FollowedDocuments> {
  const { isPerClient, log } = options
  let current: TrustedDocuments | undefined
  let version = 0
  let isClosed = false
  /** The latest that nobody has looked at yet: those between are passed over. */
  let waiting: DocumentsAnswer | undefined
  let working: Promise<void> | undefined
  const listeners: ((documents: TrustedDocuments) => void)[] = []
  const take = async (answer: DocumentsAnswer) => {
    const next = await checkDocuments(answer, { isPerClient, before: current })
    if (isClosed) return
    current = next
    version += 1
    if (version > 1) log.info({ documents: next.size }, 'the trusted documents were changed')
    for (const listener of listeners) listener(next)
  }
  const work = async () => {
    for (let answer = waiting; answer && !isClosed; answer = waiting) {
      waiting = undefined
      try {
        await take(answer)
      } catch (error) {
        log.error({ err: error }, 'new trusted documents were refused; the last good ones stay')
      }
    }
    working = undefined
  }
  const tell = (answer: DocumentsAnswer) => {
    waiting = answer
    // The first set goes before those that come while it is looked at.
    if (current) working ??= work()
  }
  const open = await feed.open(tell)
  try {
    await take(open.documents)
  } catch (error) {
    isClosed = true
    await open.close()
    throw error
  }
  if (waiting) working ??= work()
  return {
    current: () => current as TrustedDocuments,
    get version() {
      return version
    },
    onChange: (listener) => void listeners.push(listener),
    async close() {
      isClosed = true
      await open.close()
      await working
    },
  }
}
