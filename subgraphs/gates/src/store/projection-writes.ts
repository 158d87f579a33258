import type { Database, Transaction } from '@headcount/database'
import type { EventRow, TicketTypeRow, ZoneRow } from '../domain/ground.ts'
import type { ChangedGate } from '../domain/publish-gate.ts'
import type { TicketRow } from '../domain/scan-state.ts'
import { visibleChanges } from '../domain/visible-changes.ts'
import { appendChanges, beginEvent, lockEvent } from './lock-event.ts'
import { type DeviceWord, type EventKey, eventColumns, type TicketKeyRow, zoneColumns } from './rows.ts'

/** What events said of an event: all of it, or a part. */
export interface GroundWord {
  readonly event?: EventRow
  readonly zones?: readonly ZoneRow[]
  readonly ticketTypes?: readonly TicketTypeRow[]
}

/** The writes of what other services say. Each ignores what is older than what it keeps. */
export function projectionWrites(database: Database) {
  return {
    /**
     * Keeps what events said. What it changes in the counts' picture takes numbers of the ledger; answers whether
     * anything did.
     */
    async keepGround(key: EventKey & { readonly at: Date }, word: GroundWord): Promise<boolean> {
      return database.transaction(async (tx) => {
        const { event, zones = [], ticketTypes = [] } = word
        await beginEvent(tx, key)
        const counter = await lockEvent(tx, key)
        if (!counter) throw new Error(`event ${key.eventId} is another tenant's`)
        const changes = visibleChanges(await readKept(tx, word), word)
        if (event) await keepEvent(tx, event)
        if (zones.length > 0) await keepZones(tx, zones)
        if (ticketTypes.length > 0) await keepTicketTypes(tx, ticketTypes)
        await appendChanges(tx, changes, { ...key, ...counter })
        return changes.length > 0
      })
    },
    /** Keeps tickets, any number in one statement. */
    async keepTickets(tickets: readonly TicketRow[]): Promise<void> {
      await database.query(keepTicketsSql, [JSON.stringify(latest(tickets))])
    },
    /** Keeps devices. Answers the gates at which they scan, where anything changed, each with a higher version. */
    async keepDevices(devices: readonly DeviceWord[]): Promise<ChangedGate[]> {
      return database.query<ChangedGate>(keepDevicesSql, [JSON.stringify(latest(devices))])
    },
    async keepTicketKeys(keys: readonly TicketKeyRow[]): Promise<void> {
      await database.query(
        `INSERT INTO ticket_keys (id, organization_id, public_key)
         SELECT id, "organizationId", "publicKey" FROM json_to_recordset($1::json) AS key (
           id text, "organizationId" text, "publicKey" text)
         ON CONFLICT (id) DO NOTHING`,
        [JSON.stringify(keys)],
      )
    },
  }
}

/** One row an id, the latest, in the order of the ids: two writers that lock rows in one order do not deadlock. */
function latest<Row extends { readonly id: string; readonly version: number }>(rows: readonly Row[]): Row[] {
  const byId = new Map<string, Row>()
  for (const row of rows) {
    if (row.version >= (byId.get(row.id)?.version ?? 0)) byId.set(row.id, row)
  }
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
}

async function readKept(tx: Transaction, { event, zones = [] }: GroundWord) {
  const events = event
    ? await tx.query<EventRow>(`SELECT ${eventColumns} FROM events WHERE id = $1`, [event.id])
    : []
  const ids = zones.map((zone) => zone.id)
  const sql = `SELECT ${zoneColumns} FROM zones WHERE id = ANY ($1)`
  return { event: events[0], zones: ids.length > 0 ? await tx.query<ZoneRow>(sql, [ids]) : [] }
}

async function keepEvent(tx: Transaction, event: EventRow): Promise<void> {
  await tx.query(
    `INSERT INTO events (id, organization_id, name, status, time_zone, version) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (id) DO UPDATE SET name = $3, status = $4, time_zone = $5, version = $6 WHERE events.version < $6`,
    [event.id, event.organizationId, event.name, event.status, event.timeZone, event.version],
  )
}

async function keepZones(tx: Transaction, zones: readonly ZoneRow[]): Promise<void> {
  await tx.query(
    `INSERT INTO zones (id, organization_id, event_id, name, capacity, enforcement, parent_id, entry_policy,
       anti_passback, passback_timeout_seconds, closes_at, version)
     SELECT * FROM json_to_recordset($1::json) AS zone (id text, "organizationId" text, "eventId" text, name text,
       capacity int, enforcement text, "parentId" text, "entryPolicy" text, "antiPassback" text,
       "passbackTimeoutSeconds" int, "closesAt" text, version int)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, capacity = excluded.capacity,
       enforcement = excluded.enforcement, parent_id = excluded.parent_id, entry_policy = excluded.entry_policy,
       anti_passback = excluded.anti_passback, passback_timeout_seconds = excluded.passback_timeout_seconds,
       closes_at = excluded.closes_at, version = excluded.version
     WHERE zones.version < excluded.version`,
    [JSON.stringify(latest(zones))],
  )
}

async function keepTicketTypes(tx: Transaction, types: readonly TicketTypeRow[]): Promise<void> {
  await tx.query(
    `INSERT INTO ticket_types (id, organization_id, event_id, name, entry_policy, zone_ids, valid_from, valid_until,
       daily_from, daily_until, version)
     SELECT id, "organizationId", "eventId", name, "entryPolicy",
       coalesce((SELECT array_agg(zone) FROM json_array_elements_text("zoneIds") AS zone), '{}'), "validFrom",
       "validUntil", "dailyFrom", "dailyUntil", version
     FROM json_to_recordset($1::json) AS type (id text, "organizationId" text, "eventId" text, name text,
       "entryPolicy" text, "zoneIds" json, "validFrom" timestamptz, "validUntil" timestamptz, "dailyFrom" text,
       "dailyUntil" text, version int)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, entry_policy = excluded.entry_policy,
       zone_ids = excluded.zone_ids, valid_from = excluded.valid_from, valid_until = excluded.valid_until,
       daily_from = excluded.daily_from, daily_until = excluded.daily_until, version = excluded.version
     WHERE ticket_types.version < excluded.version`,
    [JSON.stringify(latest(types))],
  )
}

const keepTicketsSql = `
INSERT INTO tickets (id, organization_id, event_id, ticket_type_id, code_hash, status,
  pending_reason, valid_until, version)
SELECT * FROM json_to_recordset($1::json) AS ticket (id text, "organizationId" text, "eventId" text,
  "ticketTypeId" text, "codeHash" text, status text, "pendingReason" text,
  "validUntil" timestamptz, version int)
ON CONFLICT (id) DO UPDATE SET event_id = excluded.event_id, ticket_type_id = excluded.ticket_type_id,
  code_hash = excluded.code_hash, status = excluded.status,
  pending_reason = excluded.pending_reason, valid_until = excluded.valid_until, version = excluded.version,
  changed_in = pg_current_xact_id()::text::bigint
WHERE tickets.version < excluded.version`

const keepDevicesSql = `
WITH kept AS (
INSERT INTO devices (id, organization_id, event_id, name, status, version, gate_ids)
SELECT id, "organizationId", "eventId", name, status, version,
  coalesce((SELECT array_agg(gate) FROM json_array_elements_text("gateIds") AS gate), '{}')
FROM json_to_recordset($1::json) AS device (id text, "organizationId" text, "eventId" text, name text, status text,
  version int, "gateIds" json)
ON CONFLICT (id) DO UPDATE SET name = excluded.name, status = excluded.status, version = excluded.version,
  gate_ids = CASE WHEN devices.is_assigned THEN devices.gate_ids ELSE excluded.gate_ids END
WHERE devices.version < excluded.version
RETURNING organization_id, gate_ids
), scanned_at AS (
SELECT id FROM gates WHERE (organization_id, id) IN (SELECT organization_id, unnest(gate_ids) FROM kept)
ORDER BY id FOR UPDATE
)
UPDATE gates SET version = version + 1 FROM scanned_at WHERE gates.id = scanned_at.id
RETURNING gates.id, organization_id AS "organizationId", version`
