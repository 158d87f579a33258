import type { Transaction } from '@headcount/database'
import type { Outbox } from '@headcount/service'
import { ticketTypeChanged, zoneChanged } from '../events.ts'
import { isStorable } from './order.ts'
import { type EventRow, eventColumns, type TicketTypeRow, type ZoneRow } from './rows.ts'

/** Everything of one event, read under its lock. */
export interface EventGround {
  readonly event: EventRow
  readonly zones: readonly ZoneRow[]
  readonly ticketTypes: readonly TicketTypeRow[]
}
/** What a change of an event leaves to be written. A row whose version rose is written and told. */
export interface GroundChange {
  readonly event?: EventRow
  readonly zones?: readonly ZoneRow[]
  readonly ticketTypes?: readonly TicketTypeRow[]
}

type Tell = Parameters<Parameters<Outbox['transaction']>[0]>[1]

const zoneColumns = `id, organization_id AS "organizationId", event_id AS "eventId", name, capacity, enforcement,
  parent_id AS "parentId", entry_policy AS "entryPolicy", anti_passback AS "antiPassback",
  passback_timeout_seconds AS "passbackTimeoutSeconds", closes_at AS "closesAt", version`
const ticketTypeColumns = `id, organization_id AS "organizationId", event_id AS "eventId", name, quota,
  entry_policy AS "entryPolicy", zone_ids AS "zoneIds", valid_from AS "validFrom", valid_until AS "validUntil",
  daily_from AS "dailyFrom", daily_until AS "dailyUntil", version`

/** Locks an event and reads its ground; undefined when the tenant has no such event. */
export async function lockGround(
  tx: Transaction,
  { organizationId, eventId }: { organizationId: string; eventId: string },
): Promise<EventGround | undefined> {
  if (!isStorable(eventId)) return undefined
  const [event] = await tx.query<EventRow>(
    `SELECT ${eventColumns} FROM events WHERE id = $1 AND organization_id = $2 FOR UPDATE`,
    [eventId, organizationId],
  )
  if (!event) return undefined
  const zones = await tx.query<ZoneRow>(`SELECT ${zoneColumns} FROM zones WHERE event_id = $1`, [eventId])
  const types = `SELECT ${ticketTypeColumns} FROM ticket_types WHERE event_id = $1`
  return { event, zones, ticketTypes: await tx.query<TicketTypeRow>(types, [eventId]) }
}

function valuesOf(row: EventRow): unknown[] {
  const { id, organizationId, name, slug, status, version, capacity, autoOpen } = row
  const { startsAt, doorsOpenAt, endsAt, timeZone } = row
  const times = [startsAt, doorsOpenAt, endsAt, timeZone]
  return [id, organizationId, name, slug, status, version, capacity, autoOpen, ...times]
}

/** False when its slug is taken. */
export async function insertEventRow(tx: Transaction, row: EventRow): Promise<boolean> {
  const rows = await tx.query(
    `INSERT INTO events (id, organization_id, name, slug, status, version, capacity, auto_open, starts_at,
       doors_open_at, ends_at, time_zone)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
     ON CONFLICT (organization_id, slug) DO NOTHING RETURNING id`,
    valuesOf(row),
  )
  return rows.length === 1
}

/** False when its new slug is another event's. */
export async function updateEventRow(tx: Transaction, row: EventRow): Promise<boolean> {
  const rows = await tx.query(
    `UPDATE events SET name = $3, slug = $4, status = $5, version = $6, capacity = $7, auto_open = $8,
       starts_at = $9, doors_open_at = $10, ends_at = $11, time_zone = $12
     WHERE id = $1 AND organization_id = $2
       AND NOT EXISTS (SELECT FROM events other WHERE other.organization_id = $2 AND other.slug = $4 AND other.id <> $1)
     RETURNING id`,
    valuesOf(row),
  )
  return rows.length === 1
}

/** Writes zones and ticket types, and tells each. */
export async function writeGround(tx: Transaction, ground: GroundChange, publish: Tell): Promise<void> {
  for (const row of ground.zones ?? []) {
    await tx.query(
      `INSERT INTO zones (id, organization_id, event_id, name, capacity, enforcement, parent_id, entry_policy,
         anti_passback, passback_timeout_seconds, closes_at, version)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
       ON CONFLICT (id) DO UPDATE SET name = $4, capacity = $5, enforcement = $6, parent_id = $7, entry_policy = $8,
         anti_passback = $9, passback_timeout_seconds = $10, closes_at = $11, version = $12`,
      [
        ...[row.id, row.organizationId, row.eventId, row.name, row.capacity, row.enforcement],
        ...[row.parentId, row.entryPolicy, row.antiPassback, row.passbackTimeoutSeconds, row.closesAt],
        row.version,
      ],
    )
    publish(zoneChanged(row))
  }
  for (const row of ground.ticketTypes ?? []) {
    await tx.query(
      `INSERT INTO ticket_types (id, organization_id, event_id, name, quota, entry_policy, zone_ids, valid_from,
         valid_until, daily_from, daily_until, version)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
       ON CONFLICT (id) DO UPDATE SET name = $4, quota = $5, entry_policy = $6, zone_ids = $7, valid_from = $8,
         valid_until = $9, daily_from = $10, daily_until = $11, version = $12`,
      [
        ...[row.id, row.organizationId, row.eventId, row.name, row.quota, row.entryPolicy],
        ...[row.zoneIds, row.validFrom, row.validUntil, row.dailyFrom, row.dailyUntil, row.version],
      ],
    )
    publish(ticketTypeChanged(row))
  }
}
