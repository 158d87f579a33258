import type { Transaction } from '@headcount/database'
import type { FactsWanted } from '../domain/facts-wanted.ts'
import type { EventRow, GateRow, TicketTypeRow, ZoneRow } from '../domain/ground.ts'
import type { DeviceFacts, PresenceRow, ScanFacts, TicketRow } from '../domain/scan-state.ts'
import { dateOf, headOf, headsSql, type RawHead } from './ledger-rows.ts'
import { movementOf, movementsSql, type RawMovement } from './movement-reads.ts'
import { eventColumns, gateColumns, ticketColumns, ticketTypeColumns, zoneColumns } from './rows.ts'

/** Dates are texts in JSON. */
type Raw<Row> = { [Key in keyof Row]: Date extends Row[Key] ? Exclude<Row[Key], Date> | string : Row[Key] }

interface RawFacts {
  events: EventRow[]
  zones: ZoneRow[]
  bodies: { placeId: string; bodies: number }[]
  gates: GateRow[]
  ticketTypes: Raw<TicketTypeRow>[]
  /** One row a device and number. */
  devices: (DeviceFacts & { seq: number; isUsed: boolean })[]
  tickets: Raw<TicketRow>[]
  presence: Raw<PresenceRow>[]
  recorded: RawHead[]
  movements: RawMovement[]
}

const rows = (select: string) => `(SELECT coalesce(json_agg(found), '[]') FROM (${select}) found)`

/** The columns of a presence row, under the names of its fields. */
export const presenceColumns = `credential_id AS "credentialId", place_id AS "placeId", bodies, entries,
  last_entry_at AS "lastEntryAt", entries_from_outside AS "entriesFromOutside",
  last_from_outside_at AS "lastFromOutsideAt", last_movement_at AS "lastMovementAt",
  first_entry_seq AS "firstEntrySeq", first_entry_at AS "firstEntryAt",
  first_entry_gate_id AS "firstEntryGateId", first_entry_device_id AS "firstEntryDeviceId",
  is_reset AS "isReset"`

// One statement: everything in it is of one moment. Hot path: every scan waits for it.
const readFactsSql = `WITH ticket AS MATERIALIZED (
  SELECT ${ticketColumns} FROM tickets WHERE organization_id = $1 AND code_hash = ANY ($4)
  UNION ALL SELECT ${ticketColumns} FROM tickets WHERE organization_id = $1 AND id = ANY ($5)
)
SELECT
  ${rows(`SELECT ${eventColumns} FROM events WHERE id = $2 AND organization_id = $1`)} AS events,
  ${rows(`SELECT ${zoneColumns} FROM zones WHERE event_id = $2`)} AS zones,
  ${rows(`SELECT place_id AS "placeId", bodies FROM zone_counters WHERE event_id = $2`)} AS bodies,
  ${rows(`SELECT ${gateColumns} FROM gates WHERE event_id = $2`)} AS gates,
  ${rows(`SELECT ${ticketTypeColumns} FROM ticket_types WHERE event_id = $2`)} AS "ticketTypes",
  ${rows(`SELECT id, devices.event_id AS "eventId", status, gate_ids AS "gateIds", used.seq,
            seqs @> used.seq AS "isUsed"
          FROM unnest($3::text[], $7::int[]) AS used (device_id, seq) JOIN devices ON devices.id = used.device_id
          WHERE devices.organization_id = $1`)} AS devices,
  ${rows('SELECT * FROM ticket')} AS tickets,
  ${rows(`SELECT ${presenceColumns} FROM presence
          WHERE event_id = $2 AND credential_id = ANY (ARRAY(SELECT id FROM ticket) || $5::text[])`)} AS presence,
  ${rows(headsSql('organization_id = $1 AND scan_id = ANY ($6)'))} AS recorded,
  ${rows(movementsSql)} AS movements`

/** Reads what is wanted at one event, in one statement; to be sent after that which locks the event. */
export async function readScanFacts(
  tx: Transaction,
  wanted: FactsWanted,
  key: Pick<ScanFacts, 'organizationId' | 'eventId'>,
): Promise<Omit<ScanFacts, 'ledgerSeq'>> {
  const { codeHashes, ticketIds, scanIds, numbers, late, movedBy } = wanted
  const params = [
    ...[key.organizationId, key.eventId],
    numbers.map(({ deviceId }) => deviceId),
    ...[codeHashes, ticketIds, scanIds],
    numbers.map(({ deviceSeq }) => deviceSeq),
    late.map(({ codeHash }) => codeHash),
    late.map(({ at }) => at),
    movedBy,
  ]
  const [raw] = await tx.query<RawFacts>(readFactsSql, params, { name: 'scan-facts' })
  if (!raw) throw new Error('Postgres answered a SELECT without FROM with no row')
  const { events, ticketTypes, tickets, presence, recorded, movements, devices, ...rest } = raw
  return {
    ...key,
    ...rest,
    event: events[0],
    devices,
    usedDeviceSeqs: devices.flatMap(({ id, seq, isUsed }) =>
      isUsed ? [{ deviceId: id, deviceSeq: seq }] : [],
    ),
    ticketTypes: ticketTypes.map((row) => ({
      ...row,
      validFrom: dateOf(row.validFrom),
      validUntil: dateOf(row.validUntil),
    })),
    tickets: tickets.map((row) => ({ ...row, validUntil: dateOf(row.validUntil) })),
    presence: presence.map(presenceOf),
    recorded: recorded.map(headOf),
    movements: movements.map((movement) => movementOf(movement, key.eventId)),
  }
}

function presenceOf(row: Raw<PresenceRow>): PresenceRow {
  return {
    ...row,
    lastEntryAt: dateOf(row.lastEntryAt),
    lastFromOutsideAt: dateOf(row.lastFromOutsideAt),
    lastMovementAt: new Date(row.lastMovementAt),
    firstEntryAt: dateOf(row.firstEntryAt),
  }
}
