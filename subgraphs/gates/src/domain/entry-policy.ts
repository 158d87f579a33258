import { dayOf } from './local-time.ts'

/** How often a ticket may enter: once ever, again after each exit, whenever, once on each day of the event's zone. */
export type EntryPolicy = 'SINGLE' | 'AFTER_EXIT' | 'UNLIMITED' | 'ONCE_PER_DAY'

/** What a credential has used up of a policy. */
export interface Entries {
  /** Admitted entries so far. */
  readonly count: number
  /** The last of them. */
  readonly lastAt: Date | null
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
