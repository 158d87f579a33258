import type { Database } from '@headcount/database'
import type { EventKey } from './rows.ts'

/** A place that is emptied by itself. */
export interface Closing extends EventKey {
  readonly placeId: string
  readonly timeZone: string
  /** Local time of day; null = it is emptied now, since the event is over. */
  readonly closesAt: string | null
  /** The day of its last automatic exit. */
  readonly lastDay: string | null
}

/** The reads of places that are emptied by themselves. */
export function closingReads(database: Database) {
  return {
    /** Zones with a closing time, of events that are on, and archived events that hold bodies. */
    async closings(): Promise<Closing[]> {
      return database.query<Closing>(
        `SELECT zones.organization_id AS "organizationId", zones.event_id AS "eventId", zones.id AS "placeId",
           events.time_zone AS "timeZone", zones.closes_at AS "closesAt",
           (SELECT max(day) FROM resets WHERE place_id = zones.id) AS "lastDay"
         FROM zones JOIN events ON events.id = zones.event_id
         WHERE zones.closes_at IS NOT NULL AND events.status IN ('DOORS_OPEN', 'LIVE', 'ENDED', 'CANCELLED')
         UNION ALL
         SELECT events.organization_id, events.id, events.id, events.time_zone, NULL,
           (SELECT max(day) FROM resets WHERE place_id = events.id)
         FROM events JOIN event_counters ON event_counters.event_id = events.id
         WHERE events.status = 'ARCHIVED' AND event_counters.inside > 0`,
      )
    },
  }
}
