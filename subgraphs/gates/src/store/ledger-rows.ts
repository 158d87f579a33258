import type { FirstAdmissionRow, Refusal, ScanRow } from '../domain/ledger.ts'

/** The columns of a scan, under the names of its fields. */
export const scanColumns = `event_id AS "eventId", ledger_seq AS "ledgerSeq", organization_id AS "organizationId",
  scan_id AS "scanId", code_hash AS "codeHash", gate_id AS "gateId", actor_kind AS "actorKind", actor_id AS "actorId",
  device_id AS "deviceId", device_seq AS "deviceSeq", direction, outcome, reason, credential_id AS "credentialId",
  ticket_type_id AS "ticketTypeId", from_place AS "fromPlace", to_place AS "toPlace", unmatched, offline,
  is_first_admission AS "isFirstAdmission", scanned_at AS "scannedAt", recorded_at AS "receivedAt",
  effective_at AS "effectiveAt", clock_suspect AS "clockSuspect", degraded, override_reason AS "overrideReason", detail`

/** A moment as Postgres writes it into JSON, or as the driver reads it from a column. */
type Moment = string | Date

type RawRefusal = Omit<Refusal, 'firstAdmission' | 'validFrom' | 'validUntil'> & {
  firstAdmission: (Omit<FirstAdmissionRow, 'at'> & { at: Moment }) | null
  validFrom: Moment | null
  validUntil: Moment | null
}

/** A scan as it is read, from columns or from JSON. */
export type RawScan = Omit<ScanRow, 'receivedAt' | 'scannedAt' | 'effectiveAt' | 'refusal' | 'overridden'> & {
  receivedAt: Moment
  scannedAt: Moment
  effectiveAt: Moment
  detail: { refusal?: RawRefusal; overridden?: ScanRow['overridden'] } | null
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
  }
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
export function detailOf({ refusal, overridden }: ScanRow): object | null {
  if (refusal) return { refusal }
  return overridden.length > 0 ? { overridden } : null
}
