import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../testing/index.ts'
import { migrate } from './migrate.ts'
import { databaseName, databaseUrl, withClient } from './server-databases.ts'

const EXAMPLE = join(import.meta.dirname, '../test/example/prisma')
const EXAMPLE_MIGRATIONS = ['20261122000000_first', '20261122000001_rules']

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

async function select(sql: string, params: unknown[] = []) {
  return await withClient(empty.url, async (client) => (await client.query(sql, params)).rows)
}

function addMigration(name: string, sql: string): void {
  mkdirSync(join(directory, 'migrations', name), { recursive: true })
  writeFileSync(join(directory, 'migrations', name, 'migration.sql'), sql)
}

test('a database that does not exist is made and gets every migration', async () => {
  const url = databaseUrl(empty.url, `${databaseName(empty.url)}_missing`)
  try {
    expect(await migrate({ url, directory })).toEqual({ applied: EXAMPLE_MIGRATIONS })
    const next = await withClient(url, (client) => client.query(`SELECT next_sequence('nobody') AS next`))
    expect(next.rows).toEqual([{ next: '1' }])
  } finally {
    await withClient(empty.url, (client) => client.query(`DROP DATABASE ${databaseName(url)} WITH (FORCE)`))
  }
})

test('a second call applies nothing, a new migration is applied alone', async () => {
  await migrate({ url: empty.url, directory })
  expect(await migrate({ url: empty.url, directory })).toEqual({ applied: [] })
  addMigration('20261122000002_more', 'CREATE TABLE more (id TEXT);')
  expect(await migrate({ url: empty.url, directory })).toEqual({ applied: ['20261122000002_more'] })
})

test('of four processes that migrate one missing database at once each ends well and each migration is applied once', async () => {
  const url = databaseUrl(empty.url, `${databaseName(empty.url)}_race`)
  const program = `
    const { migrate } = await import(${JSON.stringify(join(import.meta.dirname, 'index.ts'))})
    console.log(JSON.stringify((await migrate(${JSON.stringify({ url, directory })})).applied))`
  const node = () => promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program])
  try {
    const outputs = await Promise.all([node(), node(), node(), node()])
    const applied = outputs.flatMap(({ stdout }) => JSON.parse(stdout) as string[])
    expect(applied.sort()).toEqual(EXAMPLE_MIGRATIONS)
  } finally {
    await withClient(empty.url, (client) => client.query(`DROP DATABASE ${databaseName(url)} WITH (FORCE)`))
  }
})

test('a migration that another process is applying just now is waited for, not taken for broken off', async () => {
  await migrate({ url: empty.url, directory })
  addMigration('20261122000002_slow', 'CREATE TABLE slow (id TEXT); SELECT pg_sleep(1);')
  const first = migrate({ url: empty.url, directory })
  await expect
    .poll(() => select(`SELECT FROM _prisma_migrations WHERE finished_at IS NULL`), { timeout: 5_000 })
    .toHaveLength(1)
  expect(await migrate({ url: empty.url, directory })).toEqual({ applied: [] })
  expect(await first).toEqual({ applied: ['20261122000002_slow'] })
  expect(await select(`SELECT FROM _prisma_migrations WHERE rolled_back_at IS NOT NULL`)).toEqual([])
})

test('a migration that was changed after it had been applied is refused by name', async () => {
  await migrate({ url: empty.url, directory })
  addMigration('20261122000001_rules', 'SELECT 1;')
  await expect(migrate({ url: empty.url, directory })).rejects.toThrow(
    'The migration 20261122000001_rules was changed after it had been applied',
  )
})

test('a migration that fails leaves nothing behind and is applied by the next call once it is mended', async () => {
  addMigration('20261122000002_bad', 'CREATE TABLE half (id TEXT); SELECT 1 / 0;')
  await expect(migrate({ url: empty.url, directory })).rejects.toThrow('division by zero')
  expect(await select(`SELECT to_regclass('half') AS half`)).toEqual([{ half: null }])
  addMigration('20261122000002_bad', 'CREATE TABLE half (id TEXT);')
  expect(await migrate({ url: empty.url, directory })).toEqual({ applied: ['20261122000002_bad'] })
})

test('a migration that was begun by a process that died is applied by the next call', async () => {
  await migrate({ url: empty.url, directory })
  addMigration('20261122000002_more', 'CREATE TABLE more (id TEXT);')
  await select(
    `INSERT INTO _prisma_migrations (id, checksum, migration_name, applied_steps_count)
     VALUES (gen_random_uuid()::text, 'any', '20261122000002_more', 0)`,
  )
  expect(await migrate({ url: empty.url, directory })).toEqual({ applied: ['20261122000002_more'] })
})

test('a migration counts as finished from the moment its statements are committed', async () => {
  addMigration(
    '20261122000002_look',
    `CREATE TABLE more (id TEXT);
     CREATE FUNCTION stop() RETURNS TRIGGER LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the process died here'; END $$;
     CREATE TRIGGER after_finish BEFORE UPDATE ON _prisma_migrations FOR EACH ROW
       WHEN (NEW.applied_steps_count > OLD.applied_steps_count) EXECUTE FUNCTION stop();`,
  )
  await expect(migrate({ url: empty.url, directory })).rejects.toThrow('the process died here')
  expect(await migrate({ url: empty.url, directory })).toEqual({ applied: [] })
})

test('an index can be built concurrently', async () => {
  await migrate({ url: empty.url, directory })
  addMigration('20261122000002_index', 'CREATE INDEX CONCURRENTLY by_name ON person (name);')
  expect(await migrate({ url: empty.url, directory })).toEqual({ applied: ['20261122000002_index'] })
})

test('a server that cannot be reached is named with its reason, without the password', async () => {
  const failure = migrate({ url: 'postgres://me:secret@127.0.0.1:9/events', directory })
  await expect(failure).rejects.toThrow(
    'Cannot use the database "events" at 127.0.0.1:9 as "me": connect ECONNREFUSED 127.0.0.1:9',
  )
})
