import type { Transaction } from '@headcount/database'
import type { Outbox } from '@headcount/service'
import type { GateRow, TicketTypeRow, ZoneRow } from '../domain/ground.ts'
import type { ChangeEntry } from '../domain/ledger.ts'
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
    ): Promise<{ answer: Answer; hasChanged: boolean } | undefined> {
      return outbox.transaction(async (tx, publish) => {
        const counter = await lockEvent(tx, key)
        if (!counter) return undefined
        const { gate, entry, answer } = decide(await readGround(tx, key))
        if (gate) {
          await keepGate(tx, gate)
          publish(gateChanged(gate))
        }
        if (entry) await appendChanges(tx, [entry], { ...key, ...counter })
        return { answer, hasChanged: gate !== undefined }
      })
    },
    /** Assigns all the devices to the gates, in place of what they were assigned to. */
    async assignDevices(organizationId: string, deviceIds: readonly string[], gateIds: readonly string[]) {
      await outbox.transaction((tx) =>
        tx.query(
          `UPDATE devices SET gate_ids = $3, is_assigned = true WHERE organization_id = $1 AND id = ANY ($2)`,
          [organizationId, deviceIds, gateIds],
        ),
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

async function keepGate(tx: Transaction, gate: GateRow): Promise<void> {
  await tx.query(
    `WITH counted AS (
       INSERT INTO gate_counters (gate_id, organization_id, event_id, entries, exits, rejected)
       VALUES ($1, $2, $3, 0, 0, 0) ON CONFLICT (gate_id) DO NOTHING
     )
     INSERT INTO gates (id, organization_id, event_id, name, zone_from_id, zone_to_id, status, lanes, ticket_type_ids,
       version)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     ON CONFLICT (id) DO UPDATE SET name = $4, zone_from_id = $5, zone_to_id = $6, status = $7, lanes = $8,
       ticket_type_ids = $9, version = $10`,
    [
      ...[gate.id, gate.organizationId, gate.eventId, gate.name, gate.zoneFromId, gate.zoneToId],
      ...[gate.status, gate.lanes, gate.ticketTypeIds, gate.version],
    ],
  )
}
