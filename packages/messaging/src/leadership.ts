import type { Queryable } from './outbox-table.ts'

/** The part of a pool that holds one connection for long. `database.pool` fits. */
export interface LeaderDatabase {
  pool: { connect(): Promise<LeaderClient> }
}

interface LeaderClient {
  query(sql: string, params: unknown[]): Promise<{ rows: unknown[] }>
  on(event: 'error', listener: (err: Error) => void): unknown
  release(destroy: boolean): void
}

/**
 * Runs `work` if no other process leads on this database, on a connection whose session holds an advisory
 * lock. Answers whether it did. The lock goes with the connection: when the process dies or the connection
 * breaks, another may lead at once; a former leader that does not know it yet repeats messages, no worse.
 * A session is needed, so a pooler in transaction mode must not stand between.
 */
export async function lead(
  database: LeaderDatabase,
  work: (db: Queryable) => Promise<void>,
): Promise<boolean> {
  const client = await database.pool.connect()
  // Without a listener a broken connection would end the process; the next statement reports it.
  client.on('error', () => undefined)
  let isLeader = false
  try {
    const { rows } = await client.query(
      `/* outbox relay */ SELECT pg_try_advisory_lock(hashtext('headcount outbox relay')) AS "isLeader"`,
      [],
    )
    isLeader = (rows[0] as { isLeader: boolean }).isLeader
    if (isLeader) {
      await work({
        query: async <Row extends object>(sql: string, params: unknown[]) =>
          (await client.query(sql, params)).rows as Row[],
      })
    }
  } finally {
    client.release(isLeader)
  }
  return isLeader
}
