import type { Transaction } from '@headcount/database'
import type { Outbox } from '@headcount/service'
import type { GateRow, TicketTypeRow, ZoneRow } from '../domain/ground.ts'
import type { ChangeEntry } from '../domain/ledger.ts'
import type { ChangedGate } from '../domain/publish-gate.ts'
import { gateChanged } from '../events.ts'
import { appendChanges, lockEvent } from './lock-event.ts'
import { type EventKey, gateColumns, ticketTypeColumns, zoneColumns } from './rows.ts'

/** What a change of a gate may look at, read under the event's lock. */
export interface GateGround {
  readonly gates: readonly GateRow[]
  readonly zones: readonly Pick<ZoneRow, 'id'>[]
  readonly ticketTypes: readonly Pick<TicketTypeRow, 'id'>[]
}

/** What a change of a gate leaves to be written, and what it answers. */
export interface GateDecision<Answer> {
  readonly answer: Answer
  readonly gate?: GateRow
  readonly entry?: ChangeEntry
}

/** The writes of gates. */
export function gateWrites(outbox: Outbox) {
  return {
    /**
     * Changes a gate under its event's lock: `decide` answers what to write and what to answer. The change takes a
     * number of the ledger. Undefined where the tenant has no such event here.
     */
    async changeGate<Answer>(
      key: EventKey & { readonly at: Date },
      decide: (ground: GateGround) => GateDecision<Answer>,
    ): Promise<{ answer: Answer; hasChanged: boolean; gate: GateRow | undefined } | undefined> {
      return outbox.transaction(async (tx, publish) => {
        const counter = await lockEvent(tx, key)
        if (!counter) return undefined
        const { gate: decided, entry, answer } = decide(await readGround(tx, key))
        const gate = decided && (await keepGate(tx, decided))
        if (gate) publish(gateChanged(gate))
        if (entry) await appendChanges(tx, [entry], { ...key, ...counter })
        return { answer, hasChanged: gate !== undefined, gate }
      })
    },
    /**
     * Assigns all the devices to the gates, in place of what they were assigned to. Answers the gates that have other
     * devices now, each with a higher version.
     */
    async assignDevices(
      organizationId: string,
      deviceIds: readonly string[],
      gateIds: readonly string[],
    ): Promise<ChangedGate[]> {
      return outbox.transaction((tx) =>
        tx.query<ChangedGate>(assignSql, [organizationId, deviceIds, gateIds]),
      )
    },
  }
}

async function readGround(tx: Transaction, { eventId }: EventKey): Promise<GateGround> {
  const of = (table: string, columns: string) => `SELECT ${columns} FROM ${table} WHERE event_id = $1`
  return {
    gates: await tx.query<GateRow>(of('gates', gateColumns), [eventId]),
    zones: await tx.query<ZoneRow>(of('zones', zoneColumns), [eventId]),
    ticketTypes: await tx.query<TicketTypeRow>(of('ticket_types', ticketTypeColumns), [eventId]),
  }
}

/** Writes a gate; answers it with its version, which its devices may have raised since it was read. */
async function keepGate(tx: Transaction, gate: GateRow): Promise<GateRow> {
  const [row] = await tx.query<{ version: number }>(
    `WITH counted AS (
       INSERT INTO gate_counters (gate_id, organization_id, event_id, entries, exits, rejected)
       VALUES ($1, $2, $3, 0, 0, 0) ON CONFLICT (gate_id) DO NOTHING
     )
     INSERT INTO gates (id, organization_id, event_id, name, zone_from_id, zone_to_id, status, lanes, ticket_type_ids,
       version)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     ON CONFLICT (id) DO UPDATE SET name = $4, zone_from_id = $5, zone_to_id = $6, status = $7, lanes = $8,
       ticket_type_ids = $9, version = greatest($10, gates.version + 1)
     RETURNING version`,
    [
      ...[gate.id, gate.organizationId, gate.eventId, gate.name, gate.zoneFromId, gate.zoneToId],
      ...[gate.status, gate.lanes, gate.ticketTypeIds, gate.version],
    ],
  )
  return { ...gate, ...row }
}

const assignSql = `
WITH before AS (
  SELECT id, gate_ids FROM devices WHERE organization_id = $1 AND id = ANY ($2) ORDER BY id FOR UPDATE
), assigned AS (
  UPDATE devices SET gate_ids = $3, is_assigned = true FROM before WHERE devices.id = before.id
)
UPDATE gates SET version = version + 1 FROM (
  SELECT id FROM gates
  WHERE organization_id = $1 AND id IN (SELECT unnest(gate_ids) FROM before UNION SELECT unnest($3::text[]))
    AND EXISTS (SELECT FROM before WHERE (gates.id = ANY (before.gate_ids)) <> (gates.id = ANY ($3)))
  ORDER BY id FOR UPDATE
) AS changed WHERE gates.id = changed.id
RETURNING gates.id, organization_id AS "organizationId", version`
