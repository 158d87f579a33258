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

const MAXIMUM_ZONES = 500
const formats = new Map<string, Intl.DateTimeFormat>()

/** The calendar day of a moment in a time zone, `2026-11-22`. Clock changes are the zone's own. */
export function dayOf(at: Date, timeZone: string): string {
  let format = formats.get(timeZone)
  if (!format) {
    if (formats.size >= MAXIMUM_ZONES) formats.clear()
    format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
    formats.set(timeZone, format)
  }
  return format.format(at)
}
