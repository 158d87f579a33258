import type { Page, PublishAnswer, VersionDetail, VersionSummary } from '@headcount/registry-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { events, gates, sdl, small, startRegistry, type TestRegistry } from './harness.ts'

let test: TestRegistry
beforeAll(async () => {
  test = await startRegistry()
})
afterAll(() => test?.stop())

describe('publishing', () => {
  it('says that there is nothing yet, and how there would be', async () => {
    expect(await test.call('GET', '/supergraph')).toMatchObject({
      status: 404,
      json: { error: { code: 'NOT_FOUND', message: expect.stringContaining('schema publish') } },
    })
  })

  it('makes the first version live, with all that it is made of', async () => {
    const { status, json } = await test.publish(
      { name: 'events', sdl: events },
      { name: 'gates', sdl: gates, url: 'https://gates.example/graphql' },
    )
    expect(status).toBe(200)
    expect(json).toMatchObject({
      isUnchanged: false,
      version: {
        number: 1,
        kind: 'publish',
        by: 'HEADCOUNT_REGISTRY_TOKEN',
        composes: true,
        isLive: true,
        changed: ['events', 'gates'],
        subgraphs: [
          { name: 'events', since: 1, hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
          { name: 'gates', url: 'https://gates.example/graphql' },
        ],
        errors: [],
      },
    })
    const feed = await test.call('GET', '/supergraph')
    expect(feed.text).toContain('@join__graph(name: "gates", url: "https://gates.example/graphql")')
    expect(feed.headers.get('x-headcount-version')).toBe('1')
    expect(feed.headers.get('etag')).toBe(`"${json.version.supergraphHash}"`)
    expect((await test.call('GET', '/api-schema')).text).toContain('inside: Int!')
  })

  it('makes no version of what is live already, so that a retry does no harm', async () => {
    expect((await test.publish({ name: 'events', sdl: events })).json).toMatchObject({
      isUnchanged: true,
      version: { number: 1 },
    })
    expect((await test.call('POST', '/versions', { body: { remove: ['nobody'] } })).json).toMatchObject({
      isUnchanged: true,
    })
  })

  it('stores one that does not compose once, refuses it with its places, and serves the last good one on', async () => {
    const before = await test.call('GET', '/supergraph')
    const broken = { name: 'gates', sdl: gates.replace('inside: Int!', 'inside: Nothing') }
    const refused = await test.publish(broken)
    expect(refused.status).toBe(422)
    expect(refused.json.version).toMatchObject({
      number: 2,
      composes: false,
      isLive: false,
      liveSince: null,
      supergraphHash: null,
      counts: { errors: 1 },
      errors: [{ code: 'INVALID_GRAPHQL', subgraph: 'gates', file: 'gates.graphql', line: 2 }],
    })
    expect((await test.publish(broken)).json.version.number).toBe(2)
    expect((await test.call('GET', '/supergraph')).text).toBe(before.text)
    expect(await test.call('GET', '/versions/2/supergraph')).toMatchObject({ status: 422 })
  })

  it('records what a change breaks, against what is live', async () => {
    const next = events.replace('name: String!', 'title: String!')
    const { json } = await test.publish({ name: 'events', sdl: next })
    expect(json.version).toMatchObject({
      number: 3,
      isLive: true,
      counts: { breaking: 1 },
      subgraphs: [{ since: 3 }, { since: 1 }],
    })
    expect(json.version.changes).toContainEqual(
      expect.objectContaining({ code: 'FIELD_REMOVED', coordinate: 'Event.name', level: 'breaking' }),
    )
  })

  it('takes subgraphs out, and refuses to take out the last', async () => {
    await test.publish(small('extra'))
    const removed = await test.call<PublishAnswer>('POST', '/versions', { body: { remove: ['extra'] } })
    expect(removed.json.version).toMatchObject({ kind: 'remove', changed: ['extra'], isLive: true })
    const all = await test.call<PublishAnswer>('POST', '/versions', { body: { remove: ['events', 'gates'] } })
    expect(all).toMatchObject({ status: 422, json: { version: { errors: [{ code: 'NO_SUBGRAPHS' }] } } })
  })

  it.each([
    [
      'a name',
      { name: '1x', url: 'http://a.test', sdl: 'x' },
      /subgraphs\[0\]\.name is "1x"; it takes a letter/,
    ],
    ['an address', { name: 'x', url: 'ftp://a.test', sdl: 'x' }, /url is "ftp:.*takes an address http/],
    ['a password', { name: 'x', url: 'http://u:secret@a.test', sdl: 'x' }, /^((?!secret).)*$/],
    ['no schema', { name: 'x', url: 'http://a.test', sdl: ' ' }, /sdl is " "; it takes the text of a schema/],
    ['a character', { name: 'x', url: 'http://a.test', sdl: 'a\0' }, /sdl has a character that is none/],
    [
      'a field',
      { name: 'x', url: 'http://a.test', sdl: 'x', scheme: 1 },
      /subgraphs\[0\]\.scheme is not known/,
    ],
  ])('refuses %s that is none', async (_what, subgraph, message) => {
    const { status, json } = await test.call('POST', '/versions', { body: { subgraphs: [subgraph] } })
    expect(status).toBe(400)
    expect(json).toMatchObject({ error: { code: 'BAD_REQUEST', message: expect.stringMatching(message) } })
  })

  it('refuses a schema that is too large, one that is named twice, and nothing', async () => {
    const large = await test.publish({ name: 'x', sdl: '#'.repeat(1_048_577) })
    expect(large).toMatchObject({ status: 413, json: { error: { code: 'TOO_LARGE' } } })
    expect((await test.publish(small('x'), small('x'))).status).toBe(400)
    expect((await test.call('POST', '/versions', { body: {} })).status).toBe(400)
  })
})

describe('history', () => {
  it('is read in pages, the latest first', async () => {
    const first = await test.call<Page<VersionSummary>>('GET', '/versions?limit=4')
    expect(first.json.items.map(({ number }) => number)).toEqual([6, 5, 4, 3])
    expect(first.json.items.filter(({ isLive }) => isLive).map(({ number }) => number)).toEqual([5])
    const { json } = await test.call<Page<VersionSummary>>(
      'GET',
      `/versions?limit=4&before=${first.json.before}`,
    )
    expect(json).toMatchObject({ items: [{ number: 2 }, { number: 1 }], before: null })
  })

  it('shows what differs as a unified diff, against what was live before or another version', async () => {
    const api = await test.call('GET', '/versions/3/diff')
    expect(api.text).toContain('-  name: String!\n+  title: String!\n')
    expect(api.headers.get('content-type')).toMatch(/^text\/plain/)
    expect((await test.call('GET', '/versions/5/diff?with=3&schema=subgraphs')).text).toBe('')
    expect((await test.call('GET', '/versions/2/diff?schema=subgraphs')).text).toContain(
      '+type Event @key(fields: "id") { id: ID! inside: Nothing }',
    )
    expect((await test.call('GET', '/versions/1/diff?schema=supergraph')).text).toContain('@@ -0,0 +1,')
    expect((await test.call('GET', '/versions/2/diff')).status).toBe(422)
    expect((await test.call('GET', '/versions/3/diff?schema=all')).status).toBe(400)
  })

  it('gives each version’s texts', async () => {
    expect((await test.call('GET', '/versions/1/subgraphs/events')).text).toBe(events)
    expect((await test.call('GET', '/versions/1/supergraph')).text).toContain('join__graph')
    expect((await test.call('GET', '/versions/1/subgraphs/zones')).json).toMatchObject({
      error: { message: 'Version 1 has no subgraph "zones"; it has: events, gates.' },
    })
    expect((await test.call('GET', '/versions/99')).status).toBe(404)
    expect((await test.call('GET', '/versions/x')).status).toBe(400)
  })

  it('is never changed: the database refuses it', async () => {
    for (const statement of [
      "UPDATE versions SET message = 'x' WHERE number = 1",
      'DELETE FROM versions',
      "UPDATE texts SET text = ''",
      'TRUNCATE audit_entries',
      'DELETE FROM version_subgraphs',
    ]) {
      await expect(test.database.query(statement)).rejects.toThrow('never changed or removed')
    }
  })
})

describe('rollback', () => {
  it('makes a new version with the subgraphs of the old one', async () => {
    const { json } = await test.call<PublishAnswer>('POST', '/rollback', { body: { to: 1, message: 'oops' } })
    expect(json.version).toMatchObject({
      number: 7,
      kind: 'rollback',
      rollsBackTo: 1,
      message: 'oops',
      isLive: true,
      changed: ['events'],
    })
    expect((await test.call('GET', '/supergraph')).text).toContain('name: String!')
    const again = await test.call<PublishAnswer>('POST', '/rollback', { body: { to: 1 } })
    expect(again.json).toMatchObject({ isUnchanged: true, version: { number: 7 } })
    const one = await test.call<VersionDetail>('GET', '/versions/1')
    expect(one.json.isLive).toBe(false)
  })

  it('refuses a version that does not compose, or that there is not', async () => {
    expect(await test.call('POST', '/rollback', { body: { to: 2 } })).toMatchObject({ status: 422 })
    expect(await test.call('POST', '/rollback', { body: { to: 99 } })).toMatchObject({ status: 404 })
    expect(await test.call('POST', '/rollback', { body: { to: '1' } })).toMatchObject({ status: 400 })
  })
})

it('writes down who did what', async () => {
  const { json } = await test.call<Page<{ action: string; subject: string }>>('GET', '/audit?limit=200')
  expect(json.items.map(({ action, subject }) => `${action} ${subject}`).reverse()).toEqual([
    'version.published 1',
    'version.refused 2',
    'version.published 3',
    'version.published 4',
    'version.published 5',
    'version.refused 6',
    'version.rolled-back 7',
  ])
})

it('tells its numbers', async () => {
  const text = await test.registry.metrics()
  expect(text).toContain('headcount_registry_versions_total{kind="publish",outcome="live"} 3')
  expect(text).toContain('headcount_registry_versions_total{kind="publish",outcome="refused"} 1')
  expect(text).toContain('headcount_registry_listening 1')
  expect(text).toContain('headcount_registry_live_version 7')
  expect(text).toMatch(/headcount_registry_problems_total\{code="BAD_REQUEST"\} \d/)
})

it('composes again when another process has published meanwhile', async () => {
  const other = await startRegistry({ testDatabase: test.testDatabase })
  try {
    const answers = await Promise.all([
      test.publish(small('left')),
      other.publish(small('right')),
      test.publish(small('third')),
    ])
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    const last = Math.max(...answers.map(({ json }) => json.version.number))
    const { json } = await test.call<VersionDetail>('GET', `/versions/${last}`)
    expect(json.subgraphs.map(({ name }) => name)).toEqual(['events', 'gates', 'left', 'right', 'third'])
  } finally {
    await other.stop()
  }
})

it('keeps NUL characters that a schema names out of the database’s way', async () => {
  const text = sdl('type Query { nul(of: String = "\\u0000"): Int @shareable }')
  expect((await test.publish({ name: 'nul', sdl: text })).status).toBe(200)
  const changed = await test.publish({ name: 'nul', sdl: text.replace('"\\u0000"', '"\\u0000a"') })
  expect(changed.status).toBe(200)
})

it('gives up composing that takes too long, stores nothing, and goes on', async () => {
  const hasty = await startRegistry({ testDatabase: test.testDatabase, composeDeadlineMs: 1 })
  const before = await test.database.query('SELECT number FROM versions')
  expect(await hasty.publish(small('late'))).toMatchObject({
    status: 503,
    json: { error: { code: 'UNAVAILABLE', message: expect.stringContaining('nothing was stored') } },
  })
  expect(await test.database.query('SELECT number FROM versions')).toEqual(before)
  expect((await hasty.call('GET', '/versions')).status).toBe(200)
  await hasty.stop()
})
