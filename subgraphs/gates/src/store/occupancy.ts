import type { Database } from '@headcount/database'
import { zoneTree } from '@headcount/scan-rules'
import type { GateRow, ZoneRow } from '../domain/ground.ts'

/** A gate's counts. */
export interface GateCountRow {
  readonly gate: GateRow
  readonly entries: number
  readonly exits: number
  readonly rejected: number
  /** Admitted entries in the last 60 s. */
  readonly entriesPerMinute: number
}

/** An event's counts at one `seq`. */
export interface OccupancyRow {
  readonly organizationId: string
  readonly event: { readonly id: string; readonly name: string }
  readonly seq: number
  readonly asOf: Date
  readonly admitted: number
  readonly inside: number
  readonly reset: boolean
  readonly zones: readonly { readonly zone: ZoneRow; readonly inside: number }[]
  readonly gates: readonly GateCountRow[]
}

interface RawOccupancy {
  organizationId: string
  eventId: string
  name: string
  seq: number
  admitted: number
  inside: number
  zones: (ZoneRow & { bodies: number })[]
  gates: (GateRow & Omit<GateCountRow, 'gate'>)[]
}

const WINDOW_S = 60

// One statement, so that all its numbers are of one moment and belong to its seq.
const readSql = `
SELECT counter.organization_id AS "organizationId", counter.event_id AS "eventId", event.name,
  counter.ledger_seq AS seq, counter.admitted, counter.inside,
  (SELECT coalesce(json_agg(json_build_object('id', zone.id, 'organizationId', zone.organization_id,
     'eventId', zone.event_id, 'name', zone.name, 'capacity', zone.capacity, 'enforcement', zone.enforcement,
     'parentId', zone.parent_id, 'entryPolicy', zone.entry_policy, 'version', zone.version,
     'bodies', coalesce(place.bodies, 0)) ORDER BY zone.name, zone.id), '[]')
   FROM zones zone LEFT JOIN zone_counters place ON place.place_id = zone.id
   WHERE zone.event_id = counter.event_id) AS zones,
  (SELECT coalesce(json_agg(json_build_object('id', gate.id, 'organizationId', gate.organization_id,
     'eventId', gate.event_id, 'name', gate.name, 'zoneFromId', gate.zone_from_id, 'zoneToId', gate.zone_to_id,
     'status', gate.status, 'lanes', gate.lanes, 'ticketTypeIds', gate.ticket_type_ids, 'version', gate.version,
     'entries', count.entries, 'exits', count.exits, 'rejected', count.rejected,
     'entriesPerMinute', coalesce(rate.entries, 0)) ORDER BY gate.name, gate.id), '[]')
   FROM gates gate JOIN gate_counters count ON count.gate_id = gate.id
   LEFT JOIN (SELECT gate_id, sum(entries) AS entries FROM gate_rates
     WHERE event_id = counter.event_id AND second > $2 GROUP BY gate_id) rate ON rate.gate_id = gate.id
   WHERE gate.event_id = counter.event_id) AS gates
FROM event_counters counter JOIN events event ON event.id = counter.event_id
WHERE counter.event_id = ANY ($1)`

/** The second after which a rate's window begins. */
function windowStart(now: Date): number {
  return Math.floor(now.getTime() / 1000) - WINDOW_S
}

/** The reads of counts. */
export function occupancyReads(database: Database) {
  return {
    /** The counts of any number of events, in one statement and so of one moment. Unknown events are left out. */
    async occupancies(eventIds: readonly string[], now: Date): Promise<OccupancyRow[]> {
      const rows = await database.query<RawOccupancy>(readSql, [eventIds, windowStart(now)])
      return rows.map((row) => occupancyOf(row, now))
    },
    /** Only the positions: event → `seq` and tenant. */
    async eventCounts(organizationId: string, eventIds: readonly string[]) {
      return database.query<{ id: string; seq: number; admitted: number; inside: number }>(
        `SELECT event_id AS id, ledger_seq AS seq, admitted, inside FROM event_counters
         WHERE organization_id = $1 AND event_id = ANY ($2)`,
        [organizationId, eventIds],
      )
    },
    /** Bodies in zones and in all that lies in them. Unknown zones are left out. */
    async zoneCounts(organizationId: string, zoneIds: readonly string[]) {
      return database.query<{ id: string; inside: number }>(
        `WITH RECURSIVE within (root, id) AS (
           SELECT id, id FROM zones WHERE organization_id = $1 AND id = ANY ($2)
           UNION SELECT within.root, zone.id FROM zones zone JOIN within ON zone.parent_id = within.id
         )
         SELECT root AS id, coalesce(sum(bodies), 0)::int AS inside
         FROM within LEFT JOIN zone_counters place ON place.place_id = within.id GROUP BY root`,
        [organizationId, zoneIds],
      )
    },
    /** Admitted entries in the last 60 s. */
    async gateRates(organizationId: string, gateIds: readonly string[], now: Date) {
      return database.query<{ id: string; entriesPerMinute: number }>(
        `SELECT gate_id AS id, sum(entries)::int AS "entriesPerMinute" FROM gate_rates
         WHERE organization_id = $1 AND gate_id = ANY ($2) AND second > $3 GROUP BY gate_id`,
        [organizationId, gateIds, windowStart(now)],
      )
    },
  }
}

function occupancyOf(row: RawOccupancy, asOf: Date): OccupancyRow {
  const tree = zoneTree(row.eventId, row.zones)
  const inside = new Map<string, number>()
  for (const { id, bodies } of row.zones) {
    for (const place of tree.chain(id)) inside.set(place, (inside.get(place) ?? 0) + bodies)
  }
  return {
    organizationId: row.organizationId,
    event: { id: row.eventId, name: row.name },
    seq: row.seq,
    asOf,
    admitted: row.admitted,
    inside: row.inside,
    reset: false,
    zones: row.zones.map(({ bodies: _bodies, ...zone }) => ({ zone, inside: inside.get(zone.id) ?? 0 })),
    gates: row.gates.map(({ entries, exits, rejected, entriesPerMinute, ...gate }) => {
      return { gate, entries, exits, rejected, entriesPerMinute }
    }),
  }
}
