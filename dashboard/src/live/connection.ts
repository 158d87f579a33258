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
  | 'signed-out'

export interface Connection {
  name: ConnectionName
  text: string
  /** What changes every second, and is not read aloud. */
  detail?: string
  tone: Tone
}

/** What to say of the connection. It says "Live" only while fresh numbers come. */
export function describeConnection(
  feed: FeedState,
  { isOnline, isStale, now }: { isOnline: boolean; isStale: boolean; now: number },
): Connection {
  if (feed.phase === 'refused') return { name: 'refused', text: 'No access', tone: 'warning' }
  if (feed.phase === 'missing') return { name: 'missing', text: 'No such event', tone: 'warning' }
  if (!isOnline) return { name: 'offline', text: 'Offline: this device has no network', tone: 'alarm' }
  if (feed.phase === 'live') {
    return isStale
      ? { name: 'stale', text: 'Connected, but no fresh numbers', tone: 'warning' }
      : { name: 'live', text: 'Live', tone: 'good' }
  }
  if (feed.phase === 'connecting') return { name: 'connecting', text: 'Connecting…', tone: 'quiet' }
  const waitMs = (feed.retryAt ?? 0) - now
  const detail = waitMs > 1000 ? { detail: `next try in ${Math.ceil(waitMs / 1000)} s` } : {}
  return { name: 'reconnecting', text: 'Reconnecting…', tone: 'warning', ...detail }
}
