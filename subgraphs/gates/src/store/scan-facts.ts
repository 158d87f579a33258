import type { Transaction } from '@headcount/database'
import type { Attempt } from '../domain/attempt.ts'
import type { EventRow, GateRow, TicketTypeRow, ZoneRow } from '../domain/ground.ts'
import type { DeviceFacts, PresenceRow, ScanFacts, TicketRow } from '../domain/scan-state.ts'
import { dateOf, type RawScan, scanColumns, scanOf } from './ledger-rows.ts'
import { eventColumns, gateColumns, ticketColumns, ticketTypeColumns, zoneColumns } from './rows.ts'

/** Dates are texts in JSON. */
type Raw<Row> = { [Key in keyof Row]: Date extends Row[Key] ? Exclude<Row[Key], Date> | string : Row[Key] }

interface RawFacts {
  events: EventRow[]
  zones: ZoneRow[]
  bodies: { placeId: string; bodies: number }[]
  gates: GateRow[]
  ticketTypes: Raw<TicketTypeRow>[]
  devices: DeviceFacts[]
  tickets: Raw<TicketRow>[]
  presence: Raw<PresenceRow>[]
  recorded: RawScan[]
  usedDeviceSeqs: { deviceId: string; deviceSeq: number; scanId: string }[]
}

const rows = (select: string) => `(SELECT coalesce(json_agg(found), '[]') FROM (${select}) found)`

/** The columns of a presence row, under the names of its fields. */
export const presenceColumns = `credential_id AS "credentialId", place_id AS "placeId", bodies, entries,
  last_entry_at AS "lastEntryAt", entries_from_outside AS "entriesFromOutside",
  last_from_outside_at AS "lastFromOutsideAt", last_movement_at AS "lastMovementAt",
  first_entry_seq AS "firstEntrySeq", first_entry_at AS "firstEntryAt",
  first_entry_gate_id AS "firstEntryGateId", first_entry_device_id AS "firstEntryDeviceId"`

// One statement: everything in it is of one moment. Hot path: every scan waits for it.
const readFactsSql = `SELECT
  ${rows(`SELECT ${eventColumns} FROM events WHERE id = $2 AND organization_id = $1`)} AS events,
  ${rows(`SELECT ${zoneColumns} FROM zones WHERE event_id = $2`)} AS zones,
  ${rows(`SELECT place_id AS "placeId", bodies FROM zone_counters WHERE event_id = $2`)} AS bodies,
  ${rows(`SELECT ${gateColumns} FROM gates WHERE event_id = $2`)} AS gates,
  ${rows(`SELECT ${ticketTypeColumns} FROM ticket_types WHERE event_id = $2`)} AS "ticketTypes",
  ${rows(`SELECT id, event_id AS "eventId", status, gate_ids AS "gateIds" FROM devices
          WHERE id = ANY ($3) AND organization_id = $1`)} AS devices,
  ${rows(`SELECT ${ticketColumns} FROM tickets WHERE organization_id = $1 AND code_hash = ANY ($4)
          UNION SELECT ${ticketColumns} FROM tickets WHERE organization_id = $1 AND id = ANY ($5)`)} AS tickets,
  ${rows(`SELECT ${presenceColumns} FROM presence WHERE event_id = $2 AND credential_id = ANY (ARRAY(
            SELECT id FROM tickets WHERE organization_id = $1 AND code_hash = ANY ($4)) || $5::text[])`)} AS presence,
  ${rows(`SELECT ${scanColumns} FROM ledger WHERE organization_id = $1 AND scan_id = ANY ($6)`)} AS recorded,
  ${rows(`SELECT device_id AS "deviceId", device_seq AS "deviceSeq", scan_id AS "scanId" FROM ledger
          WHERE (device_id, device_seq) IN (SELECT * FROM unnest($7::text[], $8::int[]))`)} AS "usedDeviceSeqs"`

/** Reads all that a batch of attempts at one event needs, in one statement; the caller holds the event's lock. */
export async function readScanFacts(
  tx: Transaction,
  attempts: readonly Attempt[],
  key: Pick<ScanFacts, 'organizationId' | 'eventId' | 'ledgerSeq'>,
): Promise<ScanFacts> {
  const signed = attempts.flatMap(({ codeWord }) => (codeWord?.kind === 'signed' ? [codeWord.ticketId] : []))
  const numbered = attempts.filter(({ actor, deviceSeq }) => actor.kind === 'device' && deviceSeq !== null)
  const [raw] = await tx.query<RawFacts>(readFactsSql, [
    key.organizationId,
    key.eventId,
    attempts.filter(({ actor }) => actor.kind === 'device').map(({ actor }) => actor.id),
    attempts.map(({ codeHash }) => codeHash),
    signed,
    attempts.map(({ scanId }) => scanId),
    numbered.map(({ actor }) => actor.id),
    numbered.map(({ deviceSeq }) => deviceSeq),
  ])
  if (!raw) throw new Error('Postgres answered a SELECT without FROM with no row')
  const { events, ticketTypes, tickets, presence, recorded, ...rest } = raw
  return {
    ...key,
    ...rest,
    event: events[0],
    ticketTypes: ticketTypes.map((row) => ({
      ...row,
      validFrom: dateOf(row.validFrom),
      validUntil: dateOf(row.validUntil),
    })),
    tickets: tickets.map((row) => ({ ...row, validUntil: dateOf(row.validUntil) })),
    presence: presence.map(presenceOf),
    recorded: recorded.map(scanOf),
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
