import type { Database } from '@headcount/database'
import type { EventRow, GateRow, TicketTypeRow, ZoneRow } from '../domain/ground.ts'
import type { DeviceFacts } from '../domain/scan-state.ts'
import { dateOf } from './ledger-rows.ts'
import { type EventKey, eventColumns, gateColumns, ticketTypeColumns, zoneColumns } from './rows.ts'

/** Where a list of tickets goes on: after the ticket `id` of the transaction `changedIn`. */
export interface ManifestPosition {
  readonly changedIn: number
  readonly id: string
}

/** A ticket as a device gets it. */
export interface ManifestTicketRow {
  readonly id: string
  readonly changedIn: number
  /** The first 16 characters of its code's hash. */
  readonly codeHash: string
  readonly ticketTypeId: string
  readonly status: string
  readonly pendingReason: string | null
  readonly validUntil: Date | null
}

/** All that a page of a manifest is made of, of one moment. */
export interface ManifestFacts {
  readonly event: EventRow | undefined
  readonly zones: readonly ZoneRow[]
  readonly gates: readonly GateRow[]
  readonly ticketTypes: readonly TicketTypeRow[]
  readonly device: (DeviceFacts & { readonly name: string }) | undefined
  readonly bodies: readonly { readonly placeId: string; readonly bodies: number }[]
  readonly keys: readonly { readonly id: string; readonly publicKey: string }[]
  readonly tickets: readonly ManifestTicketRow[]
  /** Transactions from this one on may still be under way: others may commit before it. */
  readonly settledBefore: number
  readonly completeness: { readonly tickets: number; readonly sum: number }
}

/** Whose manifest, and which part. */
export interface ManifestWanted extends EventKey {
  readonly deviceId: string
  readonly after: ManifestPosition
  readonly limit: number
}

type Raw<Row> = { [Key in keyof Row]: Date extends Row[Key] ? string | null : Row[Key] }
type RawFacts = Omit<ManifestFacts, 'event' | 'device' | 'ticketTypes' | 'tickets' | 'completeness'> & {
  readonly events: EventRow[]
  readonly devices: NonNullable<ManifestFacts['device']>[]
  readonly ticketTypes: Raw<TicketTypeRow>[]
  readonly tickets: Raw<ManifestTicketRow>[]
  /** The last transaction that changed a ticket of the event. */
  readonly newestChange: number
  /** Null where it is that of the remembered count. */
  readonly completeness: ManifestFacts['completeness'] | null
}

/** A count that holds as long as no ticket of the event changes. */
interface CountedTickets {
  readonly newestChange: number
  readonly completeness: ManifestFacts['completeness']
}

const MOST_REMEMBERED = 1000

const rows = (select: string) => `(SELECT coalesce(json_agg(found), '[]') FROM (${select}) found)`
const ofEvent = 'organization_id = $1 AND event_id = $2'

// Six characters of base64 are the first four bytes and four bits, which are left out.
const firstBytes = `decode(translate(left(code_hash, 6), '-_', '+/') || '==', 'base64')`

// One statement: everything in it is of one snapshot, its edge (xmin) too. The sum over 50,000 tickets takes some 50 ms:
// it is left out where no ticket has changed since the last one ($7).
const factsSql = `SELECT
  ${rows(`SELECT ${eventColumns} FROM events WHERE organization_id = $1 AND id = $2`)} AS events,
  ${rows(`SELECT ${zoneColumns} FROM zones WHERE ${ofEvent} ORDER BY id`)} AS zones,
  ${rows(`SELECT ${gateColumns} FROM gates WHERE ${ofEvent} ORDER BY id`)} AS gates,
  ${rows(`SELECT ${ticketTypeColumns} FROM ticket_types WHERE ${ofEvent} ORDER BY id`)} AS "ticketTypes",
  ${rows(`SELECT id, event_id AS "eventId", name, status, gate_ids AS "gateIds" FROM devices
          WHERE ${ofEvent} AND id = $3`)} AS devices,
  ${rows(`SELECT place_id AS "placeId", bodies FROM zone_counters WHERE ${ofEvent} ORDER BY place_id`)} AS bodies,
  ${rows(`SELECT id, public_key AS "publicKey" FROM ticket_keys WHERE organization_id = $1 ORDER BY id`)} AS keys,
  ${rows(`SELECT id, changed_in AS "changedIn", left(code_hash, 16) AS "codeHash", ticket_type_id AS "ticketTypeId",
            status, pending_reason AS "pendingReason", valid_until AS "validUntil"
          FROM tickets WHERE ${ofEvent} AND (changed_in, id) > ($4, $5)
          ORDER BY changed_in, id LIMIT $6`)} AS tickets,
  pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS "settledBefore",
  newest.changed_in AS "newestChange",
  CASE WHEN newest.changed_in IS DISTINCT FROM $7 THEN (
    SELECT json_build_object('tickets', count(*), 'sum',
      coalesce(sum(('x' || encode(${firstBytes}, 'hex'))::bit(32)::bigint), 0) % 4294967296)
    FROM tickets WHERE ${ofEvent}) END AS completeness
FROM (SELECT coalesce(max(changed_in), 0) AS changed_in FROM tickets WHERE ${ofEvent}) AS newest`

/** The reads of manifests. */
export function manifestReads(database: Database) {
  // Event → its last count. A ticket is never removed, and stays with its event.
  const counted = new Map<string, CountedTickets>()
  function remember(eventId: string, { newestChange, settledBefore }: RawFacts, one: CountedTickets): void {
    // One that commits late may have a lower number than the newest: then the number does not tell.
    if (newestChange >= settledBefore) return
    if (counted.size >= MOST_REMEMBERED) counted.clear()
    counted.set(eventId, one)
  }
  return {
    async manifestFacts(wanted: ManifestWanted): Promise<ManifestFacts> {
      const { organizationId, eventId, deviceId, after, limit } = wanted
      const known = counted.get(eventId)
      const [raw] = await database.query<RawFacts>(factsSql, [
        ...[organizationId, eventId, deviceId, after.changedIn, after.id, limit, known?.newestChange ?? null],
      ])
      if (!raw) throw new Error('Postgres answered a SELECT without FROM with no row')
      const { events, devices, ticketTypes, tickets, newestChange, ...rest } = raw
      const completeness = raw.completeness ?? known?.completeness
      if (!completeness) throw new Error('a count that was not asked for is not remembered either')
      if (raw.completeness) remember(eventId, raw, { newestChange, completeness })
      return {
        ...{ ...rest, completeness },
        event: events[0],
        device: devices[0],
        ticketTypes: ticketTypes.map((row) => ({
          ...row,
          validFrom: dateOf(row.validFrom),
          validUntil: dateOf(row.validUntil),
        })),
        tickets: tickets.map((row) => ({ ...row, validUntil: dateOf(row.validUntil) })),
      }
    },
  }
}
