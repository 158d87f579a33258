import { setTimeout as sleep } from 'node:timers/promises'
import { serviceNames } from './home.ts'
import { openSql, type Sql } from './ledger.ts'
import type { Headcount } from './start-headcount.ts'

/** Everything that the services have stored: table → number of rows and a sum over their contents. */
export type Stored = Readonly<Record<string, string>>

/** Looks at what the services have stored. */
export interface StoredRows {
  read(): Promise<Stored>
  /** The same, once messages that are under way have arrived. */
  readSettled(): Promise<Stored>
  close(): Promise<void>
}

// What waits in the outbox stands elsewhere too, and leaves by itself. A wrong password and the answer to an idempotency
// key are remembered on purpose, whatever became of the request.
const PASSING = ['outbox', 'sign_in_failures', 'idempotency_keys', '_prisma_migrations']
const QUIET_MS = 300
const SETTLED_WITHIN_MS = 15_000

/** Opens the databases of a platform. */
export async function openStoredRows(headcount: Pick<Headcount, 'databaseUrl'>): Promise<StoredRows> {
  const databases: { service: string; sql: Sql; text: string }[] = []
  for (const service of serviceNames) {
    const sql = await openSql(headcount.databaseUrl(service))
    databases.push({ service, sql, text: await contentsOf(sql) })
  }
  const read = async () => {
    const all = await Promise.all(
      databases.map(async ({ service, sql, text }) => {
        const rows = await sql.query<{ name: string; rows: string; sum: string | null }>(text)
        return rows.map(({ name, rows: count, sum }) => [`${service}.${name}`, `${count} rows, ${sum}`])
      }),
    )
    return Object.fromEntries(all.flat()) as Stored
  }
  return {
    read,
    async readSettled() {
      const until = performance.now() + SETTLED_WITHIN_MS
      for (let before = await read(); ; ) {
        await sleep(QUIET_MS)
        const now = await read()
        if (JSON.stringify(now) === JSON.stringify(before)) return now
        if (performance.now() > until) throw new Error('The databases do not come to rest.')
        before = now
      }
    },
    close: async () => void (await Promise.all(databases.map(({ sql }) => sql.close()))),
  }
}

/** One statement over all tables of a database. */
async function contentsOf(sql: Sql): Promise<string> {
  const tables = await sql.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`,
  )
  return tables
    .filter(({ name }) => !PASSING.includes(name))
    .map(
      ({ name }) =>
        `SELECT '${name}' AS name, count(*)::text AS rows, sum(hashtextextended(one::text, 0)::numeric)::text AS sum FROM "${name}" AS one`,
    )
    .join(' UNION ALL ')
}
