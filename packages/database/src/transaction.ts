import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'

/** A transaction in progress. Use it within the callback alone. */
export interface Transaction {
  /** Sends one statement and answers its rows. */
  query<T extends object = Record<string, unknown>>(sql: string, params?: readonly unknown[]): Promise<T[]>
}

/** Options of `database.transaction`. */
export interface TransactionOptions {
  /** Default `READ COMMITTED`. */
  isolation?: 'READ COMMITTED' | 'REPEATABLE READ' | 'SERIALIZABLE'
  /** How often the callback runs at most when the server asks to try again. Default 3. */
  attempts?: number
}

const DEFAULT_ATTEMPTS = 3
const FIRST_PAUSE_MS = 10
// serialization_failure, deadlock_detected. https://www.postgresql.org/docs/18/errcodes-appendix.html
const TRY_AGAIN = new Set(['40001', '40P01'])

/** Runs `work` in a transaction of its own connection; again, after a random pause, when the server asks for it. */
export async function runTransaction<T>(
  pool: pg.Pool,
  work: (tx: Transaction) => Promise<T>,
  { isolation = 'READ COMMITTED', attempts = DEFAULT_ATTEMPTS }: TransactionOptions = {},
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await attemptTransaction(pool, work, isolation)
    } catch (error) {
      if (attempt >= attempts || !TRY_AGAIN.has(codeOf(error))) throw error
      await sleep(Math.random() * FIRST_PAUSE_MS * 2 ** attempt)
    }
  }
}

async function attemptTransaction<T>(
  pool: pg.Pool,
  work: (tx: Transaction) => Promise<T>,
  isolation: string,
) {
  const client = await pool.connect()
  // A connection that breaks between two statements says so here; the next statement then fails.
  const onError = () => {}
  client.on('error', onError)
  let broken: Error | undefined
  try {
    await client.query(`BEGIN ISOLATION LEVEL ${isolation}`)
    const result = await work({
      async query(sql, params = []) {
        if (broken) throw broken
        try {
          return (await client.query(sql, [...params])).rows
        } catch (error) {
          // Not the server's answer but its silence or its end: this connection is of no more use.
          if (error instanceof Error && codeOf(error) === '') broken = error
          throw error
        }
      },
    })
    const { command } = await client.query('COMMIT')
    // What the server answers when a statement failed before and `work` went on all the same.
    if (command === 'ROLLBACK')
      throw new Error('The transaction was rolled back: one of its statements had failed')
    return result
  } catch (error) {
    if (!broken) {
      await client.query('ROLLBACK').catch((cause: Error) => {
        broken = cause
      })
    }
    throw error
  } finally {
    client.off('error', onError)
    client.release(broken)
  }
}

/** The five-letter code of an error of the server (SQLSTATE), or an empty text. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}
