import type { Database } from '@headcount/database'
import { type KeyOf, keysetCondition, type Page } from '@headcount/paging'
import type { Actor } from '../domain/attempt.ts'
import type { ChangeKind, ScanKind } from '../domain/ledger.ts'
import type { EventKey } from './rows.ts'

/** The order of an event's ledger: the latest first. */
export const ledgerList = { name: 'ledger', key: ['integer'] } as const

/** A row of the ledger as those see it who look at all of it. */
export interface LedgerEntryRow {
  readonly eventId: string
  readonly ledgerSeq: number
  readonly kind: ScanKind | ChangeKind
  readonly recordedAt: Date
  readonly actorKind: Actor['kind']
  readonly actorId: string
  readonly gateId: string | null
  readonly scanId: string | null
  readonly reason: string | null
  readonly bodies: number | null
}

/** The position of a row in its event's ledger. */
export function keyOfEntry({ ledgerSeq }: LedgerEntryRow): KeyOf<typeof ledgerList.key> {
  return [ledgerSeq]
}

/** What people said later of an attempt. */
export interface SecondWords {
  readonly undo?: LedgerEntryRow | undefined
  readonly decision?: LedgerEntryRow | undefined
}

const entryColumns = `event_id AS "eventId", ledger_seq AS "ledgerSeq", kind, recorded_at AS "recordedAt",
  actor_kind AS "actorKind", actor_id AS "actorId", gate_id AS "gateId", scan_id AS "scanId",
  coalesce(override_reason, detail->>'note', detail->>'reason') AS reason, bodies`

/** The reads of whole ledgers. */
export function ledgerEntryReads(database: Database) {
  return {
    async ledgerPage(key: EventKey, kinds: readonly string[] | null, page: Page<typeof ledgerList.key>) {
      const after = keysetCondition(page, ['ledger_seq'], { firstPlaceholder: 4, descending: true })
      const read = page.after === undefined ? database.query : database.read
      return read<LedgerEntryRow>(
        `SELECT ${entryColumns} FROM ledger WHERE organization_id = $1 AND event_id = $2
           AND ($3::text[] IS NULL OR kind = ANY ($3)) AND ${after.sql}
         ORDER BY ledger_seq DESC LIMIT $${4 + after.params.length}`,
        [key.organizationId, key.eventId, kinds, ...after.params, page.limit],
      )
    },
    /** Rows by their numbers, in that order; undefined where there is none. */
    async ledgerEntries(
      organizationId: string,
      keys: readonly { readonly eventId: string; readonly ledgerSeq: number }[],
    ): Promise<(LedgerEntryRow | undefined)[]> {
      const rows = await database.query<LedgerEntryRow>(
        `SELECT ${entryColumns} FROM ledger WHERE organization_id = $1
           AND (event_id, ledger_seq) IN (SELECT * FROM unnest($2::text[], $3::int[]))`,
        [organizationId, keys.map(({ eventId }) => eventId), keys.map(({ ledgerSeq }) => ledgerSeq)],
      )
      return keys.map((key) =>
        rows.find((row) => row.eventId === key.eventId && row.ledgerSeq === key.ledgerSeq),
      )
    },
    /** What people said later of attempts, by scanIds, in their order. */
    async secondWords(organizationId: string, scanIds: readonly string[]): Promise<SecondWords[]> {
      // Row by row (LIMIT): Postgres takes every attempt to have a second word, and would read whole months for a page.
      const rows = await database.query<LedgerEntryRow>(
        `SELECT said.* FROM attempts AS head
         CROSS JOIN LATERAL (VALUES (undo_seq, undo_recorded_at), (link_seq, link_recorded_at)) AS word (seq, at)
         CROSS JOIN LATERAL (SELECT ${entryColumns} FROM ledger WHERE ledger.event_id = head.event_id
           AND ledger_seq = word.seq AND recorded_at = word.at AND kind IN ('UNDO', 'COUNTED', 'DISMISSED') LIMIT 1) AS said
         WHERE head.organization_id = $1 AND head.scan_id = ANY ($2) AND word.seq IS NOT NULL`,
        [organizationId, scanIds],
      )
      return scanIds.map((scanId) => {
        const said = rows.filter((row) => row.scanId === scanId)
        return {
          undo: said.find(({ kind }) => kind === 'UNDO'),
          decision: said.find(({ kind }) => kind !== 'UNDO'),
        }
      })
    },
  }
}
