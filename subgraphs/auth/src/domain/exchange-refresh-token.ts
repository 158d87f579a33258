import type { SessionRow } from '../store/rows.ts'
import { sessionEnd } from './session-lifetime.ts'

/** How long a token that was exchanged answers with the same successor, in milliseconds. */
const GRACE_MS = 60_000
// So many exchanges within the grace are remembered; a client that makes more has no need of the grace.
const MAXIMUM_REMEMBERED = 128

/** What presenting a token did: a good one gives the generation that follows it. */
export interface Exchange {
  readonly session: SessionRow
  readonly answer: { readonly successor: number } | 'refused'
}

/**
 * Exchanges the token of a generation. The current one makes the family go on by one. One that was exchanged less than
 * 60 s ago gives the same successor again, since its answer may have been lost. An older one has leaked: the family ends.
 */
export function exchangeRefreshToken(session: SessionRow, generation: number, now: Date): Exchange {
  const behind = session.generation - generation
  if (session.endedAt || session.expiresAt <= now || behind < 0) return { session, answer: 'refused' }
  if (behind === 0) return { session: rotated(session, now), answer: { successor: generation + 1 } }
  const exchangedAt = session.recentRotations.at(-behind)
  const isLost = exchangedAt !== undefined && now.getTime() - exchangedAt.getTime() <= GRACE_MS
  if (isLost) return { session, answer: { successor: generation + 1 } }
  return { session: { ...session, endedAt: now }, answer: 'refused' }
}

function rotated(session: SessionRow, now: Date): SessionRow {
  const recent = session.recentRotations.filter((at) => now.getTime() - at.getTime() <= GRACE_MS)
  return {
    ...session,
    generation: session.generation + 1,
    recentRotations: [...recent, now].slice(-MAXIMUM_REMEMBERED),
    expiresAt: session.deviceId ? sessionEnd('device', now) : session.expiresAt,
  }
}
