import type pg from 'pg'
import { type MigrationsFolder, readMigrationsFolder } from './migrations-folder.ts'
import { withDatabase } from './server-databases.ts'

/** What {@link migrate} and its siblings work on. */
export interface MigrateOptions {
  /** The database. It is made when the server has none of that name. */
  url: string
  /** The `prisma/` folder: `schema.prisma` and `migrations/`. */
  directory: string
}

// Any number will do, as long as no other program on the server takes it and Prisma's own (72707369) differs.
const LOCK = 4_824_117
const LOCK_TIMEOUT_MS = 120_000

/**
 * Applies the migrations that the database lacks, in order, and answers their names. Idempotent; of several
 * processes that call it at once one works and the others wait. Each migration is applied whole or not at all,
 * also when the process is killed meanwhile: the next call tries it again.
 * @throws Error when the server cannot be used, when a migration fails, or when one has been changed since it was applied.
 */
export async function migrate({ url, directory }: MigrateOptions): Promise<{ applied: string[] }> {
  const folder = readMigrationsFolder(directory)
  return await withDatabase(url, async (client) => {
    if (isUpToDate(await readHistory(client), folder)) return { applied: [] }
    await client.query(`SET lock_timeout = ${LOCK_TIMEOUT_MS}`)
    await client.query('SELECT pg_advisory_lock($1)', [LOCK])
    const history = await readHistory(client)
    if (isUpToDate(history, folder)) return { applied: [] }
    refuseChanged(history, folder)
    // Loaded only here: most starts have nothing to do and need no engine.
    const { applyMigrations } = await import('./apply-migrations.ts')
    const unfinished = history.filter(({ isFinished }) => !isFinished).map(({ name }) => name)
    return { applied: await applyMigrations(url, folder, unfinished) }
  })
}

interface AppliedMigration {
  name: string
  checksum: string
  isFinished: boolean
}

async function readHistory(client: pg.Client): Promise<AppliedMigration[]> {
  const { rows: tables } = await client.query<{ isThere: boolean }>(
    `SELECT to_regclass('_prisma_migrations') IS NOT NULL AS "isThere"`,
  )
  if (!tables[0]?.isThere) return []
  const { rows } = await client.query<AppliedMigration>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS "isFinished"
       FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY migration_name COLLATE "C"`,
  )
  return rows
}

/** Whether exactly the migrations of the folder are applied, by name and checksum. */
function isUpToDate(history: readonly AppliedMigration[], { migrations }: MigrationsFolder): boolean {
  const isSame = ({ isFinished, name, checksum }: AppliedMigration, index: number) =>
    isFinished && name === migrations[index]?.name && checksum === migrations[index]?.checksum
  return history.length === migrations.length && history.every(isSame)
}

function refuseChanged(history: readonly AppliedMigration[], { migrations }: MigrationsFolder): void {
  for (const { name, checksum } of migrations) {
    const applied = history.find((row) => row.isFinished && row.name === name)
    if (applied && applied.checksum !== checksum) {
      throw new Error(
        `The migration ${name} was changed after it had been applied: restore it and write a new one`,
      )
    }
  }
}
