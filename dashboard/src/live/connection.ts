import { FORBIDDEN } from '../graph/answer.ts'
import type { Tone } from '../words/states.ts'
import type { FeedState } from './occupancy-feed.ts'

export type ConnectionName =
  | 'live'
  | 'stale'
  | 'connecting'
  | 'reconnecting'
  | 'offline'
  | 'refused'
  | 'missing'
  | 'ended'

export interface Connection {
  name: ConnectionName
  text: string
  /** What changes every second, and is not read aloud. */
  detail?: string
  tone: Tone
}

const REFUSED: Connection = { name: 'refused', text: 'No access', tone: 'warning' }
const MISSING: Connection = { name: 'missing', text: 'No such event', tone: 'warning' }
const OFFLINE: Connection = { name: 'offline', text: 'Offline: this device has no network', tone: 'alarm' }
/** The platform calls the page's own question wrong: it has changed since the page was loaded. */
const ENDED: Connection = { name: 'ended', text: 'Stopped: load this page again', tone: 'alarm' }
const STALE: Connection = { name: 'stale', text: 'Connected, but no fresh numbers', tone: 'warning' }
const LIVE: Connection = { name: 'live', text: 'Live', tone: 'good' }
const CONNECTING: Connection = { name: 'connecting', text: 'Connecting…', tone: 'quiet' }

/** Why there will be no counts at all, whatever the connection. */
export function refusalOf({ live, isMissing }: FeedState): 'refused' | 'missing' | undefined {
  const code = live.phase === 'ended' ? live.error?.code : undefined
  if (code === FORBIDDEN) return 'refused'
  return isMissing || code === 'NOT_FOUND' ? 'missing' : undefined
}

/** What to say of the connection. It says "Live" only while fresh numbers come. */
export function describeConnection(
  feed: FeedState,
  { isOnline, isStale, now }: { isOnline: boolean; isStale: boolean; now: number },
): Connection {
  const refusal = refusalOf(feed)
  if (refusal) return refusal === 'refused' ? REFUSED : MISSING
  const { live } = feed
  if (live.phase === 'ended') return ENDED
  if (!isOnline) return OFFLINE
  if (live.phase === 'live') return isStale ? STALE : LIVE
  if (live.phase === 'connecting') return CONNECTING
  const waitMs = (live.retryAt ?? 0) - now
  const detail = waitMs > 1000 ? { detail: `next try in ${Math.ceil(waitMs / 1000)} s` } : {}
  return { name: 'reconnecting', text: 'Reconnecting…', tone: 'warning', ...detail }
}
