import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SchemaEngine } from '@prisma/schema-engine-wasm'
import type { MigrateOptions } from './migrate.ts'
import { type MigrationsFolder, readMigrationsFolder } from './migrations-folder.ts'
import { EVERYTHING, migrationList, schemaFiles, withSchemaEngine } from './schema-engine.ts'
import { withScratchDatabase } from './server-databases.ts'

const LOCKFILE = `# Written by db:migrate:new. Kept in version control.
provider = "postgresql"
`

/**
 * Writes the migration that leads from the existing ones to `schema.prisma`, without applying it. `url` names any
 * server on which databases may be made; the one in its path is not touched.
 * @returns the path of the new `migration.sql`, or undefined when nothing has changed.
 */
export async function newMigration({
  url,
  directory,
  name,
}: MigrateOptions & { name: string }): Promise<string | undefined> {
  const folder = withLockfile(readMigrationsFolder(directory))
  const created = await withScratchDatabase(url, (scratchUrl) =>
    withSchemaEngine(scratchUrl, folder, (engine) => createMigration(engine, folder, name)),
  )
  if (created.migrationScript === null) return undefined
  const target = join(folder.migrationsDirectory, created.generatedMigrationName)
  mkdirSync(target, { recursive: true })
  writeFileSync(join(folder.migrationsDirectory, 'migration_lock.toml'), LOCKFILE)
  const file = join(target, 'migration.sql')
  writeFileSync(file, created.migrationScript)
  return file
}

async function createMigration(engine: SchemaEngine, folder: MigrationsFolder, name: string) {
  const migrationsList = migrationList(folder)
  // The engine compares with a shadow database, which it keeps from this call on a database that is up to date.
  await engine.applyMigrations({ migrationsList, filters: EVERYTHING })
  await engine.devDiagnostic({ migrationsList, filters: EVERYTHING })
  return await engine.createMigration({
    draft: false,
    migrationName: name,
    migrationsList,
    schema: schemaFiles(folder),
    filters: EVERYTHING,
  })
}

/** Without the lock file the engine does not know which database the migrations are for. */
export function withLockfile(folder: MigrationsFolder): MigrationsFolder {
  return { ...folder, lockfile: folder.lockfile ?? LOCKFILE }
}
