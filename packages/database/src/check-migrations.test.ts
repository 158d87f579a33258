import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../testing/index.ts'
import { checkMigrations } from './check-migrations.ts'
import { migrate } from './migrate.ts'
import { newMigration } from './new-migration.ts'
import { withClient } from './server-databases.ts'

const EXAMPLE = join(import.meta.dirname, '../test/example/prisma')

let directory: string
let database: TestDatabase

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'prisma-'))
  cpSync(EXAMPLE, directory, { recursive: true })
  database = await createTestDatabase()
})

afterEach(async () => {
  rmSync(directory, { recursive: true, force: true })
  await database.drop()
})

function plantChange(): void {
  const file = join(directory, 'schema.prisma')
  const schema = readFileSync(file, 'utf8')
  writeFileSync(
    file,
    schema.replace('  visits         Visit[]\n', '  visits         Visit[]\n  nickname String?\n'),
  )
}

test('migrations that lead to the schema pass', async () => {
  expect(await checkMigrations({ url: database.url, directory })).toBeUndefined()
  expect(await newMigration({ url: database.url, directory, name: 'nothing' })).toBeUndefined()
})

test('a change of the schema without a migration is found, and the SQL that is missing shown', async () => {
  plantChange()
  expect(await checkMigrations({ url: database.url, directory })).toContain('ADD COLUMN     "nickname" TEXT')
})

test('the migration that newMigration writes is what the check missed, and can be applied', async () => {
  await migrate({ url: database.url, directory })
  plantChange()
  const file = await newMigration({ url: database.url, directory, name: 'add_nickname' })
  expect(file).toMatch(/migrations\/\d{14}_add_nickname\/migration\.sql$/)
  expect(await checkMigrations({ url: database.url, directory })).toBeUndefined()
  expect((await migrate({ url: database.url, directory })).applied).toHaveLength(1)
})

test('a schema without any migration gets its first one', async () => {
  rmSync(join(directory, 'migrations'), { recursive: true })
  await newMigration({ url: database.url, directory, name: 'first' })
  expect(await checkMigrations({ url: database.url, directory })).toBeUndefined()
  expect((await migrate({ url: database.url, directory })).applied).toHaveLength(1)
})

test('the server is left as it was: no database of the check remains, the named one stays empty', async () => {
  plantChange()
  await checkMigrations({ url: database.url, directory })
  await newMigration({ url: database.url, directory, name: 'add_nickname' })
  // A backend ends a moment after its client has left, and other files of the run check migrations on this server too.
  await vi.waitFor(
    async () => {
      const [left] = await withClient(database.url, async (client) => {
        const { rows } = await client.query(
          `SELECT (SELECT count(*)::int FROM pg_tables WHERE schemaname = 'public') AS tables,
                  (SELECT count(*)::int FROM pg_stat_activity WHERE datname ~ '^(shadow|scratch)_') AS connections`,
        )
        return rows
      })
      expect(left).toEqual({ tables: 0, connections: 0 })
    },
    { timeout: 20_000, interval: 100 },
  )
})

test('a mistake in schema.prisma is reported with its line', async () => {
  const file = join(directory, 'schema.prisma')
  writeFileSync(file, readFileSync(file, 'utf8').replace('name           String', 'name           Strin'))
  const failure = checkMigrations({ url: database.url, directory })
  await expect(failure).rejects.toThrow(/Strin[\s\S]*schema\.prisma:13/)
})
