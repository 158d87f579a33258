import { eventTimes, formatAge } from '../../words/times.ts'

/** The registry has no place of its own: its times are read by the clock of whoever looks. */
export const localTimes = eventTimes(Intl.DateTimeFormat().resolvedOptions().timeZone)

const RECENT_MS = 48 * 3600_000
const YEAR_MS = 365 * 24 * 3600_000

/** `3 min ago`, then `Sun 22 Nov, 18:30`, then with its year. */
export function whenWords(at: number, now: number): string {
  const ageMs = now - at
  // Two clocks: what is said to come in a moment has just been.
  if (ageMs < RECENT_MS) return `${formatAge(Math.max(0, ageMs))} ago`
  return ageMs < YEAR_MS
    ? localTimes.dayAndMinute(at)
    : `${localTimes.day(at)} ${new Date(at).getUTCFullYear()}`
}
