import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../testing/index.ts'
import { type Database, openDatabase } from './open-database.ts'
import type { Transaction } from './transaction.ts'

let server: TestDatabase
let database: Database

beforeAll(async () => {
  server = await createTestDatabase()
  database = openDatabase({ url: server.url, maxConnections: 4 })
  await database.query('CREATE TABLE counter (id INT PRIMARY KEY, value INT NOT NULL)')
})

beforeEach(async () => {
  await database.query('TRUNCATE counter')
  await database.query('INSERT INTO counter VALUES (1, 0), (2, 0)')
})

afterAll(async () => {
  await database.close()
  await server.drop()
})

const values = async () => {
  const rows = await database.query<{ value: number }>('SELECT value FROM counter ORDER BY id')
  return rows.map(({ value }) => value)
}

const add = (tx: Transaction, id: number) =>
  tx.query('UPDATE counter SET value = value + 1 WHERE id = $1', [id])

test('what a transaction did is kept when it resolves and gone when it throws', async () => {
  const rows = await database.transaction((tx) =>
    tx.query('UPDATE counter SET value = 1 WHERE id = 1 RETURNING value'),
  )
  expect(rows).toEqual([{ value: 1 }])
  const failing = database.transaction(async (tx) => {
    await add(tx, 2)
    throw new Error('changed my mind')
  })
  await expect(failing).rejects.toThrow('changed my mind')
  expect(await values()).toEqual([1, 0])
})

test('a transaction that swallowed a failed statement is not mistaken for a committed one', async () => {
  const swallowing = database.transaction(async (tx) => {
    await add(tx, 1)
    await tx.query('SELECT 1 / 0').catch(() => {})
  })
  await expect(swallowing).rejects.toThrow('The transaction was rolled back')
  expect(await values()).toEqual([0, 0])
})

test('serialization failures are tried again until every transaction has its turn', async () => {
  const raise = () =>
    database.transaction(
      async (tx) => {
        const [row] = await tx.query<{ value: number }>('SELECT value FROM counter WHERE id = 1')
        await tx.query('UPDATE counter SET value = $1 WHERE id = 1', [(row?.value ?? 0) + 1])
      },
      { isolation: 'SERIALIZABLE', attempts: 20 },
    )
  await Promise.all([raise(), raise(), raise(), raise()])
  expect(await values()).toEqual([4, 0])
})

test('of two transactions in a deadlock both succeed in the end', async () => {
  let arrived = 0
  let attempts = 0
  const both = async (first: number, second: number) =>
    await database.transaction(async (tx) => {
      attempts++
      await add(tx, first)
      arrived++
      while (arrived < 2) await new Promise((resolve) => setTimeout(resolve, 5))
      await add(tx, second)
    })
  await Promise.all([both(1, 2), both(2, 1)])
  expect(await values()).toEqual([2, 2])
  expect(attempts).toBeGreaterThan(2)
})

test('a transaction is tried three times at most, and only when the server asks for it', async () => {
  let attempts = 0
  const fail = (code: string) =>
    database.transaction(async (tx) => {
      attempts++
      await tx.query(`DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '${code}'; END $$`)
    })
  await expect(fail('40001')).rejects.toMatchObject({ code: '40001' })
  expect(attempts).toBe(3)
  attempts = 0
  await expect(fail('23505')).rejects.toMatchObject({ code: '23505' })
  expect(attempts).toBe(1)
})

test('a connection that is lost in the middle fails its transaction and is not used again', async () => {
  const failing = database.transaction(async (tx) => {
    await add(tx, 1)
    const [row] = await tx.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
    await database.query('SELECT pg_terminate_backend($1, 1000)', [row?.pid])
    await add(tx, 2)
  })
  await expect(failing).rejects.toThrow()
  await Promise.all(Array.from({ length: 8 }, () => database.ping()))
  expect(await values()).toEqual([0, 0])
})

test('no connection stays taken after transactions that failed', async () => {
  const failing = Array.from({ length: 20 }, () => database.transaction((tx) => tx.query('SELECT 1 / 0')))
  await Promise.allSettled(failing)
  expect(database.pool.idleCount).toBe(database.pool.totalCount)
})
