import { join } from 'node:path'
import { expect, test } from 'vitest'
import { databaseUrl, withClient } from '../src/server-databases.ts'
import { createTestDatabase } from './create-test-database.ts'

const EXAMPLE = join(import.meta.dirname, '../test/example/prisma')

test('databases that are asked for at once are migrated, separate, and gone when dropped', async () => {
  const databases = await Promise.all(Array.from({ length: 4 }, () => createTestDatabase(EXAMPLE)))
  const people = (url: string) =>
    withClient(url, async (client) => (await client.query('SELECT id FROM person')).rowCount)
  const [first, ...others] = databases
  if (!first) throw new Error('none was made')
  await withClient(first.url, (client) =>
    client.query(`INSERT INTO person (id, organization_id, name) VALUES ('a', 'org_1', 'a')`),
  )
  expect(await people(first.url)).toBe(1)
  expect(await Promise.all(others.map(({ url }) => people(url)))).toEqual([0, 0, 0])

  await Promise.all(databases.map((database) => database.drop()))
  await expect(people(first.url)).rejects.toMatchObject({ code: '3D000' })
  const template = await withClient(databaseUrl(first.url, 'postgres'), async (client) => {
    return (await client.query(`SELECT datname FROM pg_database WHERE datname LIKE 'template\\__%'`)).rows
  })
  expect(template.length).toBeGreaterThan(0)
})

test('a copy takes well under a second', async () => {
  await (await createTestDatabase(EXAMPLE)).drop()
  const start = performance.now()
  const database = await createTestDatabase(EXAMPLE)
  expect(performance.now() - start).toBeLessThan(1_000)
  await database.drop()
})
