import type { MigrateOptions } from './migrate.ts'
import { readMigrationsFolder } from './migrations-folder.ts'
import { withLockfile } from './new-migration.ts'
import { EVERYTHING, migrationList, schemaFiles, withSchemaEngine } from './schema-engine.ts'
import { withScratchDatabase } from './server-databases.ts'

const DIFFERENT = 2

/**
 * Compares the migrations with `schema.prisma`. `url` names any server on which databases may be made; the one in
 * its path is not touched.
 * @returns the SQL that the migrations lack, or undefined when they lead exactly to the schema.
 */
export async function checkMigrations({ url, directory }: MigrateOptions): Promise<string | undefined> {
  const folder = withLockfile(readMigrationsFolder(directory))
  const { exitCode, stdout } = await withScratchDatabase(url, (scratchUrl) =>
    withSchemaEngine(scratchUrl, folder, (engine) =>
      engine.diff({
        from: { tag: 'migrations', ...migrationList(folder) },
        to: { tag: 'schemaDatamodel', ...schemaFiles(folder) },
        script: true,
        exitCode: true,
        filters: EVERYTHING,
      }),
    ),
  )
  return exitCode === DIFFERENT ? (stdout ?? '') : undefined
}
