import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** What lies in a `prisma/` folder. */
export interface MigrationsFolder {
  /** Absolute path of `prisma/`. */
  directory: string
  /** Absolute path of `prisma/migrations`. */
  migrationsDirectory: string
  /** Absolute path and text of `schema.prisma`. */
  schema: { path: string; content: string }
  /** The migrations in the order of their names, which is that of their making. */
  migrations: readonly Migration[]
  /** The text of `migration_lock.toml`, if there is one. */
  lockfile: string | undefined
}

/** One migration. */
export interface Migration {
  /** The name of its folder: `20261122151200_first`. */
  name: string
  /** The text of its `migration.sql`. */
  sql: string
  /** SHA-256 of the file in hex, as Prisma keeps it in `_prisma_migrations`. */
  checksum: string
}

/** Reads `schema.prisma` and `migrations/` of a `prisma/` folder. */
export function readMigrationsFolder(directory: string): MigrationsFolder {
  const path = resolve(directory, 'schema.prisma')
  const migrationsDirectory = resolve(directory, 'migrations')
  const lock = join(migrationsDirectory, 'migration_lock.toml')
  return {
    directory: resolve(directory),
    migrationsDirectory,
    schema: { path, content: readFileSync(path, 'utf8') },
    migrations: readMigrations(migrationsDirectory),
    lockfile: existsSync(lock) ? readFileSync(lock, 'utf8') : undefined,
  }
}

/** A fingerprint of all migrations: the same when, and only when, a database migrated by them is the same. */
export function migrationsFingerprint(folder: MigrationsFolder): string {
  const hash = createHash('sha256')
  for (const { name, checksum } of folder.migrations) hash.update(`${name}\0${checksum}\0`)
  return hash.digest('hex')
}

function readMigrations(directory: string): Migration[] {
  if (!existsSync(directory)) return []
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
    .map((name) => {
      const sql = readFileSync(join(directory, name, 'migration.sql'), 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    })
}
