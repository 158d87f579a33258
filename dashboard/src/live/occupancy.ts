import type { OccupancyChangedSubscription } from '../generated/graphql.ts'

/** An event's counts at one `seq`, as a message carries them. */
export type Occupancy = NonNullable<OccupancyChangedSubscription['occupancyChanged']>
export type ZoneCount = Occupancy['zones'][number]
export type GateCount = Occupancy['gates'][number]

/**
 * Which of two states to show. `seq` never falls: a lower one arrived late and is dropped, unless the platform says
 * that it starts again. The same `seq` with a later `asOf` is a heartbeat: the number is unchanged and fresh.
 */
export function newerOf(shown: Occupancy | undefined, arrived: Occupancy): Occupancy {
  if (!shown || arrived.reset || arrived.seq > shown.seq) return arrived
  if (arrived.seq < shown.seq) return shown
  return Date.parse(arrived.asOf) >= Date.parse(shown.asOf) ? arrived : shown
}
