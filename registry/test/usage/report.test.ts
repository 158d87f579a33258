import type {
  OperationUsage,
  OperationUsageDetail,
  Page,
  UsageAnswer,
  UsageReport,
} from '@headcount/registry-api'
import { reportBounds } from '@headcount/registry-api'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Endpoint } from '../../src/server/endpoint.ts'
import { usageEndpoints } from '../../src/server/usage/endpoints.ts'
import { call, empty, openParts, type TestParts } from './open-parts.ts'
import { count, operation, report, sha256 } from './reports.ts'

let parts: TestParts
let endpoints: Endpoint[]

beforeAll(async () => {
  parts = await openParts()
  endpoints = usageEndpoints(parts)
})
afterAll(() => parts.close())
beforeEach(() =>
  empty(parts.database, [
    ...['operations', 'operation_coordinates', 'operation_clients', 'operation_counts'],
    ...['usage_counts', 'usage_reports', 'usage_uncounted'],
  ]),
)

const hello = operation('query Hello($literal_0: ID!) { event(id: $literal_0) { name } }', {
  coordinates: ['Query', 'Query.event', 'Query.event.id', 'Event', 'Event.name'],
})
const at = '2027-03-20T12:10:00Z'

async function send(one: UsageReport): Promise<UsageAnswer> {
  return (await call(endpoints, 'POST /usage', { body: one })).json as UsageAnswer
}

async function listed(query: Record<string, string> = {}): Promise<readonly OperationUsage[]> {
  const { json } = await call(endpoints, 'GET /usage/operations', { query })
  return (json as Page<OperationUsage>).items
}

async function detail(id: string, query: Record<string, string> = {}): Promise<OperationUsageDetail> {
  const { json } = await call(endpoints, 'GET /usage/operations/:id', { params: { id }, query })
  return json as OperationUsageDetail
}

describe('a report', () => {
  it('is counted by operation and client, with errors and latencies', async () => {
    await send(
      report(at, {
        operations: [hello],
        counts: [
          count(hello.id, 'ios@1', { requests: 90, bucket: 3 }),
          count(hello.id, 'web@7', { requests: 10, errors: 2, bucket: 7 }),
        ],
      }),
    )
    expect(await listed()).toEqual([
      {
        ...{ id: hello.id, name: 'Hello', kind: 'query', documentId: null, requests: 100, errors: 2 },
        // 50 of the 90 requests that took 5 to 10 ms; 95 and 99 are among the 10 that took 100 to 200.
        ...{ p50Ms: 7.78, p95Ms: 150, p99Ms: 190 },
        ...{ firstSeenAt: '2027-03-20T12:10:00.000Z', lastSeenAt: '2027-03-20T12:10:00.000Z' },
        clients: [
          { name: 'ios', version: '1', requests: 90, errors: 0, lastSeenAt: '2027-03-20T12:10:00.000Z' },
          { name: 'web', version: '7', requests: 10, errors: 2, lastSeenAt: '2027-03-20T12:10:00.000Z' },
        ],
      },
    ])
  })

  it('that comes again counts once, and gets the same answer', async () => {
    const one = report(at, { counts: [count(hello.id, 'ios@1', { requests: 5 })] })
    expect(await send(one)).toEqual({ unknown: [hello.id] })
    expect(await send(one)).toEqual({ unknown: [hello.id] })
    await send(report(at, { operations: [hello] }))
    expect(await listed()).toMatchObject([{ requests: 5 }])
  })

  it('counts each of two processes of a gateway that have the same sequence', async () => {
    const one = report(at, { operations: [hello], counts: [count(hello.id, 'ios@1')] })
    await Promise.all([send(one), send({ ...one, gateway: 'gateway-2' })])
    expect(await listed()).toMatchObject([{ requests: 2 }])
  })

  it('with an operation that nobody told is counted, and shows once somebody tells it', async () => {
    expect(await send(report(at, { counts: [count(hello.id, 'ios@1')] }))).toEqual({ unknown: [hello.id] })
    expect(await listed()).toEqual([])
    expect(await send(report(at, { operations: [hello] }))).toEqual({ unknown: [] })
    expect(await listed()).toMatchObject([{ name: 'Hello', requests: 1 }])
  })

  it('adds what the same text uses under another supergraph, and the document that it came as', async () => {
    await send(report(at, { operations: [hello], counts: [count(hello.id, 'ios@1')] }))
    const again = { ...hello, coordinates: ['Event.newName'], documentId: 'hello' }
    await send(report(at, { operations: [again], counts: [count(hello.id, 'ios@1')] }))
    const found = await detail(hello.id)
    expect(found).toMatchObject({ text: hello.text, documentId: 'hello', requests: 2 })
    expect(found.coordinates).toEqual([...hello.coordinates, 'Event.newName'].sort())
  })

  it('names one client and operation twice: both are counted', async () => {
    const counts = [
      count(hello.id, 'ios@1', { requests: 2 }),
      count(hello.id, 'ios@1', { requests: 3, bucket: 0 }),
    ]
    await send(report(at, { operations: [hello], counts }))
    expect(await listed()).toMatchObject([{ requests: 5, clients: [{ requests: 5 }] }])
  })

  it('leaves the numbers right when many come at once', async () => {
    const ids = Array.from({ length: 20 }, (_, index) => operation(`query Q${index} { __typename }`))
    const reports = Array.from({ length: 12 }, (_, gateway) =>
      report(at, {
        gateway: `gateway-${gateway}`,
        operations: ids,
        counts: ids.map(({ id }) => count(id, `ios@${gateway % 3}`)).sort(() => Math.random() - 0.5),
      }),
    )
    await Promise.all(reports.map(send))
    const items = await listed()
    expect(items.map(({ requests }) => requests)).toEqual(ids.map(() => 12))
    expect(items[0]?.clients.map(({ requests }) => requests)).toEqual([4, 4, 4])
  })

  it('stores no value of a client that a gateway let through, and no comment', async () => {
    const text =
      'query ($id: ID = "secret-1") { event(id: $id) @hide(of: ["secret-2", """secret-3"""], if: 4711.5) { a(b: { c: 4711, d: RED, e: true }) } } # secret-4'
    const told = operation(text)
    await send(report(at, { operations: [told], counts: [count(told.id, 'ios@1')] }))
    const found = await detail(told.id)
    expect(found.text).not.toMatch(/secret|4711/)
    expect(found.text.replaceAll(/\s+/g, ' ')).toContain('a(b: {c: 0, d: RED, e: true})')
  })

  it('cannot reach into the future by a clock that is ahead', async () => {
    await send(report('2027-03-21T09:00:00Z', { operations: [hello], counts: [count(hello.id, 'ios@1')] }))
    expect(await listed()).toMatchObject([{ lastSeenAt: parts.time.toISOString() }])
  })

  it("keeps a name that is no text of Postgres' by what stands for it", async () => {
    await send(report(at, { operations: [hello], counts: [count(hello.id, 'i\0os\ud800@1')] }))
    expect(await listed()).toMatchObject([{ clients: [{ name: 'i\uFFFDos\uFFFD' }] }])
  })
})

describe('a report that no gateway of ours sends', () => {
  const base = () => report(at, { operations: [hello], counts: [count(hello.id, 'ios@1')] })
  const [one] = base().counts
  it.each([
    ['is no object', [], 'the report must be a JSON object; it is []'],
    ['has no lists', { ...base(), counts: undefined }, 'counts must be a list; it is missing'],
    ['has a time that is none', { ...base(), to: 'today' }, 'to must be a time as RFC 3339'],
    ['ends before it begins', { ...base(), to: '2027-03-20T11:00:00Z' }, 'from must not be after to'],
    ['is older than what is kept', report('2026-01-01T00:00:00Z'), 'usage is kept for 90 days'],
    [
      'has an id that is no hash',
      { ...base(), counts: [{ ...one, operation: 'x' }] },
      'counts[0].operation must be a SHA-256',
    ],
    [
      'has an id of another text',
      { ...base(), operations: [{ ...hello, text: '{ a }' }] },
      'the id must be the SHA-256 of its text',
    ],
    [
      'has a text that is no GraphQL',
      { ...base(), operations: [operation('query {')] },
      'its text is not GraphQL',
    ],
    [
      'has two operations in a text',
      { ...base(), operations: [operation('query A { a } query B { b }')] },
      'must be one operation',
    ],
    [
      'has a schema for a text',
      { ...base(), operations: [operation('type A { a: Int }')] },
      'must be one operation',
    ],
    [
      'has a value for a coordinate',
      { ...base(), inputs: [{ operation: hello.id, coordinates: ['a@b.c d'] }] },
      'must be a schema coordinate',
    ],
    [
      'has more errors than requests',
      { ...base(), counts: [{ ...one, errors: 2 }] },
      'counts[0].errors must be a whole number from 0 to 1',
    ],
    [
      'has too few buckets',
      { ...base(), counts: [{ ...one, latencies: [1] }] },
      'counts[0].latencies must be 14 numbers',
    ],
    ['has a negative number', { ...base(), uncounted: -1 }, 'uncounted must be a whole number'],
  ])('is refused where it %s', async (_, body, message) => {
    await expect(call(endpoints, 'POST /usage', { body })).rejects.toMatchObject({
      ...{ code: 'BAD_REQUEST', message: expect.stringContaining(message) },
    })
    expect(await parts.database.query('SELECT 1 FROM usage_reports')).toEqual([])
  })

  it.each([
    ['counts', { ...base(), counts: Array.from({ length: reportBounds.counts + 1 }, () => one) }],
    [
      'operations',
      { ...base(), operations: Array.from({ length: reportBounds.operations + 1 }, () => hello) },
    ],
    [
      'counts[0].client.name',
      { ...base(), counts: [count(hello.id, 'x'.repeat(reportBounds.nameCharacters + 1))] },
    ],
    [
      'operations[0].text',
      { ...base(), operations: [operation('#'.repeat(reportBounds.textCharacters + 1))] },
    ],
  ])('is too large by its %s', async (where, body) => {
    await expect(call(endpoints, 'POST /usage', { body })).rejects.toMatchObject({
      ...{ code: 'TOO_LARGE', message: expect.stringContaining(`${where} has`) },
    })
  })
})

describe('what a client makes up', () => {
  it('finds no room beyond 20,000 operations: it is counted as uncounted, and known ones go on', async () => {
    await send(report(at, { operations: [hello], counts: [count(hello.id, 'ios@1')] }))
    await parts.database.query(
      `INSERT INTO operations (id, first_seen_at, last_seen_at)
       SELECT md5(n::text), now(), now() FROM generate_series(1, 19999) AS n`,
    )
    const other = operation('query Other { __typename }')
    const counts = [count(hello.id, 'ios@1'), count(other.id, 'ios@1', { requests: 7 })]
    expect(await send(report(at, { operations: [other], counts, uncounted: 3 }))).toEqual({ unknown: [] })
    expect(await listed()).toMatchObject([{ requests: 2 }])
    expect(await parts.database.query('SELECT requests FROM usage_uncounted')).toEqual([{ requests: 10 }])
  })

  it('counts for the other clients beyond 200,000 pairs of operation and client, and no request is lost', async () => {
    await send(report(at, { operations: [hello], counts: [count(hello.id, 'ios@1')] }))
    await parts.database.query(
      `INSERT INTO operation_clients (operation_id, client_name, client_version, last_seen_at)
       SELECT md5(n::text), '', '', now() FROM generate_series(1, 199999) AS n`,
    )
    const counts = ['ios@1', 'fake@1', 'fake@2'].map((client) => count(hello.id, client))
    await send(report(at, { counts }))
    expect(await listed()).toMatchObject([
      {
        requests: 4,
        clients: [
          { name: '(others)', version: '', requests: 2 },
          { name: 'ios', version: '1', requests: 2 },
        ],
      },
    ])
  })
})

it('an operation that nobody knows is not found', async () => {
  await expect(detail(sha256('x'))).rejects.toMatchObject({ code: 'NOT_FOUND' })
})
