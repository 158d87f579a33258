import type { Transaction } from '@headcount/database'
import type { FactsWanted } from '../domain/facts-wanted.ts'
import type { EventRow, GateRow, TicketTypeRow, ZoneRow } from '../domain/ground.ts'
import type { DeviceFacts, PresenceRow, ScanFacts, TicketRow } from '../domain/scan-state.ts'
import { dateOf, headOf, headsSql, type RawHead } from './ledger-rows.ts'
import { movementsIn, movementsSql, type RawMovement } from './movement-reads.ts'
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
  known: { scanId: string }[]
}

const rows = (select: string) => `(SELECT coalesce(json_agg(found), '[]') FROM (${select}) found)`

/** The columns of a presence row, under the names of its fields. */
export const presenceColumns = `credential_id AS "credentialId", place_id AS "placeId", bodies, entries,
  last_entry_at AS "lastEntryAt", entries_from_outside AS "entriesFromOutside",
  last_from_outside_at AS "lastFromOutsideAt", last_movement_at AS "lastMovementAt",
  first_entry_seq AS "firstEntrySeq", first_entry_at AS "firstEntryAt",
  first_entry_gate_id AS "firstEntryGateId", first_entry_device_id AS "firstEntryDeviceId",
  is_reset AS "isReset"`

// One statement: everything in it is of one moment. Hot path: every scan waits for it, so it names no table with months:
// a plan over all of them costs more than all the rest.
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
  ${rows('SELECT scan_id AS "scanId" FROM attempts WHERE organization_id = $1 AND scan_id = ANY ($6)')} AS known`

/**
 * Reads what is wanted at one event; to be sent after that which locks the event. One statement, and one more for what
 * seldom is: rows of attempts that were recorded before, and movements.
 */
export async function readScanFacts(
  tx: Transaction,
  wanted: FactsWanted,
  key: Pick<ScanFacts, 'organizationId' | 'eventId'>,
): Promise<Omit<ScanFacts, 'ledgerSeq'>> {
  const { codeHashes, ticketIds, scanIds, numbers } = wanted
  const params = [
    ...[key.organizationId, key.eventId],
    numbers.map(({ deviceId }) => deviceId),
    ...[codeHashes, ticketIds, scanIds],
    numbers.map(({ deviceSeq }) => deviceSeq),
  ]
  const [[raw], movements] = await Promise.all([
    tx.query<RawFacts>(readFactsSql, params, { name: 'scan-facts' }),
    readMovements(tx, wanted, key),
  ])
  if (!raw) throw new Error('Postgres answered a SELECT without FROM with no row')
  const { known, ...facts } = raw
  const recorded = await readHeads(
    tx,
    key.organizationId,
    known.map(({ scanId }) => scanId),
  )
  return { ...key, ...factsOf(facts), recorded, movements }
}

function factsOf({ events, ticketTypes, tickets, presence, devices, ...rest }: Omit<RawFacts, 'known'>) {
  return {
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
  }
}

/** What the ledger holds of these scanIds. Retries are few: mostly there is nothing to read. */
async function readHeads(tx: Transaction, organizationId: string, scanIds: readonly string[]) {
  if (scanIds.length === 0) return []
  const sql = headsSql('organization_id = $1 AND scan_id = ANY ($2)')
  return (await tx.query<RawHead>(sql, [organizationId, scanIds], { name: 'scan-heads' })).map(headOf)
}

async function readMovements(
  tx: Transaction,
  { late, movedBy }: FactsWanted,
  { organizationId, eventId }: Pick<ScanFacts, 'organizationId' | 'eventId'>,
) {
  if (late.length === 0 && movedBy.length === 0) return []
  const hashes = late.map(({ codeHash }) => codeHash)
  const params = [organizationId, eventId, hashes, late.map(({ at }) => at), movedBy]
  const rows = await tx.query<RawMovement>(movementsSql, params, { name: 'scan-movements' })
  return movementsIn(rows, eventId)
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
