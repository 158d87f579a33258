import { once } from 'node:events'
import { createServer } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../testing/index.ts'
import { isUnreachable } from './is-unreachable.ts'
import { type Database, openDatabase } from './open-database.ts'

const EXAMPLE = new URL('../test/example/prisma', import.meta.url).pathname

let real: TestDatabase
const open: Database[] = []
beforeEach(async () => {
  real = await createTestDatabase(EXAMPLE)
})
afterEach(async () => {
  await Promise.all(open.splice(0).map((database) => database.close()))
  await real.drop()
})

function databaseAt(url: string): Database {
  const database = openDatabase({ url, connectTimeoutMs: 300 })
  open.push(database)
  return database
}

const failureOf = (work: Promise<unknown>) => work.then(() => undefined).catch((error: unknown) => error)

test('a database that nobody serves is unreachable', async () => {
  const failure = await failureOf(databaseAt('postgres://a:b@127.0.0.1:9/c').query('SELECT 1'))
  expect(isUnreachable(failure)).toBe(true)
})

test('one that says nothing is unreachable', async () => {
  const server = createServer(() => {}).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  const failure = await failureOf(databaseAt(`postgres://a:b@127.0.0.1:${port}/c`).query('SELECT 1'))
  server.close()
  expect(isUnreachable(failure)).toBe(true)
})

test('a statement or a transaction whose connection is ended by the server is unreachable', async () => {
  const database = databaseAt(real.url)
  const end = 'SELECT pg_terminate_backend(pg_backend_pid())'
  expect(isUnreachable(await failureOf(database.query(end)))).toBe(true)
  const inside = database.transaction(async (tx) => {
    await tx.query(end).catch(() => {})
    await tx.query('SELECT 1')
  })
  expect(isUnreachable(await failureOf(inside))).toBe(true)
})

test('a server that is starting is unreachable, also by what Prisma makes of it', () => {
  const said =
    'Invalid `prisma.event.findMany()` invocation:\n\n\nDatabase error. Code: `57P03`. Message: `starting up`'
  expect(isUnreachable(new Error(said))).toBe(true)
  expect(isUnreachable(new Error(said.replace('57P03', '23505')))).toBe(false)
})

test('what the database itself refuses is no such error', async () => {
  const database = databaseAt(real.url)
  for (const sql of ['SELEC', 'SELECT 1 / 0', 'SELECT * FROM nothing_of_that_name'])
    expect(isUnreachable(await failureOf(database.query(sql)))).toBe(false)
  expect(isUnreachable(new Error('no'))).toBe(false)
})
