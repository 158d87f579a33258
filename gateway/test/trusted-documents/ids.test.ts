import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { endAll } from '../http1-calls.ts'
import type { Answer } from '../support.ts'
import { doors, searchOf } from './doors.ts'
import { documentsOf, hashed, persistedQuery, sha256, trustedWorld } from './trusted-world.ts'

const open = { data: { open: 'open' } }
const show = { data: { show: { title: 'Tosca' } } }
const everyones = 'query Everyones { open }'
const shop = 'query Shop { show { title } }'
const kiosk = 'query Kiosk { show { title hall { name } } }'

const clients = [
  hashed(everyones),
  documentsOf({ one: everyones, all: everyones }),
  documentsOf({ one: shop }, 'shop'),
  documentsOf({ one: kiosk, [sha256(kiosk)]: kiosk }, 'kiosk'),
]
const named = (name: string) => ({ 'graphql-client-name': name })
const notFound = 'PERSISTED_QUERY_NOT_FOUND'
const codeOf = ({ errors }: Answer) => errors?.[0]?.extensions.code

describe('an id of a client’s own', () => {
  let world: Awaited<ReturnType<typeof trustedWorld>>
  beforeAll(async () => {
    world = await trustedWorld(clients, { mode: 'open' })
  })
  afterAll(endAll)

  test.each(Object.entries(doors))(
    'is looked for in that client’s manifest, then in nobody’s: over %s',
    async (_, door) => {
      expect(await door(world.url, { documentId: 'one' }, named('shop'))).toEqual(show)
      expect(await door(world.url, { documentId: 'one' }, named('kiosk'))).toMatchObject({
        data: { show: { hall: { name: 'Hall a' } } },
      })
      expect(await door(world.url, { documentId: 'all' }, named('shop'))).toEqual(open)
      expect(await door(world.url, { documentId: 'one' }, named('somebody'))).toEqual(open)
      expect(await door(world.url, { documentId: 'one' })).toEqual(open)
    },
  )

  test('is looked for by Apollo’s header too, and a name like an object’s own part is a name', async () => {
    const apollo = { 'apollographql-client-name': 'shop', 'apollographql-client-version': '1' }
    expect((await world.served.post({ documentId: 'one' }, apollo)).body).toEqual(show)
    expect((await world.served.post({ documentId: 'one' }, named('__proto__'))).body).toEqual(open)
  })

  test('is not found where only another client has it', async () => {
    const own = await trustedWorld([documentsOf({ own: shop }, 'shop')], { mode: 'open' })
    expect((await own.served.post({ documentId: 'own' }, named('shop'))).body).toEqual(show)
    for (const headers of [named('kiosk'), {}]) {
      expect(codeOf((await own.served.post({ documentId: 'own' }, headers)).body)).toBe(
        'PERSISTED_QUERY_NOT_FOUND',
      )
    }
  })

  test('that came with the bytes of another client’s does not join its answer', async () => {
    const slow = (field: string) => `query Slow { slow(ms: 300) ${field} }`
    const shared = await trustedWorld(
      [documentsOf({ slow: slow('open') }, 'shop'), documentsOf({ slow: slow('whoami') }, 'kiosk')],
      { mode: 'locked', isPerClient: true },
      { deduplication: { inbound: true } },
    )
    const ask = (name: string) => shared.served.post({ documentId: 'slow' }, named(name))
    const [one, twin, other, nobody] = await Promise.all([
      ask('shop'),
      ask('shop'),
      ask('kiosk'),
      ask('thief'),
    ])
    expect(one.body).toEqual({ data: { slow: 'done', open: 'open' } })
    expect(twin.body).toEqual(one.body)
    expect(other.body).toEqual({ data: { slow: 'done', whoami: null } })
    expect(codeOf(nobody.body)).toBe('PERSISTED_QUERY_NOT_FOUND')
    expect(await shared.metric('headcount_gateway_shared_requests_total{result="joined"}')).toBe(1)
  })
})

describe.each([false, true])('where documents are per client: %s', (isPerClient) => {
  afterEach(endAll)

  test.each(Object.entries(doors))(
    'another client’s document runs by hash or text only where they are not: over %s',
    async (_, door) => {
      const world = await trustedWorld(clients, { mode: 'locked', isPerClient })
      for (const payload of [
        { documentId: `sha256:${sha256(kiosk)}` },
        { extensions: persistedQuery(sha256(kiosk)) },
        { query: kiosk },
      ]) {
        expect(await door(world.url, payload, named('kiosk'))).toMatchObject({ data: {} })
        const other = await door(world.url, payload, named('shop'))
        const refusal = 'documentId' in payload ? notFound : 'DOCUMENT_NOT_TRUSTED'
        expect(codeOf(other)).toBe(isPerClient ? refusal : undefined)
        const nobody = await door(world.url, payload)
        expect(codeOf(nobody)).toBe(isPerClient ? refusal : undefined)
      }
      for (const headers of [named('kiosk'), named('shop'), {}]) {
        expect(await door(world.url, { query: everyones }, headers)).toEqual(open)
      }
    },
  )
})

describe('what Relay’s network layers send', () => {
  let world: Awaited<ReturnType<typeof trustedWorld>>
  beforeAll(async () => {
    world = await trustedWorld([documentsOf({ '3be4abb81fa595e25eb725b2c6a87508': shop })])
  })
  afterAll(endAll)
  const md5 = '3be4abb81fa595e25eb725b2c6a87508'

  test.each(Object.entries(doors))('finds the document: over %s', async (_, door) => {
    for (const payload of [
      { doc_id: md5 },
      { id: md5 },
      { id: md5, query: '' },
      { id: md5, query: null },
      { doc_id: md5, id: 'request-1' },
      { documentId: md5, id: 'request-1' },
    ]) {
      expect(await door(world.url, payload)).toEqual(show)
    }
  })

  test('beside a document an id is something else: it neither helps nor harms', async () => {
    const free = await trustedWorld([documentsOf({ one: shop })], { mode: 'open' })
    expect((await free.served.post({ id: 'request-1', query: '{ open }' })).body).toEqual(open)
    expect((await free.served.post({ id: 'one', query: '{ open }' })).body).toEqual(open)
  })
})

describe.each(['open', 'audit', 'locked'] as const)(
  'an unknown or unusable id of a gateway that is %s',
  (mode) => {
    let world: Awaited<ReturnType<typeof trustedWorld>>
    beforeAll(async () => {
      world = await trustedWorld(clients, { mode })
    })
    afterAll(endAll)

    test.each(Object.entries(doors))('is one well-formed error: over %s', async (_, door) => {
      const long = 'x'.repeat(257)
      for (const [payload, code] of [
        [{ documentId: 'none' }, notFound],
        [{ documentId: '' }, notFound],
        [{ documentId: 'md5:0cc175b9c0f1b6a831c399e269772661' }, notFound],
        [{ documentId: 'sha256:abc' }, notFound],
        [{ documentId: 'x-app:none' }, notFound],
        [{ documentId: 'hasOwnProperty' }, notFound],
        [{ doc_id: 'none' }, notFound],
        [{ id: '__proto__' }, notFound],
        [
          { extensions: persistedQuery(sha256('none')) },
          mode === 'locked' ? 'DOCUMENT_NOT_TRUSTED' : notFound,
        ],
        [{ documentId: long }, 'BAD_REQUEST'],
        [{ extensions: persistedQuery(long) }, 'BAD_REQUEST'],
        [
          { extensions: { persistedQuery: { version: 2, sha256Hash: sha256(everyones) } } },
          'PERSISTED_QUERY_MISMATCH',
        ],
        [{ extensions: { persistedQuery: { version: 1 } } }, 'PERSISTED_QUERY_MISMATCH'],
      ] as const) {
        const answer = await door(world.url, payload)
        expect([payload, answer.errors?.length, codeOf(answer)]).toEqual([payload, 1, code])
        expect(answer.data).toBeUndefined()
      }
    })
  },
)

test('a miss is a 200 for Apollo’s hash, and a GET by a known id needs no header that only a preflight lets through', async () => {
  const world = await trustedWorld(clients, { mode: 'open' })
  const miss = await world.served.post(
    { extensions: persistedQuery(sha256('none')) },
    { accept: 'application/graphql-response+json' },
  )
  expect([miss.status, miss.headers.get('cache-control')]).toEqual([200, 'no-store'])
  for (const payload of [
    { documentId: `sha256:${sha256(everyones)}` },
    { documentId: 'one' },
    { id: 'one' },
    { doc_id: 'one' },
    { extensions: persistedQuery(sha256(everyones)) },
  ]) {
    const response = await fetch(`${world.url}?${searchOf(payload)}`)
    expect([response.status, await response.json()]).toEqual([200, open])
  }
  await endAll()
})

test('a browser’s EventSource, which sends no header of its own, gets a trusted document by its id', async () => {
  const world = await trustedWorld(clients)
  const response = await fetch(`${world.url}?${searchOf({ documentId: 'one' })}`, {
    headers: { accept: 'text/event-stream' },
  })
  expect(await response.text()).toContain(`event: next\ndata: ${JSON.stringify(open)}\n`)
  await endAll()
})

test('a query by GET of a listed origin’s page passes without another header, of any other it does not', async () => {
  const origins = ['https://app.test']
  const world = await trustedWorld(clients, { mode: 'open' }, { corsOrigins: origins })
  const from = async (origin: string) =>
    (await fetch(`${world.url}?${searchOf({ query: '{ open }' })}`, { headers: { origin } })).json()
  expect(await from('https://app.test')).toEqual(open)
  for (const origin of ['https://evil.test', 'null', 'https://app.test.evil.test']) {
    expect(codeOf((await from(origin)) as Answer)).toBe('CSRF_PREVENTED')
  }
  await endAll()
})
