import { afterAll, beforeAll, expect, it } from 'vitest'
import { keepHouse } from '../../src/server/housekeeping.ts'
import { usageEndpoints } from '../../src/server/usage/endpoints.ts'
import { trafficFor } from '../../src/server/usage/traffic.ts'
import { subgraph } from '../fixtures.ts'
import { call, openParts, type TestParts } from './open-parts.ts'
import { count, operation, report, sha256 } from './reports.ts'

const operations = 200
const clients = 20
const days = 30

let parts: TestParts

beforeAll(async () => {
  parts = await openParts()
  parts.time = new Date('2027-03-20T12:30:00Z')
  await parts.publish(subgraph('events', 'type Query { f0: Int f1: Int unasked: Int }'))
  const { database } = parts
  const zeros = Array.from({ length: 12 }, () => 0).join()
  await database.query(
    `INSERT INTO operations (id, name, kind, text, first_seen_at, last_seen_at)
     SELECT encode(sha256(n::text::bytea), 'hex'), 'Operation' || n, 'query', '{ f' || n || ' }',
            $1::timestamptz - interval '60 days', $1 FROM generate_series(1, ${operations}) AS n`,
    [parts.time],
  )
  await database.query(
    `INSERT INTO operation_coordinates (operation_id, coordinate, is_input, last_seen_at)
     SELECT id, 'Query.f' || abs(hashtext(id || n)) % 700, false, last_seen_at
       FROM operations, generate_series(1, 30) AS n ON CONFLICT DO NOTHING`,
  )
  await database.query(
    `INSERT INTO operation_clients SELECT id, 'client-' || c % 5, c::text, last_seen_at
       FROM operations, generate_series(1, ${clients}) AS c`,
  )
  // Twice as many days as are asked for: a plan that reads all would be another.
  for (let day = 0; day < 2 * days; day += 1) {
    const begin = new Date(Date.UTC(2027, 2, 20 - day))
    await database.query(
      `INSERT INTO usage_counts
       SELECT id, 'client-' || c % 5, c::text, 1440, $1, 10, 1, '{4,6,${zeros}}', $1
         FROM operations, generate_series(1, ${clients}) AS c`,
      [begin],
    )
    await database.query(
      `INSERT INTO operation_counts SELECT id, 1440, $1, ${10 * clients}, ${clients}, '{200,300,${zeros}}' FROM operations`,
      [begin],
    )
  }
  await database.query('ANALYZE')
}, 600_000)
afterAll(() => parts.close())

/** Runs it with parts whose statements are noted, and answers how the server would do each. */
async function plansOf(work: (noted: TestParts) => Promise<unknown>): Promise<string> {
  const { database } = parts
  const plans: string[] = []
  const noting: typeof database.query = async (sql, params) => {
    const rows = await database.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${sql}`, params)
    plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'))
    return await database.query(sql, params)
  }
  await work({ ...parts, now: parts.now, database: { ...database, query: noting, read: noting } })
  return plans.join('\n\n')
}

const id = sha256('7')
const wholeCounts = /Seq Scan on (usage_counts|operation_counts)/

it.each([
  ['GET /usage/operations', {}],
  ['GET /usage/operations', { client: 'client-3', days: '7' }],
  ['GET /usage/operations/:id', {}],
  ['GET /usage/coordinates', { days: '7' }],
  ['GET /usage/unused', {}],
])('%s %j reads no table of counts whole, in a few statements', async (name, query) => {
  const plans = await plansOf(async (noted) => {
    const { json } = await call(usageEndpoints(noted), name, { query, params: { id } })
    expect(JSON.stringify(json)).toMatch(name.endsWith('unused') ? /Query.unasked/ : /client-3/)
  })
  expect(plans).not.toMatch(wholeCounts)
  expect(plans).toMatch(/Index (Only )?Scan|Bitmap Index Scan/)
  expect(plans.split('\n\n').length).toBeLessThanOrEqual(4)
})

it('the traffic of a week is found by an index, all of its clients with it', async () => {
  const plans = await plansOf(async (noted) => {
    const traffic = await trafficFor({ days: 7 }, noted)
    expect(traffic.operations).toHaveLength(operations)
    expect(traffic.operations[0]?.clients).toHaveLength(clients)
  })
  expect(plans).not.toMatch(wholeCounts)
})

it('a full report is counted into tables of this size, in a handful of statements', async () => {
  const told = Array.from({ length: 100 }, (_, n) =>
    operation(`query Q${n} { __typename }`, { coordinates: ['Query'] }),
  )
  const counts = told.flatMap(({ id: one }) =>
    Array.from({ length: 50 }, (_, c) => count(one, `client@${c}`)),
  )
  let statements = 0
  const stop = parts.database.onStatement(() => {
    statements += 1
  })
  const endpoints = usageEndpoints(parts)
  await call(endpoints, 'POST /usage', { body: report('2027-03-20T12:10:00Z', { operations: told, counts }) })
  stop()
  expect(statements).toBeLessThanOrEqual(20)
  const query = { name: 'Q7', days: '1' }
  const { json } = await call(endpoints, 'GET /usage/operations', { query })
  expect(json).toMatchObject({ items: Array(11).fill({ requests: 50 }) })
})

it('housekeeping brings it down to what is kept', async () => {
  parts.time = new Date('2027-05-30T12:30:00Z')
  await keepHouse(parts, new AbortController().signal)
  const [left] = await parts.database.query('SELECT min(begin) AS oldest FROM usage_counts')
  expect(left).toEqual({ oldest: new Date('2027-03-01T00:00:00Z') })
})
