import type { Database } from '@headcount/database'
import type { SigningKeyRow } from './rows.ts'

// Any number will do that nothing else on this database takes: one process at a time makes or rotates keys.
const LOCK = 5_281_907

const columns = `id, public_key AS "publicKey", sealed_private_key AS "sealedPrivateKey", state, created_at AS "createdAt",
  current_since AS "currentSince", published_until AS "publishedUntil"`

/** Key pairs that sign access tokens. */
export interface SigningKeyStore {
  all(): Promise<SigningKeyRow[]>
  /** Replaces the keys by what `plan` makes of them, one process at a time; answers them. `plan` may run again. */
  change(
    plan: (keys: readonly SigningKeyRow[]) => readonly SigningKeyRow[],
  ): Promise<readonly SigningKeyRow[]>
}

/** Reads and writes signing keys. */
export function createSigningKeyStore(database: Database): SigningKeyStore {
  return {
    all: () => database.query<SigningKeyRow>(`SELECT ${columns} FROM signing_keys`),
    change: (plan) =>
      database.transaction(async (tx) => {
        await tx.query('SELECT pg_advisory_xact_lock($1)', [LOCK])
        const before = await tx.query<SigningKeyRow>(`SELECT ${columns} FROM signing_keys`)
        const after = plan(before)
        await tx.query('DELETE FROM signing_keys WHERE NOT id = ANY($1)', [after.map(({ id }) => id)])
        for (const key of after) {
          await tx.query(
            `INSERT INTO signing_keys
               (id, public_key, sealed_private_key, state, created_at, current_since, published_until)
             VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (id) DO UPDATE SET state = EXCLUDED.state, current_since = EXCLUDED.current_since,
               published_until = EXCLUDED.published_until`,
            [
              key.id,
              key.publicKey,
              key.sealedPrivateKey,
              key.state,
              key.createdAt,
              key.currentSince,
              key.publishedUntil,
            ],
          )
        }
        return after
      }),
  }
}
