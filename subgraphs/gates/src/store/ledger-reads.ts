import type { Database } from '@headcount/database'
import { firstAdmissionOf } from '../domain/circumstances.ts'
import { type AttemptHead, type FirstAdmissionRow, keyOfScan, scanIdOf } from '../domain/ledger.ts'
import type { PresenceRow } from '../domain/scan-state.ts'
import { headOf, headsSql, type RawHead, type RawScan, scanColumns, scanOf } from './ledger-rows.ts'
import { presenceColumns } from './scan-facts.ts'

/** What gates knows of a credential. */
export interface CredentialState {
  readonly id: string
  /** Bodies inside. */
  readonly bodies: number
  readonly firstAdmission: FirstAdmissionRow | null
}

/** The reads of the ledger and of what follows from it. */
export function ledgerReads(database: Database) {
  return {
    async scansById(organizationId: string, ids: readonly string[]) {
      const keys = ids.map(keyOfScan)
      const rows = await database.query<RawScan>(
        `SELECT ${scanColumns} FROM ledger
         WHERE organization_id = $1 AND scan_id IS NOT NULL
           AND (event_id, ledger_seq) IN (SELECT * FROM unnest($2::text[], $3::int[]))`,
        [organizationId, keys.map((key) => key?.eventId), keys.map((key) => key?.ledgerSeq)],
      )
      const byId = new Map(rows.map(scanOf).map((row) => [scanIdOf(row), row]))
      return ids.map((id) => byId.get(id))
    },
    /** What the ledger holds of a client's scanId. */
    async attemptHead(organizationId: string, scanId: string): Promise<AttemptHead | undefined> {
      const sql = headsSql('organization_id = $1 AND scan_id = $2')
      const [row] = await database.query<RawHead>(sql, [organizationId, scanId])
      return row && headOf(row)
    },
    /** Which of the credentials gates knows, and where they stand. */
    async credentialStates(organizationId: string, ids: readonly string[]): Promise<CredentialState[]> {
      const presence = await database.query<PresenceRow>(
        `SELECT ${presenceColumns} FROM presence WHERE organization_id = $1 AND credential_id = ANY ($2)
         UNION ALL
         SELECT id, '', 0, 0, NULL, 0, NULL, now(), NULL, NULL, NULL, NULL, false FROM tickets
         WHERE organization_id = $1 AND id = ANY ($2)`,
        [organizationId, ids],
      )
      return [...Map.groupBy(presence, (row) => row.credentialId)].map(([id, rows]) => ({
        id,
        bodies: rows.reduce((sum, row) => sum + row.bodies, 0),
        firstAdmission: firstAdmissionOf(rows),
      }))
    },
    /** Which of these pairs of device and credential have an attempt since that moment. */
    async scannedSince(
      organizationId: string,
      pairs: readonly { deviceId: string; credentialId: string }[],
      since: Date,
    ) {
      return database.query<{ deviceId: string; credentialId: string }>(
        `SELECT DISTINCT device_id AS "deviceId", credential_id AS "credentialId" FROM ledger
         WHERE organization_id = $1 AND recorded_at > $4
           AND (credential_id, device_id) IN (SELECT * FROM unnest($2::text[], $3::text[]))`,
        [
          organizationId,
          pairs.map(({ credentialId }) => credentialId),
          pairs.map(({ deviceId }) => deviceId),
          since,
        ],
      )
    },
  }
}
