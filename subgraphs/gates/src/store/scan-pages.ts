import type { Database } from '@headcount/database'
import { type KeyOf, keysetCondition, type Page } from '@headcount/paging'
import type { ScanOutcome, ScanRow } from '../domain/ledger.ts'
import { listedKinds, type RawScan, scanColumns, scanOf } from './ledger-rows.ts'
import { listsInOrder } from './order.ts'
import type { EventKey } from './rows.ts'

/** The order of an event's attempts: the latest first. */
export const scanList = { name: 'scans', key: ['integer'] } as const
/** The order of a credential's attempts: the latest first; over events by the time of receipt. */
export const credentialScanList = { name: 'credential-scans', key: ['integer', 'text'] } as const

/** The position of an attempt in its event's list. */
export function keyOfEventScan(row: ScanRow): KeyOf<typeof scanList.key> {
  return [row.ledgerSeq]
}

/** The position of an attempt in its credential's list. */
export function keyOfCredentialScan(row: ScanRow): KeyOf<typeof credentialScanList.key> {
  return [row.ledgerSeq, row.eventId]
}

/** Which attempts of an event. */
export interface ScanFilterRow {
  readonly gateId?: string | null | undefined
  readonly deviceId?: string | null | undefined
  readonly outcome?: ScanOutcome | null | undefined
  readonly reason?: readonly string[] | null | undefined
}

/** A page of attempts of one credential. */
export interface CredentialScanPage {
  readonly credentialId: string
  readonly page: Page<typeof credentialScanList.key>
}

/** The reads of lists of attempts. */
export function scanPages(database: Database) {
  return {
    async scanPage(key: EventKey, filter: ScanFilterRow, page: Page<typeof scanList.key>) {
      const params: unknown[] = [key.organizationId, key.eventId]
      const conditions = [`organization_id = $1`, `event_id = $2`, listedKinds]
      const where = (column: string, value: unknown) => {
        params.push(value)
        conditions.push(
          `${column} = ${Array.isArray(value) ? `ANY ($${params.length})` : `$${params.length}`}`,
        )
      }
      if (filter.gateId != null) where('gate_id', filter.gateId)
      if (filter.deviceId != null) where('device_id', filter.deviceId)
      if (filter.outcome != null) where('outcome', filter.outcome)
      // A reason is a refusal's: saying so lets the index over outcomes find it.
      else if (filter.reason != null) where('outcome', 'REJECTED')
      if (filter.reason != null) where('reason', filter.reason)
      const after = keysetCondition(page, ['ledger_seq'], {
        firstPlaceholder: params.length + 1,
        descending: true,
      })
      params.push(...after.params, page.limit)
      // What lies behind a cursor was there when the cursor was given out, so a copy has it too.
      const read = page.after === undefined ? database.query : database.read
      const rows = await read<RawScan>(
        `SELECT ${scanColumns} FROM ledger WHERE ${conditions.join(' AND ')} AND ${after.sql}
         ORDER BY ledger_seq DESC LIMIT $${params.length}`,
        params,
      )
      return rows.map(scanOf)
    },
    /** Pages of attempts of many credentials, all with the same bounds, in one statement. */
    async scansOfCredentials(organizationId: string, pages: readonly CredentialScanPage[]) {
      const rows = await database.query<RawScan & { askedAs: number }>(
        `SELECT asked.position::int AS "askedAs", found.*
         FROM unnest($2::text[], $3::int[], $4::text[], $5::int[])
           WITH ORDINALITY AS asked (credential_id, after_seq, after_event, first, position),
         LATERAL (SELECT ${scanColumns} FROM ledger
           WHERE credential_id = asked.credential_id AND organization_id = $1 AND ${listedKinds}
             AND (asked.after_seq IS NULL OR (ledger_seq, event_id) < (asked.after_seq, asked.after_event))
           ORDER BY ledger_seq DESC, event_id DESC LIMIT asked.first) found
         ORDER BY asked.position, found."ledgerSeq" DESC, found."eventId" DESC`,
        [
          organizationId,
          pages.map(({ credentialId }) => credentialId),
          pages.map(({ page }) => page.after?.[0] ?? null),
          pages.map(({ page }) => page.after?.[1] ?? null),
          pages.map(({ page }) => page.limit),
        ],
      )
      const positions = pages.map((_, index) => String(index + 1))
      const lists = listsInOrder(positions, rows, (row) => String(row.askedAs))
      return lists.map((list) => list.map(({ askedAs: _, ...raw }) => scanOf(raw)))
    },
  }
}
