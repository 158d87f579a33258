import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../testing/index.ts'
import { type Database, openDatabase } from './open-database.ts'

let server: TestDatabase
let database: Database

beforeAll(async () => {
  server = await createTestDatabase()
  database = openDatabase({ url: server.url })
})

afterAll(async () => {
  await database.close()
  await server.drop()
})

test('int8 arrives as a number where that is exact, as a bigint beyond', async () => {
  const [row] = await database.query(
    'SELECT 9007199254740991::int8 AS safe, 9007199254740993::int8 AS beyond',
  )
  expect(row).toEqual({ safe: 9007199254740991, beyond: 9007199254740993n })
})

test('timestamptz arrives as a Date', async () => {
  const [row] = await database.query(`SELECT '2026-11-22T15:00:00.123+02:00'::timestamptz AS at`)
  expect(row?.at).toEqual(new Date('2026-11-22T13:00:00.123Z'))
})

test.each([
  [['plain', '', 'two words', 'a,b', '{c}', 'NULL', 'ä\n☃']],
  [['a "quoted" one', 'back\\slash']],
  [['one', null]],
  [[]],
])('a list of texts arrives as it was given: %j', async (texts) => {
  const [row] = await database.query('SELECT $1::text[] AS texts', [texts])
  expect(row?.texts).toEqual(texts)
})

test('lists of numbers, booleans and moments arrive as they were given', async () => {
  const at = new Date('2026-11-22T13:00:00.123Z')
  const [row] = await database.query(
    'SELECT $1::int[] AS whole, $2::float8[] AS broken, $3::boolean[] AS words, $4::timestamptz[] AS moments',
    [[1, -2, 0], [1.5, 1e300, -0.1], [true, false], [at]],
  )
  expect(row).toEqual({ whole: [1, -2, 0], broken: [1.5, 1e300, -0.1], words: [true, false], moments: [at] })
})
