import type { EntryPolicy, Place } from './ground.ts'
import { dayOf } from './local-time.ts'
import type { Presence } from './presence.ts'

/** What a credential has used up of a policy. */
export interface Entries {
  /** Admitted entries so far. */
  readonly count: number
  /** The last of them, in milliseconds since 1970. */
  readonly lastAt: number | null
}

/** Entries into a place, wherever they came from. */
export function entriesInto(place: Place, presence: Presence): Entries {
  const row = presence[place ?? '']
  return { count: row?.entries ?? 0, lastAt: row?.lastEntryAt ?? null }
}

/** Entries from outside, wherever they led. */
export function entriesFromOutside(presence: Presence): Entries {
  const rows = Object.values(presence)
  const moments = rows.map((row) => row.lastFromOutsideAt).filter((at) => at !== null)
  return {
    count: rows.reduce((count, row) => count + row.entriesFromOutside, 0),
    lastAt: moments.length === 0 ? null : Math.max(...moments),
  }
}

/** Whether the policy allows no further entry `at` this moment, leaving aside whether a body is inside. */
export function isUsedUp(
  policy: EntryPolicy,
  { count, lastAt }: Entries,
  moment: { readonly at: number; readonly timeZone: string },
): boolean {
  if (policy === 'SINGLE') return count > 0
  if (policy !== 'ONCE_PER_DAY' || lastAt === null) return false
  return dayOf(lastAt, moment.timeZone) === dayOf(moment.at, moment.timeZone)
}
