/** What a screen reader was told last. */
export interface Announcement {
  text: string
  /** Local clock, milliseconds since 1970. */
  at: number
  isStale: boolean
}

/** A number that changes four times a second must not talk four times a second. */
const QUIET_MS = 20_000

/** The next thing to say, or the last one again. Becoming stale, and fresh again, is said at once. */
export function nextAnnouncement(last: Announcement | undefined, next: Announcement): Announcement {
  if (!last) return next
  if (next.isStale !== last.isStale) return next
  if (next.isStale || next.text === last.text || next.at - last.at < QUIET_MS) return last
  return next
}
