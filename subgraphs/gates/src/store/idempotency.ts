import type { Database, Transaction } from '@headcount/database'
import type { Keyed } from '../domain/second-word.ts'

const KEPT_MS = 24 * 3_600_000

/** What was done under a key. */
export interface AnsweredKey {
  readonly eventId: string
  readonly ledgerSeq: number
}

/** What {@link rememberKey} fails with: division_by_zero. https://www.postgresql.org/docs/18/errcodes-appendix.html */
export const KEY_TAKEN = '22012'

/** Notes what was done under a key, in the transaction that does it. Fails ({@link KEY_TAKEN}) where another was faster. */
export function rememberKey(
  tx: Transaction,
  keyed: Keyed,
  { eventId, ledgerSeq, at }: AnsweredKey & { readonly at: Date },
): void {
  tx.send(
    `INSERT INTO idempotency_keys AS kept (organization_id, principal, key, body_hash, event_id, ledger_seq, recorded_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (organization_id, principal, key) DO UPDATE SET body_hash = excluded.body_hash,
       event_id = excluded.event_id, ledger_seq = excluded.ledger_seq, recorded_at = excluded.recorded_at
     WHERE 1 / (kept.recorded_at < $8)::int = 1`,
    [
      ...[keyed.organizationId, keyed.principal, keyed.key, keyed.bodyHash, eventId, ledgerSeq, at],
      new Date(at.getTime() - KEPT_MS),
    ],
  )
}

/** The reads of idempotency keys. */
export function idempotencyReads(database: Database) {
  return {
    /** What was done under this key within 24 hours; undefined = nothing. */
    async answeredTo(keyed: Keyed, now: Date): Promise<AnsweredKey | 'other body' | undefined> {
      const [row] = await database.query<AnsweredKey & { bodyHash: string }>(
        `SELECT event_id AS "eventId", ledger_seq AS "ledgerSeq", body_hash AS "bodyHash" FROM idempotency_keys
         WHERE organization_id = $1 AND principal = $2 AND key = $3 AND recorded_at >= $4`,
        [keyed.organizationId, keyed.principal, keyed.key, new Date(now.getTime() - KEPT_MS)],
      )
      if (!row) return undefined
      return row.bodyHash === keyed.bodyHash ? row : 'other body'
    },
    /** Forgets keys that are older than 24 hours; how many. */
    async forgetKeys(now: Date): Promise<number> {
      const rows = await database.query(`DELETE FROM idempotency_keys WHERE recorded_at < $1 RETURNING 1`, [
        new Date(now.getTime() - KEPT_MS),
      ])
      return rows.length
    },
  }
}
