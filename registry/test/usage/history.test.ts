import type {
  CoordinateUsage,
  OperationUsage,
  OperationUsageDetail,
  Page,
  UnusedAnswer,
} from '@headcount/registry-api'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { documentEndpoints } from '../../src/server/documents/endpoints.ts'
import type { Endpoint } from '../../src/server/endpoint.ts'
import { keepHouse } from '../../src/server/housekeeping.ts'
import { usageEndpoints } from '../../src/server/usage/endpoints.ts'
import { trafficFor, uncountedRequests } from '../../src/server/usage/traffic.ts'
import { subgraph } from '../fixtures.ts'
import { call, empty, openParts, type TestParts } from './open-parts.ts'
import { count, operation, report } from './reports.ts'

let parts: TestParts
let endpoints: Endpoint[]

beforeAll(async () => {
  parts = await openParts()
  endpoints = usageEndpoints(parts)
})
afterAll(() => parts.close())
beforeEach(async () => {
  parts.time = new Date('2027-03-20T12:30:00Z')
  await empty(parts.database, [
    ...['operations', 'operation_coordinates', 'operation_clients', 'operation_counts'],
    ...['usage_counts', 'usage_reports', 'usage_uncounted'],
  ])
})

const event = operation('query Event($id: ID!) { event(id: $id) { name } }', {
  coordinates: ['Query', 'Query.event', 'Query.event.id', 'Event', 'Event.name'],
})
const found = operation('query Found($filter: Filter) { node(filter: $filter) { id } }', {
  coordinates: ['Query', 'Query.node', 'Query.node.filter', 'Filter', 'Node', 'Node.id'],
})

/** Requests at a time, of an operation by a client. */
async function ask(
  at: string,
  one: typeof event,
  client = 'ios@1',
  options: Parameters<typeof count>[2] = {},
) {
  const body = report(at, { operations: [one], counts: [count(one.id, client, options)] })
  await call(endpoints, 'POST /usage', { body })
}

async function get<Answer>(path: string, query: Record<string, string> = {}, id = ''): Promise<Answer> {
  return (await call(endpoints, `GET /usage/${path}`, { query, params: { id } })).json as Answer
}

const operations = (query: Record<string, string> = {}) => get<Page<OperationUsage>>('operations', query)
const detail = (one: typeof event, days: string) =>
  get<OperationUsageDetail>('operations/:id', { days }, one.id)
const keep = () => keepHouse(parts, new AbortController().signal)

describe('the list of operations', () => {
  it('has the busiest first, page after page, each once', async () => {
    const many = Array.from({ length: 7 }, (_, index) => operation(`query Q${index} { __typename }`))
    for (const [index, one] of many.entries()) {
      await ask('2027-03-20T12:00:00Z', one, 'web@1', { requests: 1 + (index % 3) })
    }
    const seen: OperationUsage[] = []
    for (let before: string | null | undefined; before !== null; ) {
      const page: Page<OperationUsage> = await operations({ limit: '2', ...(before ? { before } : {}) })
      seen.push(...page.items)
      before = page.before
    }
    expect(seen.map(({ requests }) => requests)).toEqual([3, 3, 2, 2, 1, 1, 1])
    expect(new Set(seen.map(({ id }) => id)).size).toBe(7)
  })

  it('tells of one client what it asked alone, and finds operations by a part of their names', async () => {
    await ask('2027-03-20T12:00:00Z', event, 'ios@1', { requests: 5, bucket: 0 })
    await ask('2027-03-20T12:00:00Z', event, 'web@1', { requests: 50, bucket: 9 })
    await ask('2027-03-20T12:00:00Z', found, 'web@1')
    expect((await operations({ client: 'ios' })).items).toMatchObject([
      { name: 'Event', requests: 5, p50Ms: 0.5, clients: [{ name: 'ios' }] },
    ])
    expect((await operations({ name: 'oUn' })).items).toMatchObject([{ name: 'Found' }])
    expect((await operations({ name: '%' })).items).toEqual([])
  })

  it('looks back as many days as it is asked to', async () => {
    await ask('2027-03-10T12:00:00Z', event)
    await ask('2027-03-20T12:00:00Z', found)
    expect((await operations({ days: '3' })).items.map(({ name }) => name)).toEqual(['Found'])
    expect((await operations({ days: '10' })).items).toHaveLength(2)
  })

  it.each([
    [{ days: '0' }, 'days is "0"; it takes a whole number from 1 to 90.'],
    [{ days: '91' }, 'days is "91"'],
    [{ limit: '201' }, 'limit is "201"; it takes a whole number from 1 to 200.'],
    [{ before: 'x' }, '?before= must be what the last page gave'],
  ])('refuses %j', async (query, message) => {
    await expect(operations(query as Record<string, string>)).rejects.toMatchObject({
      ...{ code: 'BAD_REQUEST', message: expect.stringContaining(message) },
    })
  })
})

describe('one operation', () => {
  it('shows hours for 3 days and days beyond', async () => {
    await ask('2027-03-19T23:59:00Z', event, 'ios@1', { requests: 2, errors: 1 })
    await ask('2027-03-20T00:01:00Z', event, 'ios@1', { requests: 3, bucket: 0 })
    await ask('2027-03-20T01:01:00Z', event, 'web@1', { requests: 4 })
    expect((await detail(event, '3')).series).toEqual([
      { at: '2027-03-19T23:00:00.000Z', requests: 2, errors: 1, p95Ms: 9.75 },
      { at: '2027-03-20T00:00:00.000Z', requests: 3, errors: 0, p95Ms: 0.95 },
      { at: '2027-03-20T01:00:00.000Z', requests: 4, errors: 0, p95Ms: 9.75 },
    ])
    expect((await detail(event, '4')).series).toMatchObject([
      { at: '2027-03-19T00:00:00.000Z', requests: 2 },
      { at: '2027-03-20T00:00:00.000Z', requests: 7 },
    ])
  })

  it('that was not asked within the days has no percentiles', async () => {
    await ask('2027-03-01T12:00:00Z', event)
    expect(await detail(event, '3')).toMatchObject({
      ...{ requests: 0, errors: 0, p50Ms: null, p95Ms: null, p99Ms: null, clients: [], series: [] },
    })
  })
})

describe('housekeeping', () => {
  it('merges the hours of days that are over for 3 days, and no number changes', async () => {
    for (const hour of ['01', '02', '23']) {
      for (const client of ['ios@1', 'web@1']) {
        await ask(`2027-03-14T${hour}:30:00Z`, event, client, { requests: Number(hour), errors: 1 })
      }
    }
    await ask('2027-03-18T01:30:00Z', event)
    const before = [await operations(), await detail(event, '30'), await trafficFor({ days: 30 }, parts)]
    expect(await keep()).toBe(true)
    const rows = (table: string) =>
      parts.database.query(`SELECT span, count(*)::int AS rows FROM ${table} GROUP BY span ORDER BY span`)
    expect(await rows('usage_counts')).toEqual([
      { span: 60, rows: 1 },
      { span: 1440, rows: 2 },
    ])
    expect(await rows('operation_counts')).toEqual([
      { span: 60, rows: 1 },
      { span: 1440, rows: 1 },
    ])
    // Hours that come late join their day.
    expect([await operations(), await detail(event, '30'), await trafficFor({ days: 30 }, parts)]).toEqual(
      before,
    )
    await ask('2027-03-14T05:30:00Z', event, 'ios@1', { requests: 100 })
    await keep()
    expect(await rows('usage_counts')).toMatchObject([{ rows: 1 }, { rows: 2 }])
    expect((await operations()).items).toMatchObject([{ requests: 153 }])
  })

  it('forgets what nobody asked for 90 days, with its coordinates and clients, and no more', async () => {
    parts.time = new Date('2026-12-01T00:00:00Z')
    await ask('2026-12-01T00:00:00Z', event)
    await ask('2026-12-01T00:00:00Z', found)
    parts.time = new Date('2027-03-20T12:30:00Z')
    await ask('2027-03-20T12:00:00Z', found, 'web@1')
    await keep()
    const left = async (sql: string) => (await parts.database.query<{ id: string }>(sql)).map(({ id }) => id)
    expect(await left('SELECT id FROM operations')).toEqual([found.id])
    expect(await left('SELECT DISTINCT operation_id AS id FROM operation_coordinates')).toEqual([found.id])
    expect(await left('SELECT client_name AS id FROM operation_clients')).toEqual(['web'])
    expect(await left('SELECT client_name AS id FROM usage_counts')).toEqual(['web'])
    expect(await left('SELECT operation_id AS id FROM operation_counts')).toEqual([found.id])
    expect(await left('SELECT gateway AS id FROM usage_reports')).toEqual(['gateway-1'])
  })

  it('keeps the newest 1,000 checks, none for longer than 180 days', async () => {
    await parts.database.query(
      `INSERT INTO checks (at, by, outcome, breaking, dangerous, safe, error_count, context, report)
       SELECT $1::timestamptz - make_interval(days => 1200 - n), 'ci', 'safe', 0, 0, 0, 0, '{}', '{}'
         FROM generate_series(1, 1200) AS n`,
      [parts.time],
    )
    await keep()
    expect(await parts.database.query('SELECT count(*)::int AS checks FROM checks')).toEqual([
      { checks: 181 },
    ])
    await parts.database.query(
      `INSERT INTO checks (at, by, outcome, breaking, dangerous, safe, error_count, context, report)
       SELECT $1, 'ci', 'safe', 0, 0, 0, 0, '{}', '{}' FROM generate_series(1, 1000) AS n`,
      [parts.time],
    )
    await keep()
    expect(await parts.database.query('SELECT count(*)::int AS checks FROM checks')).toEqual([
      { checks: 1000 },
    ])
  })

  it('is done by one process at a time', async () => {
    const answers = await Promise.all([keep(), keep(), keep()])
    expect(answers).toContain(true)
    const held = await parts.database.pool.connect()
    await held.query('SELECT pg_advisory_lock(7310402)')
    expect(await keep()).toBe(false)
    await held.query('SELECT pg_advisory_unlock(7310402)')
    held.release()
    expect(await keep()).toBe(true)
  })
})

describe('elements of the schema', () => {
  beforeAll(() =>
    parts.publish(
      subgraph(
        'events',
        `type Query { event(id: ID!, now: Boolean): Event node(filter: Filter): Node }
         interface Node { id: ID! }
         type Event implements Node { id: ID! name: String slug: String @deprecated(reason: "use name") }
         enum Status { DRAFT LIVE }
         input Filter { status: Status any: Boolean }`,
      ),
    ),
  )

  it('that were used are told with requests, clients and the last time', async () => {
    await ask('2027-03-18T12:00:00Z', event, 'ios@1', { requests: 2 })
    await ask('2027-03-20T12:00:00Z', found, 'web@1', { requests: 3 })
    const inputs = [{ operation: found.id, coordinates: ['Filter.any'] }]
    await call(endpoints, 'POST /usage', { body: report('2027-03-19T12:00:00Z', { inputs }) })
    const all = await get<CoordinateUsage[]>('coordinates')
    expect(all[0]).toEqual({
      ...{
        coordinate: 'Query',
        requests: 5,
        lastSeenAt: '2027-03-20T12:00:00.000Z',
        clients: ['ios', 'web'],
      },
    })
    expect(all).toContainEqual({
      ...{ coordinate: 'Filter.any', requests: 3, lastSeenAt: '2027-03-19T12:00:00.000Z', clients: ['web'] },
    })
    expect(await get('coordinates', { of: 'Event' })).toMatchObject([
      { coordinate: 'Event', requests: 2 },
      { coordinate: 'Event.name', requests: 2 },
    ])
    // Today's alone.
    expect(await get('coordinates', { of: 'Event', days: '1' })).toEqual([])
  })

  it('that nobody used are told, deprecated and published ones marked', async () => {
    expect(await get<UnusedAnswer>('unused')).toMatchObject({ days: 30, since: null })
    await ask('2027-03-19T12:00:00Z', event)
    await ask('2027-03-20T12:00:00Z', found)
    const inputs = [{ operation: found.id, coordinates: ['Filter.any'] }]
    await call(endpoints, 'POST /usage', { body: report('2027-03-20T12:00:00Z', { inputs }) })
    const documents = [{ id: 'a', text: 'query A { event(id: 1, now: true) { id } }', name: 'A' }]
    await call(documentEndpoints(parts), 'POST /documents', { body: { client: 'web', documents } })
    const answer = await get<UnusedAnswer>('unused')
    expect(answer.since).toBe('2027-03-19T12:00:00.000Z')
    // Event.id is used by who asks Node.id of what may be an event.
    expect(answer.coordinates).toEqual(
      [
        { coordinate: 'Event.slug', isDeprecated: true, isPublished: false },
        { coordinate: 'Filter.status', isDeprecated: false, isPublished: false },
        { coordinate: 'Query.event.now', isDeprecated: false, isPublished: true },
        { coordinate: 'Status', isDeprecated: false, isPublished: false },
        { coordinate: 'Status.DRAFT', isDeprecated: false, isPublished: false },
        { coordinate: 'Status.LIVE', isDeprecated: false, isPublished: false },
      ].map((one) => ({ ...one, owners: ['events'] })),
    )
  })
})

describe('traffic for a check', () => {
  it('has every operation with what it uses, what came in variables, and who asked', async () => {
    await ask('2027-03-18T12:00:00Z', event, 'ios@1', { requests: 2 })
    await ask('2027-03-20T12:00:00Z', found, 'web@1', { requests: 3 })
    const body = report('2027-03-20T12:00:00Z', {
      inputs: [{ operation: found.id, coordinates: ['Filter.any'] }],
      uncounted: 4,
    })
    await call(endpoints, 'POST /usage', { body })
    const { operations: asked, ...traffic } = await trafficFor({ days: 7 }, parts)
    expect(traffic).toEqual({ days: 7, since: '2027-03-18T12:00:00.000Z' })
    expect(asked.toSorted((a, b) => (a.name ?? '').localeCompare(b.name ?? ''))).toEqual([
      {
        ...{ id: event.id, name: 'Event', text: event.text, documentId: null },
        coordinates: expect.arrayContaining([...event.coordinates]),
        // Its one variable is a scalar: nothing was to be looked at.
        ...{ inputs: [], hasAllInputs: true },
        clients: [{ name: 'ios', version: '1', requests: 2, lastSeenAt: '2027-03-18T12:00:00.000Z' }],
      },
      {
        ...{ id: found.id, name: 'Found', text: found.text, documentId: null },
        coordinates: expect.arrayContaining([...found.coordinates]),
        ...{ inputs: ['Filter.any'], hasAllInputs: false },
        clients: [{ name: 'web', version: '1', requests: 3, lastSeenAt: '2027-03-20T12:00:00.000Z' }],
      },
    ])
    expect(await uncountedRequests({ days: 7 }, parts)).toBe(4)
    expect((await trafficFor({ days: 1 }, parts)).operations.map(({ name }) => name)).toEqual(['Found'])
  })
})
