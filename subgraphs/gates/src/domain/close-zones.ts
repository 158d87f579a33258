import { dayBefore, dayOf, minuteOf, minutesIn } from '@headcount/scan-rules'
import { type Job, type Parts, repeat } from '@headcount/service'
import type { Closing } from '../store/closings.ts'
import type { Store } from '../store/store.ts'
import type { OccupancyPublisher } from './publish-occupancy.ts'

const EVERY_MS = 15_000
/**
 * How long after its time, as clocks show it, a closing is made up for where no process was there. More than the hour
 * that clocks skip in spring: a closing in that hour is made when it is over.
 */
const LATEST_MINUTES = 120
const MINUTES_A_DAY = 1440

/** What closing zones needs. */
export interface ClosingOptions {
  readonly store: Pick<Store, 'closings' | 'resetPresence'>
  readonly publisher: OccupancyPublisher
  readonly log: Pick<Parts['log'], 'info' | 'warn'>
  readonly now: () => Date
}

/**
 * Empties zones at their closing time, once a day of the event's zone, and events that are archived, once. Any number of
 * processes may do it.
 */
export function createZoneCloser(options: ClosingOptions): Job {
  return repeat(() => closeZones(options), {
    everyMs: EVERY_MS,
    log: options.log,
    failure: 'zones could not be closed',
  })
}

/** Closes now what is due. */
export async function closeZones({ store, publisher, log, now }: ClosingOptions): Promise<void> {
  const at = now()
  for (const closing of await store.closings()) {
    const day = dueDay(closing, at)
    if (day === undefined) continue
    const { organizationId, eventId, placeId, closesAt } = closing
    const reason = closesAt === null ? 'The event is over.' : `Closing time ${closesAt}.`
    const reset = await store.resetPresence({
      ...{ organizationId, eventId, what: { place: placeId }, kind: 'AUTO_EXIT', day, reason, at },
      actor: { kind: 'service', id: 'gates' },
    })
    if (!reset) continue
    publisher.changed(eventId)
    log.info({ eventId, placeId, day, bodies: reset.bodies }, 'emptied at its closing time')
  }
}

/** The day whose closing is due; undefined where none is. One that was made is not made again. */
export function dueDay({ closesAt, timeZone, lastDay }: Closing, at: Date): string | undefined {
  if (closesAt === null) return lastDay === 'end' ? undefined : 'end'
  const minutes = minuteOf(at, timeZone) - minutesIn(closesAt)
  if ((minutes + MINUTES_A_DAY) % MINUTES_A_DAY >= LATEST_MINUTES) return undefined
  // By the calendar: an hour that clocks show twice must not turn yesterday's closing into today's.
  const today = dayOf(at, timeZone)
  const day = minutes >= 0 ? today : dayBefore(today)
  return day === lastDay ? undefined : day
}
