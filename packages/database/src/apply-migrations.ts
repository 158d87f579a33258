import type { MigrationsFolder } from './migrations-folder.ts'
import { EVERYTHING, migrationList, withSchemaEngine } from './schema-engine.ts'

/**
 * Applies what the database lacks. `unfinished` names migrations that an earlier call began and did not end,
 * because they failed or its process died. The server has undone them; the engine wants to be told so.
 */
export async function applyMigrations(
  url: string,
  folder: MigrationsFolder,
  unfinished: readonly string[],
): Promise<string[]> {
  return await withSchemaEngine(url, folder, async (engine) => {
    for (const migrationName of unfinished) await engine.markMigrationRolledBack({ migrationName })
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList: migrationList(folder),
      filters: EVERYTHING,
    })
    return appliedMigrationNames
  })
}
