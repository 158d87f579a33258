import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { parameterOf } from './values.ts'

/**
 * A transaction in progress. Use it within the callback alone. Statements go out as they are given, in order, without
 * waiting for the answers to those before them: several that are not awaited in turn take one round trip.
 */
export interface Transaction {
  /** Sends one statement and answers its rows. */
  query<T extends object = Record<string, unknown>>(
    sql: string,
    params?: readonly unknown[],
    options?: StatementOptions,
  ): Promise<T[]>
  /**
   * Sends one statement whose rows nobody wants. What it fails with fails the transaction, at the latest when it ends: so
   * the last ones and the COMMIT take one round trip.
   */
  send(sql: string, params?: readonly unknown[], options?: StatementOptions): void
}

/** How a statement is sent. */
export interface StatementOptions {
  /** Its name: the server parses and plans it once a connection. For texts that are always the same. */
  readonly name?: string
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
  work: (tx: Transaction) => Promise<T> | T,
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
  work: (tx: Transaction) => Promise<T> | T,
  isolation: string,
) {
  const client = await pool.connect()
  // A connection that breaks between two statements says so here; the next statement then fails.
  const onError = () => {}
  client.on('error', onError)
  let broken: Error | undefined
  const sent: Promise<unknown>[] = []
  const ask = async (sql: string, params: readonly unknown[] = [], { name }: StatementOptions = {}) => {
    if (broken) throw broken
    try {
      return await client.query({ text: sql, values: params.map(parameterOf), ...(name && { name }) })
    } catch (error) {
      // Not the server's answer but its silence or its end: this connection is of no more use.
      if (error instanceof Error && codeOf(error) === '') broken = error
      throw error
    }
  }
  const send = (...statement: Parameters<typeof ask>) => {
    const answer = ask(...statement)
    // Looked at when the transaction ends, or never, where something else has failed before.
    answer.catch(() => {})
    sent.push(answer)
  }
  try {
    send(`BEGIN ISOLATION LEVEL ${isolation}`)
    const result = await work({
      query: async (...statement) => (await ask(...statement)).rows,
      send,
    })
    const commit = ask('COMMIT')
    commit.catch(() => {})
    await Promise.all(sent)
    const { command } = await commit
    // What the server answers when a statement failed before and `work` went on all the same.
    if (command === 'ROLLBACK')
      throw new Error('The transaction was rolled back: one of its statements had failed')
    return result
  } catch (error) {
    // What was sent fails before what is asked after it, and says why.
    const failed = (await Promise.allSettled(sent)).find(({ status }) => status === 'rejected')
    if (!broken) await ask('ROLLBACK').catch(() => {})
    throw failed?.status === 'rejected' ? failed.reason : error
  } finally {
    client.off('error', onError)
    client.release(broken)
  }
}

/** The five-letter code of an error of the server (SQLSTATE), or an empty text. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}
