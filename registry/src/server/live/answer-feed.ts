import { type Call, RegistryProblem, type Reply } from '../endpoint.ts'
import type { Live } from './live.ts'
import type { FeedText } from './live-state.ts'

/** What is served of what is live. */
export interface FeedOptions {
  readonly live: Live
  /** Reads what there is now; undefined = nothing yet. */
  readonly read: () => FeedText | undefined | Promise<FeedText | undefined>
  /** Type of the text. */
  readonly type: string
  /** Why there is nothing, and what would bring something. */
  readonly missing: string
}

const longestWaitMs = 60_000

/**
 * Answers a text with its ETag; to one who has it already 304, after `waitMs` or as soon as there is another. While the
 * registry stops nobody waits.
 */
export async function answerFeed(call: Call, { live, read, type, missing }: FeedOptions): Promise<Reply> {
  const until = performance.now() + readWait(call.query.get('waitMs'))
  const known = call.headers['if-none-match']
  for (;;) {
    const { state } = live
    const found = await read()
    if (!found) throw missingFeed(live, missing)
    const headers = {
      etag: found.etag,
      'cache-control': 'no-cache',
      ...(found.version !== undefined && { 'x-headcount-version': String(found.version) }),
    }
    if (!isKnown(known, found.etag)) return { headers, text: found.text, type }
    const ms = until - performance.now()
    if (ms <= 0 || live.isStopping || call.signal.aborted) return { status: 304, headers }
    await live.changed(state, { ms, signal: call.signal })
  }
}

function missingFeed(live: Live, missing: string): RegistryProblem {
  return live.state
    ? new RegistryProblem('NOT_FOUND', missing)
    : new RegistryProblem(
        'UNAVAILABLE',
        'The registry has not reached its database since it started; try again in a moment.',
      )
}

/** Proxies may have made a strong tag a weak one. */
function isKnown(known: string | undefined, etag: string): boolean {
  return known?.split(',').some((one) => one.trim().replace(/^W\//, '') === etag) ?? false
}

function readWait(text: string | null): number {
  if (text === null) return 0
  const ms = Number(text)
  if (/^\d{1,6}$/.test(text) && ms <= longestWaitMs) return ms
  throw new RegistryProblem(
    'BAD_REQUEST',
    `waitMs is ${JSON.stringify(text)}; it takes a whole number of milliseconds from 0 to ${longestWaitMs}.`,
  )
}
