import type { AttemptHead, FirstAdmissionRow, Refusal, ScanRow } from '../domain/ledger.ts'

/** The columns of a scan, under the names of its fields. */
export const scanColumns = `event_id AS "eventId", ledger_seq AS "ledgerSeq", kind, organization_id AS "organizationId",
  scan_id AS "scanId", code_hash AS "codeHash", gate_id AS "gateId", actor_kind AS "actorKind", actor_id AS "actorId",
  device_id AS "deviceId", device_seq AS "deviceSeq", direction, outcome, reason, credential_id AS "credentialId",
  ticket_type_id AS "ticketTypeId", from_place AS "fromPlace", to_place AS "toPlace", unmatched, offline,
  is_first_admission AS "isFirstAdmission", scanned_at AS "scannedAt", recorded_at AS "receivedAt",
  effective_at AS "effectiveAt", clock_suspect AS "clockSuspect", degraded, override_reason AS "overrideReason", conflict,
  of_seq AS "ofSeq", detail`

/** The kinds of rows that lists of attempts show: attempts, and what devices said of them later. */
export const listedKinds = `kind IN ('SCAN', 'OFFLINE_ADMISSION', 'NOT_ENTERED')`

/** A moment as Postgres writes it into JSON, or as the driver reads it from a column. */
type Moment = string | Date

type RawRefusal = Omit<Refusal, 'firstAdmission' | 'validFrom' | 'validUntil'> & {
  firstAdmission: (Omit<FirstAdmissionRow, 'at'> & { at: Moment }) | null
  validFrom: Moment | null
  validUntil: Moment | null
}

/** A scan as it is read, from columns or from JSON. */
export type RawScan = Omit<
  ScanRow,
  'receivedAt' | 'scannedAt' | 'effectiveAt' | 'refusal' | 'overridden' | 'note' | 'decided'
> & {
  receivedAt: Moment
  scannedAt: Moment
  effectiveAt: Moment
  detail: {
    refusal?: RawRefusal
    overridden?: ScanRow['overridden']
    note?: string
    decided?: 'ADMITTED' | 'REJECTED'
  } | null
}

/** A scanId as it is read: its attempt and the last words about it. */
export interface RawHead {
  readonly scan: RawScan
  readonly link: RawScan | null
  readonly undo: RawScan | null
}

/** The scan of a row. */
export function scanOf({ detail, ...raw }: RawScan): ScanRow {
  return {
    ...raw,
    receivedAt: new Date(raw.receivedAt),
    scannedAt: new Date(raw.scannedAt),
    effectiveAt: new Date(raw.effectiveAt),
    overridden: detail?.overridden ?? [],
    refusal: detail?.refusal ? refusalOf(detail.refusal) : null,
    note: detail?.note ?? null,
    decided: detail?.decided ?? null,
  }
}

/** What the ledger holds of a scanId. */
export function headOf({ scan, link, undo }: RawHead): AttemptHead {
  return { scan: scanOf(scan), link: link && scanOf(link), undo: undo && scanOf(undo) }
}

function refusalOf(raw: RawRefusal): Refusal {
  const { firstAdmission } = raw
  return {
    ...raw,
    firstAdmission: firstAdmission && { ...firstAdmission, at: new Date(firstAdmission.at) },
    validFrom: dateOf(raw.validFrom),
    validUntil: dateOf(raw.validUntil),
  }
}

/** The moment in a JSON text; null stays null. */
export function dateOf(moment: Moment | null): Date | null {
  return moment === null ? null : new Date(moment)
}

/** What of a scan stands in the `detail` of its row. */
export function detailOf({ refusal, overridden, note, decided }: ScanRow): object | null {
  if (refusal) return { refusal }
  if (note !== null) return { note }
  if (decided !== null) return { decided }
  return overridden.length > 0 ? { overridden } : null
}

/**
 * Reads what the ledger holds of scanIds, as JSON: `which` is the condition on `attempts`. The month of each row is
 * known, so that only that part of the ledger is looked at. An attempt whose month was archived has no row to show.
 */
export function headsSql(which: string): string {
  const row = (seq: string, at: string) => `(SELECT row_to_json(found) FROM (SELECT ${scanColumns} FROM ledger
    WHERE ledger.event_id = attempts.event_id AND ledger.ledger_seq = attempts.${seq}
      AND ledger.recorded_at = attempts.${at}) found)`
  return `SELECT * FROM (SELECT ${row('ledger_seq', 'recorded_at')} AS scan,
    CASE WHEN link_seq IS NOT NULL THEN ${row('link_seq', 'link_recorded_at')} END AS link,
    CASE WHEN undo_seq IS NOT NULL THEN ${row('undo_seq', 'undo_recorded_at')} END AS undo
    FROM attempts WHERE ${which}) AS head WHERE scan IS NOT NULL`
}
