import type { SigningKeyRow } from '../store/rows.ts'

/** What a plan goes by. */
export interface KeyPlan {
  readonly now: Date
  /** Makes a new pair, state NEXT. */
  readonly make: () => SigningKeyRow
  /** How long after it gave way a key may still have a good token, in milliseconds. */
  readonly lastTokenMs: number
  /** Whether the next key is to take over from this current one. */
  readonly isDue: (current: SigningKeyRow) => boolean
}

/**
 * What the keys become: always one that signs and one that is published ahead, and those that gave way for as long as a
 * token that they signed may be good. A verifier that keeps keys for minutes so never meets one that it has not seen.
 */
export function planSigningKeys(keys: readonly SigningKeyRow[], plan: KeyPlan): SigningKeyRow[] {
  const { now, make, lastTokenMs, isDue } = plan
  const previous = keys.filter(
    ({ state, publishedUntil }) => state === 'PREVIOUS' && (publishedUntil ?? now) > now,
  )
  const current = keys.find(({ state }) => state === 'CURRENT')
  const next = keys.find(({ state }) => state === 'NEXT') ?? make()
  if (current && !isDue(current)) return [current, next, ...previous]
  const promoted: SigningKeyRow = { ...next, state: 'CURRENT', currentSince: now }
  if (!current) return [promoted, make(), ...previous]
  const publishedUntil = new Date(now.getTime() + lastTokenMs)
  return [promoted, make(), { ...current, state: 'PREVIOUS', publishedUntil }, ...previous]
}
