import type { CheckRecord, CheckRequest, CheckSummary, Page } from '@headcount/registry-api'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { checkEndpoints } from '../../src/server/checks/endpoints.ts'
import { documentEndpoints } from '../../src/server/documents/endpoints.ts'
import type { Endpoint } from '../../src/server/endpoint.ts'
import { usageEndpoints } from '../../src/server/usage/endpoints.ts'
import { events, gates, subgraph } from '../fixtures.ts'
import { call, empty, openParts, type TestParts } from '../usage/open-parts.ts'
import { count, operation, report } from '../usage/reports.ts'

let parts: TestParts
let endpoints: Endpoint[]

beforeAll(async () => {
  parts = await openParts()
  endpoints = [...checkEndpoints(parts), ...usageEndpoints(parts), ...documentEndpoints(parts)]
})
afterAll(() => parts.close())
beforeEach(() =>
  empty(parts.database, ['checks', 'usage_uncounted', 'operations', 'operation_counts', 'usage_counts']),
)

/** The events subgraph with another text, as a request to check it. */
function changed(from: string, to: string, parts: Partial<CheckRequest> = {}): CheckRequest {
  const { sdl, file } = subgraph('events', events.replace(from, to))
  return { subgraphs: [{ name: 'events', sdl, file }], isWhole: false, ...parts }
}

async function check(request: CheckRequest): Promise<CheckRecord> {
  return (await call(endpoints, 'POST /checks', { body: request })).json as CheckRecord
}

it('before anything is live all is new', async () => {
  const record = await check(changed('', ''))
  expect(record).toMatchObject({ base: null, outcome: 'safe', subgraphs: ['events'], by: 'ci' })
})

describe('a check', () => {
  let version: number
  beforeAll(async () => {
    version = await parts.publish(subgraph('events', events), subgraph('gates', gates))
  })

  it('compares with what is live, the subgraphs that are not given as they are there', async () => {
    const record = await check(changed('  name: String!', '  name: String!\n  slug: String'))
    expect(record).toMatchObject({
      ...{ base: version, outcome: 'safe', counts: { breaking: 0, errors: 0 } },
      report: { changes: expect.arrayContaining([expect.objectContaining({ coordinate: 'Event.slug' })]) },
    })
    expect(record.report.changes.some(({ subgraph }) => subgraph === 'gates')).toBe(false)
  })

  it('fails a breaking change that traffic uses, and names operation and client', async () => {
    const asked = operation('query Status($id: ID!) { event(id: $id) { status } }', {
      coordinates: ['Query', 'Query.event', 'Query.event.id', 'Event', 'Event.status', 'EventStatus'],
    })
    const counts = [count(asked.id, 'ios@2', { requests: 7 })]
    await call(endpoints, 'POST /usage', {
      body: report('2027-03-20T12:10:00Z', { operations: [asked], counts }),
    })
    const record = await check(changed('  status: EventStatus!\n', ''))
    expect(record).toMatchObject({ outcome: 'breaking', counts: { breaking: 1 } })
    expect(record.report.changes[0]).toMatchObject({
      ...{ code: 'FIELD_REMOVED', coordinate: 'Event.status', verdict: 'used' },
      usage: { operations: [{ source: 'traffic', name: 'Status', clients: [{ name: 'ios', requests: 7 }] }] },
    })
    expect(record.report.evidence).toMatchObject({ days: 30, requests: 7 })
  })

  it('fails one that a published document uses, and obeys the settings of who asks', async () => {
    const documents = [{ id: 'status', text: '{ event(id: 1) { status } }', name: null }]
    await call(endpoints, 'POST /documents', { body: { client: 'web', documents } })
    const request = changed('  status: EventStatus!\n', '')
    const { report: found } = await check(request)
    expect(found).toMatchObject({
      outcome: 'breaking',
      changes: [{ verdict: 'used', usage: { operations: [{ source: 'published', id: 'status' }] } }],
    })
    const acknowledged = [
      { change: 'FIELD_REMOVED', coordinate: 'Event.status', reason: 'nobody needs it', until: '2027-04-01' },
    ]
    const settings = { check: { acknowledged, usage: { days: 7 } } }
    expect(await check({ ...request, settings })).toMatchObject({
      ...{ outcome: 'safe', report: { evidence: { days: 7 }, changes: [{ verdict: 'acknowledged' }] } },
    })
  })

  it('says that requests found no room to be counted', async () => {
    await call(endpoints, 'POST /usage', { body: report('2027-03-20T12:10:00Z', { uncounted: 12 }) })
    const record = await check(changed('', ''))
    expect(record.report.notes).toContainEqual(
      expect.stringMatching(/^12 requests of the last 30 days found no room/),
    )
  })

  it('of a removal, and of a whole graph that lacks one', async () => {
    const removed = await check({ subgraphs: [], removed: ['gates'], isWhole: false })
    expect(removed).toMatchObject({ subgraphs: ['gates'] })
    const whole = await check({ ...changed('', ''), isWhole: true })
    const changes = (record: CheckRecord) =>
      record.report.changes.map(({ code, coordinate }) => `${code} ${coordinate}`)
    expect(changes(removed)).toContain('FIELD_REMOVED Event.inside')
    expect(changes(whole)).toEqual(changes(removed))
  })

  it('of subgraphs that do not compose says why', async () => {
    const record = await check(changed('): Event', '): Evnt'))
    expect(record).toMatchObject({ outcome: 'not-composed', counts: { errors: 1 } })
  })

  it('is kept with its context, and listed, the latest first', async () => {
    const context = { commit: '1a2b3c4', branch: 'feature', author: 'Ada', url: 'https://ci.example/1' }
    const first = await check(changed('', '', { context }))
    const second = await check(changed('', ''))
    const list = async (query = {}) =>
      (await call(endpoints, 'GET /checks', { query })).json as Page<CheckSummary>
    const { items, before } = await list({ limit: '1' })
    expect(items.map(({ id }) => id)).toEqual([second.id])
    expect(items[0]).not.toHaveProperty('report')
    expect(await list({ limit: '1', before: before ?? '' })).toMatchObject({
      items: [{ id: first.id, context }],
    })
    expect((await call(endpoints, 'GET /checks/:id', { params: { id: first.id } })).json).toEqual(first)
  })

  it.each<[string, unknown, string]>([
    ['isWhole', { subgraphs: [] }, 'isWhole takes true or false'],
    [
      'a removal of what is not there',
      { subgraphs: [], isWhole: false, removed: ['nope'] },
      'live are events, gates',
    ],
    ['a name twice', { ...changed('', ''), removed: ['events'] }, 'events is named twice'],
    [
      'a name that is none',
      { subgraphs: [{ name: '1', sdl: '' }], isWhole: true },
      'subgraphs[0].name is "1"',
    ],
    ['settings', { ...changed('', ''), settings: { check: { usage: { days: 0 } } } }, 'check.usage.days: '],
    ['a field', { ...changed('', ''), base: 'main' }, 'base is not known'],
  ])('refuses %s that is wrong', async (_, body, message) => {
    await expect(check(body as CheckRequest)).rejects.toMatchObject({
      ...{ code: 'BAD_REQUEST', message: expect.stringContaining(message) },
    })
    expect(await parts.database.query('SELECT 1 FROM checks')).toEqual([])
  })

  it.each([
    ['999999', 'NOT_FOUND'],
    ['x', 'BAD_REQUEST'],
  ])('%s is not there: %s', async (id, code) => {
    await expect(call(endpoints, 'GET /checks/:id', { params: { id } })).rejects.toMatchObject({ code })
  })
})
