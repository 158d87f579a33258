import type { Database } from '@headcount/database'

/** Wrong passwords by address, as a debt that is paid off with time. */
export interface SignInFailureStore {
  /** When the last failure is forgotten; undefined where there is none. */
  paidOffAt(emailHash: string): Promise<Date | undefined>
  /** Adds one failure, which takes `costMs` to be forgotten after those before it. */
  add(emailHash: string, now: Date, costMs: number): Promise<void>
  /** Forgets all failures of an address. */
  clear(emailHash: string): Promise<void>
}

/** Reads and writes wrong passwords. */
export function createSignInFailureStore(database: Database): SignInFailureStore {
  return {
    async paidOffAt(emailHash) {
      const sql = 'SELECT paid_off_at AS "paidOffAt" FROM sign_in_failures WHERE email_hash = $1'
      const [row] = await database.query<{ paidOffAt: Date }>(sql, [emailHash])
      return row?.paidOffAt
    },
    async add(emailHash, now, costMs) {
      await database.query(
        `INSERT INTO sign_in_failures (email_hash, paid_off_at)
         VALUES ($1, $2::timestamptz + make_interval(secs => $3::float8 / 1000))
         ON CONFLICT (email_hash) DO UPDATE SET paid_off_at =
           GREATEST(sign_in_failures.paid_off_at, $2::timestamptz) + make_interval(secs => $3::float8 / 1000)`,
        [emailHash, now, costMs],
      )
    },
    async clear(emailHash) {
      await database.query('DELETE FROM sign_in_failures WHERE email_hash = $1', [emailHash])
    },
  }
}
