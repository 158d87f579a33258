import type { Sql } from '../../setup/ledger.ts'

/** A row of the ledger. */
export interface LedgerRow {
  readonly ledgerSeq: number
  readonly kind: string
  readonly organizationId: string
  readonly recordedAt: Date
  readonly actorKind: string
  readonly actorId: string
  readonly detail: {
    readonly note?: string
    readonly reason?: string
    readonly places?: Readonly<Record<string, number>>
  } | null
  readonly gateId: string | null
  readonly scanId: string | null
  readonly deviceId: string | null
  readonly deviceSeq: number | null
  readonly direction: 'ENTRY' | 'EXIT' | null
  readonly outcome: 'ADMITTED' | 'REJECTED' | 'QUARANTINED' | null
  readonly reason: string | null
  readonly credentialId: string | null
  readonly ticketTypeId: string | null
  readonly fromPlace: string | null
  readonly toPlace: string | null
  readonly unmatched: boolean
  readonly offline: boolean
  readonly effectiveAt: Date | null
  readonly degraded: boolean
  readonly overrideReason: string | null
  readonly ofSeq: number | null
  readonly bodies: number | null
}

/** All rows of an event, in the order of their numbers. */
export function readLedger(sql: Sql, eventId: string): Promise<LedgerRow[]> {
  return sql.query<LedgerRow>(
    `SELECT ledger_seq AS "ledgerSeq", kind, organization_id AS "organizationId", recorded_at AS "recordedAt",
       actor_kind AS "actorKind", actor_id AS "actorId", CASE WHEN kind <> 'SCAN' THEN detail END AS detail,
       gate_id AS "gateId", scan_id AS "scanId", device_id AS "deviceId", device_seq AS "deviceSeq", direction, outcome,
       reason, credential_id AS "credentialId", ticket_type_id AS "ticketTypeId", from_place AS "fromPlace",
       to_place AS "toPlace", unmatched, offline, effective_at AS "effectiveAt", degraded,
       override_reason AS "overrideReason", of_seq AS "ofSeq", bodies
     FROM ledger WHERE event_id = $1 ORDER BY ledger_seq`,
    [eventId],
  )
}

const taking = new Set(['UNDO', 'NOT_ENTERED'])

/** Whether the row takes an admission back. */
export function isTaking({ kind }: Pick<LedgerRow, 'kind'>): boolean {
  return taking.has(kind)
}

/** Whether the row lets somebody through. */
export function isPassage(row: Pick<LedgerRow, 'outcome' | 'kind'>): boolean {
  return row.outcome === 'ADMITTED' && !isTaking(row)
}

/** The number of the attempt that a row is, or is about. */
export function attemptOf({ ofSeq, ledgerSeq }: Pick<LedgerRow, 'ofSeq' | 'ledgerSeq'>): number {
  return ofSeq ?? ledgerSeq
}

/** A prefix of the ledger and a hash over all that stands in it. */
export interface Prefix {
  readonly upTo: number
  readonly hash: string
  /** Attempts in the whole ledger at that moment. */
  readonly attempts: number
}

/** Hashes the rows up to a number (default: all there are). */
export async function hashPrefix(sql: Sql, eventId: string, upTo?: number): Promise<Prefix> {
  const [row] = await sql.query<Prefix>(
    `SELECT max(ledger_seq) AS "upTo", md5(string_agg(md5(ledger::text), '' ORDER BY ledger_seq)) AS hash,
       (count(*) FILTER (WHERE kind = 'SCAN'))::int AS attempts
     FROM ledger WHERE event_id = $1 AND ledger_seq <= $2`,
    [eventId, upTo ?? 2_147_483_647],
  )
  return row ?? { upTo: 0, hash: '', attempts: 0 }
}
