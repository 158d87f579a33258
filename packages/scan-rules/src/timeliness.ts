import type { TicketType } from './ground.ts'
import { minuteOf, minutesIn } from './local-time.ts'

/** How a moment lies to the times at which a kind of ticket is valid. */
export type Timeliness = 'early' | 'in time' | 'late'

/**
 * Looks at a kind of ticket's times: first at its days, then at its hours, as clocks show them at the event. Hours that
 * pass midnight are over when they have ended and early until they begin again.
 */
export function timeliness(
  type: Pick<TicketType, 'validFrom' | 'validUntil' | 'dailyFrom' | 'dailyUntil'>,
  at: Date,
  timeZone: string,
): Timeliness {
  if (type.validFrom !== null && at < type.validFrom) return 'early'
  if (type.validUntil !== null && type.validUntil <= at) return 'late'
  if (type.dailyFrom === null && type.dailyUntil === null) return 'in time'
  const minute = minuteOf(at, timeZone)
  const from = type.dailyFrom === null ? 0 : minutesIn(type.dailyFrom)
  const until = type.dailyUntil === null ? Number.POSITIVE_INFINITY : minutesIn(type.dailyUntil)
  if (from < until) return minute < from ? 'early' : minute < until ? 'in time' : 'late'
  return minute >= from || minute < until ? 'in time' : 'early'
}
