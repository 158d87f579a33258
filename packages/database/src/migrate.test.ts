import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../testing/index.ts'
import { checkMigrations } from './check-migrations.ts'
import { migrate } from './migrate.ts'
import { newMigration } from './new-migration.ts'
import { databaseUrl, withClient } from './server-databases.ts'

const EXAMPLE = new URL('../test/example/prisma', import.meta.url).pathname
const NICKNAME = '  nickname String?\n}'

let directory: string
let empty: TestDatabase

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'prisma-'))
  cpSync(EXAMPLE, directory, { recursive: true })
  empty = await createTestDatabase()
})

afterEach(async () => {
  rmSync(directory, { recursive: true, force: true })
  await empty.drop()
})

const tables = (url: string) =>
  withClient(url, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1`,
    )
    return rows.map(({ name }) => name)
  })

function changeSchema(): void {
  const file = join(directory, 'schema.prisma')
  writeFileSync(file, readFileSync(file, 'utf8').replace(/\n}\s*$/, `\n${NICKNAME}\n`))
}

test('migrate makes a missing database and applies every migration once', async () => {
  const url = databaseUrl(empty.url, `missing_${Date.now()}`)
  try {
    expect((await migrate({ url, directory })).applied).toEqual([
      '20261122000000_first',
      '20261122000001_rules',
    ])
    expect(await tables(url)).toEqual(['_prisma_migrations', 'person', 'visit'])
    expect((await migrate({ url, directory })).applied).toEqual([])
  } finally {
    await withClient(empty.url, (client) => client.query(`DROP DATABASE ${new URL(url).pathname.slice(1)}`))
  }
})
