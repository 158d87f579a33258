import type { Place } from './ground.ts'
import { dayOf } from './local-time.ts'
import type { PlacePresence } from './presence.ts'

/** How often a ticket may enter: once ever, again after each exit, whenever, once on each day of the event's zone. */
export type EntryPolicy = 'SINGLE' | 'AFTER_EXIT' | 'UNLIMITED' | 'ONCE_PER_DAY'

/** What a credential has used up of a policy. */
export interface Entries {
  /** Admitted entries so far. */
  readonly count: number
  /** The last of them. */
  readonly lastAt: Date | null
}

/** Entries into a place, wherever they came from. */
export function entriesInto(place: Place, presence: readonly PlacePresence[]): Entries {
  const row = presence.find(({ placeId }) => placeId === place)
  return { count: row?.entries ?? 0, lastAt: row?.lastEntryAt ?? null }
}

/** Entries from outside, wherever they led. */
export function entriesFromOutside(presence: readonly PlacePresence[]): Entries {
  let count = 0
  let lastAt: Date | null = null
  for (const row of presence) {
    count += row.entriesFromOutside
    if (row.lastFromOutsideAt && (!lastAt || row.lastFromOutsideAt > lastAt)) lastAt = row.lastFromOutsideAt
  }
  return { count, lastAt }
}

/** Whether the policy allows no further entry `at` this moment, leaving aside whether a body is inside. */
export function isUsedUp(
  policy: EntryPolicy,
  entries: Entries,
  moment: { readonly at: Date; readonly timeZone: string },
): boolean {
  if (policy === 'SINGLE') return entries.count > 0
  if (policy !== 'ONCE_PER_DAY' || !entries.lastAt) return false
  return dayOf(entries.lastAt, moment.timeZone) === dayOf(moment.at, moment.timeZone)
}
