import type { Transaction } from '@headcount/database'
import type { BatchChange, DeviceUpdate } from '../domain/draft.ts'
import type { AttemptHead, ScanRow } from '../domain/ledger.ts'
import type { PresenceRow, ScanFacts } from '../domain/scan-state.ts'
import { detailOf } from './ledger-rows.ts'

// A moment as milliseconds since 1970: a Date takes 1 µs to become a text, and a scan leaves nine of them.
const moment = (name: string) => `to_timestamp("${name}" / 1000)`

// One statement for everything that a batch leaves. JSON instead of arrays: 5 % slower, and one place a column.
const writeSql = `
WITH scan AS (
  SELECT * FROM json_to_recordset($3::json) AS scan (
    kind text, "ledgerSeq" int, "receivedAt" float8, "actorKind" text, "actorId" text, detail jsonb, "gateId" text,
    "scanId" text, "codeHash" text, "deviceId" text, "deviceSeq" int, direction text, outcome text, reason text,
    "credentialId" text, "ticketTypeId" text, "fromPlace" text, "toPlace" text, unmatched boolean, offline boolean,
    "isFirstAdmission" boolean, "scannedAt" float8, "effectiveAt" float8, "clockSuspect" boolean,
    degraded boolean, "overrideReason" text, conflict text, "ofSeq" int)
), written AS (
  INSERT INTO ledger (event_id, organization_id, kind, ledger_seq, recorded_at, actor_kind, actor_id, detail, gate_id,
    scan_id, code_hash, device_id, device_seq, direction, outcome, reason, credential_id, ticket_type_id, from_place,
    to_place, unmatched, offline, is_first_admission, scanned_at, effective_at, clock_suspect, degraded,
    override_reason, conflict, of_seq)
  SELECT $1, $2, kind, "ledgerSeq", ${moment('receivedAt')}, "actorKind", "actorId", detail, "gateId", "scanId", "codeHash",
    "deviceId", "deviceSeq", direction, outcome, reason, "credentialId", "ticketTypeId", "fromPlace", "toPlace",
    coalesce(unmatched, false), coalesce(offline, false), coalesce("isFirstAdmission", false),
    ${moment('scannedAt')}, ${moment('effectiveAt')}, coalesce("clockSuspect", false), coalesce(degraded, false), "overrideReason", conflict, "ofSeq"
  FROM scan
), head AS (
  INSERT INTO attempts (organization_id, event_id, scan_id, ledger_seq, recorded_at, link_seq, link_recorded_at,
    undo_seq, undo_recorded_at)
  SELECT $2, $1, "scanId", "ledgerSeq", ${moment('recordedAt')}, "linkSeq", ${moment('linkRecordedAt')}, "undoSeq",
    ${moment('undoRecordedAt')}
  FROM json_to_recordset($4::json) AS head (
    "scanId" text, "ledgerSeq" int, "recordedAt" float8, "linkSeq" int, "linkRecordedAt" float8,
    "undoSeq" int, "undoRecordedAt" float8)
  ON CONFLICT (organization_id, scan_id) DO UPDATE SET
    link_seq = excluded.link_seq, link_recorded_at = excluded.link_recorded_at,
    undo_seq = excluded.undo_seq, undo_recorded_at = excluded.undo_recorded_at
  WHERE attempts.event_id = excluded.event_id AND attempts.ledger_seq = excluded.ledger_seq
  RETURNING 1
), present AS (
  INSERT INTO presence (organization_id, event_id, credential_id, place_id, bodies, entries, last_entry_at,
    entries_from_outside, last_from_outside_at, last_movement_at, first_entry_seq, first_entry_at,
    first_entry_gate_id, first_entry_device_id, is_reset)
  SELECT $2, $1, "credentialId", "placeId", bodies, entries, ${moment('lastEntryAt')}, "entriesFromOutside",
    ${moment('lastFromOutsideAt')}, ${moment('lastMovementAt')}, "firstEntrySeq", ${moment('firstEntryAt')},
    "firstEntryGateId", "firstEntryDeviceId", "isReset"
  FROM json_to_recordset($5::json) AS present (
    "credentialId" text, "placeId" text, bodies int, entries int, "lastEntryAt" float8, "entriesFromOutside" int,
    "lastFromOutsideAt" float8, "lastMovementAt" float8, "firstEntrySeq" int, "firstEntryAt" float8,
    "firstEntryGateId" text, "firstEntryDeviceId" text, "isReset" boolean)
  ON CONFLICT (event_id, credential_id, place_id) DO UPDATE SET bodies = excluded.bodies, entries = excluded.entries,
    last_entry_at = excluded.last_entry_at, entries_from_outside = excluded.entries_from_outside,
    last_from_outside_at = excluded.last_from_outside_at, last_movement_at = excluded.last_movement_at,
    first_entry_seq = excluded.first_entry_seq, first_entry_at = excluded.first_entry_at,
    first_entry_gate_id = excluded.first_entry_gate_id, first_entry_device_id = excluded.first_entry_device_id,
    is_reset = excluded.is_reset
), placed AS (
  INSERT INTO zone_counters (organization_id, event_id, place_id, bodies)
  SELECT $2, $1, place.* FROM json_to_recordset($6::json) AS place ("placeId" text, bodies int)
  ON CONFLICT (place_id) DO UPDATE SET bodies = excluded.bodies
), counted AS (
  INSERT INTO gate_counters (organization_id, event_id, gate_id, entries, exits, rejected)
  SELECT $2, $1, gate.* FROM json_to_recordset($7::json) AS gate (
    "gateId" text, entries int, exits int, rejected int)
  ON CONFLICT (gate_id) DO UPDATE SET entries = gate_counters.entries + excluded.entries,
    exits = gate_counters.exits + excluded.exits, rejected = gate_counters.rejected + excluded.rejected
), rated AS (
  INSERT INTO gate_rates (organization_id, event_id, gate_id, slot, second, entries)
  SELECT DISTINCT ON ("gateId", second % 60) $2, $1, "gateId", second % 60, second, entries
  FROM json_to_recordset($8::json) AS rate ("gateId" text, second bigint, entries int)
  ORDER BY "gateId", second % 60, second DESC
  ON CONFLICT (gate_id, slot) DO UPDATE SET second = greatest(gate_rates.second, excluded.second),
    entries = CASE WHEN gate_rates.second > excluded.second THEN gate_rates.entries
      WHEN gate_rates.second = excluded.second THEN gate_rates.entries + excluded.entries
      ELSE excluded.entries END
), heard AS (
  UPDATE devices SET last_seq = greatest(devices.last_seq, heard."lastSeq"), last_seen_at = ${moment('lastSeenAt')},
    clock_skew_ms = heard."clockSkewMs",
    seqs = devices.seqs + (SELECT coalesce(range_agg(int4range(seq, seq, '[]')), '{}')
      FROM json_array_elements_text(heard.seqs) AS one, LATERAL (SELECT one::int AS seq) AS number)
  FROM json_to_recordset($9::json) AS heard (
    id text, "lastSeq" int, seqs json, "lastSeenAt" float8, "clockSkewMs" int)
  WHERE devices.id = heard.id AND devices.organization_id = $2
), unconfirmed AS (
  INSERT INTO rechecks (organization_id, event_id, ledger_seq, ticket_id, code_hash, recorded_at)
  SELECT $2, $1, "ledgerSeq", "credentialId", "codeHash", ${moment('receivedAt')}
  FROM json_to_recordset($10::json) AS unconfirmed (
    "ledgerSeq" int, "credentialId" text, "codeHash" text, "receivedAt" float8)
), total AS (
  UPDATE event_counters SET ledger_seq = ledger_seq + $11, inside = inside + $12, admitted = admitted + $13
  WHERE event_id = $1
)
SELECT 1 / (SELECT (count(*) = $14)::int FROM head)`

/**
 * Writes what a batch decided, in one statement, after the counter's `ledgerSeq` that it was decided with; the caller
 * holds the event's lock. Fails by a division by zero (22012) where another event of the organization has taken one of
 * the scanIds meanwhile.
 */
export function writeScans(tx: Transaction, facts: ScanFacts, change: BatchChange): void {
  const bodies = new Map(facts.bodies.map((row) => [row.placeId, row.bodies]))
  const places = [...change.bodies]
    .filter(([, more]) => more !== 0)
    .map(([placeId, more]) => ({ placeId, bodies: (bodies.get(placeId) ?? 0) + more }))
  const params = [
    ...[facts.eventId, facts.organizationId],
    JSON.stringify(change.scans.map(columnsOf)),
    JSON.stringify(change.heads.map(headOf)),
    JSON.stringify(change.presence.map(presentOf)),
    JSON.stringify(places),
    JSON.stringify(change.gates),
    JSON.stringify(change.seconds),
    JSON.stringify(change.devices.map(heardOf)),
    JSON.stringify(change.unconfirmed.map(unconfirmedOf)),
    ...[change.scans.length, change.inside, change.admitted, change.heads.length],
  ]
  tx.send(writeSql, params, { name: 'write-scans' })
}

const scanColumns = [
  ...(['kind', 'ledgerSeq', 'actorKind', 'actorId', 'gateId', 'scanId', 'codeHash', 'deviceId'] as const),
  ...(['deviceSeq', 'direction', 'outcome', 'reason', 'credentialId', 'ticketTypeId', 'fromPlace'] as const),
  ...(['toPlace', 'unmatched', 'offline', 'isFirstAdmission', 'clockSuspect', 'degraded'] as const),
  ...(['overrideReason', 'conflict', 'ofSeq'] as const),
] satisfies (keyof ScanRow)[]

/** What of a scan is a column. What is null or false is left out: it is that by default, and most is. */
function columnsOf(scan: ScanRow): object {
  const told: Record<string, unknown> = {
    receivedAt: +scan.receivedAt,
    scannedAt: +scan.scannedAt,
    effectiveAt: +scan.effectiveAt,
  }
  const detail = detailOf(scan)
  if (detail) told.detail = detail
  for (const name of scanColumns) {
    const value = scan[name]
    if (value !== null && value !== false) told[name] = value
  }
  return told
}

function headOf({ scan, link, undo }: AttemptHead) {
  return {
    ...{ scanId: scan.scanId, ledgerSeq: scan.ledgerSeq, recordedAt: +scan.receivedAt },
    ...(link && { linkSeq: link.ledgerSeq, linkRecordedAt: +link.receivedAt }),
    ...(undo && { undoSeq: undo.ledgerSeq, undoRecordedAt: +undo.receivedAt }),
  }
}

function presentOf(row: PresenceRow) {
  return {
    ...row,
    lastEntryAt: msOf(row.lastEntryAt),
    lastFromOutsideAt: msOf(row.lastFromOutsideAt),
    lastMovementAt: +row.lastMovementAt,
    firstEntryAt: msOf(row.firstEntryAt),
  }
}

function heardOf(device: DeviceUpdate) {
  return { ...device, lastSeenAt: +device.lastSeenAt }
}

function unconfirmedOf({ ledgerSeq, credentialId, codeHash, receivedAt }: ScanRow) {
  return { ledgerSeq, credentialId, codeHash, receivedAt: +receivedAt }
}

function msOf(date: Date | null): number | null {
  return date ? date.getTime() : null
}
