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
 * processes that call it at once one works and the others wait.
 * @throws Error when a migration fails, or when one that was applied has been changed since.
 */
export async function migrate({ url, directory }: MigrateOptions): Promise<{ applied: string[] }> {
  const folder = readMigrationsFolder(directory)
  return await withDatabase(url, async (client) => {
    if (await isUpToDate(client, folder)) return { applied: [] }
    await client.query(`SET lock_timeout = ${LOCK_TIMEOUT_MS}`)
    await client.query('SELECT pg_advisory_lock($1)', [LOCK])
    if (await isUpToDate(client, folder)) return { applied: [] }
    // Loaded only here: most starts have nothing to do and need no engine.
    const { EVERYTHING, migrationList, withSchemaEngine } = await import('./schema-engine.ts')
    const { appliedMigrationNames } = await withSchemaEngine(url, folder, (engine) =>
      engine.applyMigrations({ migrationsList: migrationList(folder), filters: EVERYTHING }),
    )
    return { applied: appliedMigrationNames }
  })
}

/** Whether exactly the migrations of the folder are applied, by name and checksum. */
async function isUpToDate(client: pg.Client, folder: MigrationsFolder): Promise<boolean> {
  const { rows: tables } = await client.query<{ found: boolean }>(
    `SELECT to_regclass('_prisma_migrations') IS NOT NULL AS found`,
  )
  if (!tables[0]?.found) return false
  const { rows } = await client.query<{ name: string; checksum: string; finished: boolean }>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
       FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY migration_name COLLATE "C"`,
  )
  const { migrations } = folder
  return (
    rows.length === migrations.length &&
    rows.every(
      (row, index) =>
        row.finished && row.name === migrations[index]?.name && row.checksum === migrations[index]?.checksum,
    )
  )
}
