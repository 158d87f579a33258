import type { Database } from '@headcount/database'
import { columnsOf, type KnownEventRow, type KnownTicketTypeRow } from './rows.ts'

/** Keeps what events says of its things. By key and version: what is older than the kept one is ignored. */
export function createKnown(database: Database) {
  return {
    async keepEvents(rows: readonly KnownEventRow[]): Promise<void> {
      await database.query(
        `WITH kept AS (
           INSERT INTO known_events (id, organization_id, name, status, capacity, starts_at, time_zone, version)
           SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int[], $6::timestamptz[],
             $7::text[], $8::int[])
           ON CONFLICT (id) DO UPDATE SET name = excluded.name, status = excluded.status,
             capacity = excluded.capacity, starts_at = excluded.starts_at, time_zone = excluded.time_zone,
             version = excluded.version
           WHERE known_events.version < excluded.version)
         INSERT INTO event_counts (event_id, organization_id) SELECT * FROM unnest($1::text[], $2::text[])
         ON CONFLICT DO NOTHING`,
        columnsOf(rows, [
          'id',
          'organizationId',
          'name',
          'status',
          'capacity',
          'startsAt',
          'timeZone',
          'version',
        ]),
      )
    },
    async keepTicketTypes(rows: readonly KnownTicketTypeRow[]): Promise<void> {
      await database.query(
        `WITH kept AS (
           INSERT INTO known_ticket_types (id, organization_id, event_id, name, quota, version)
           SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int[], $6::int[])
           ON CONFLICT (id) DO UPDATE SET name = excluded.name, quota = excluded.quota, version = excluded.version
           WHERE known_ticket_types.version < excluded.version)
         INSERT INTO ticket_type_counts (ticket_type_id, organization_id)
         SELECT * FROM unnest($1::text[], $2::text[])
         ON CONFLICT DO NOTHING`,
        columnsOf(rows, ['id', 'organizationId', 'eventId', 'name', 'quota', 'version']),
      )
    },
  }
}
