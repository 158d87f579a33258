import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { endAll } from '../http1-calls.ts'
import { rawPost } from '../raw-post.ts'
import { doors, type Payload, searchOf } from './doors.ts'
import { documentsOf, hashed, persistedQuery, sha256, trustedWorld } from './trusted-world.ts'

const trusted = 'query Trusted { open }'
const two = 'query One { open } query Two { show { title } }'
const mutation = 'mutation Touch { touch }'
const foreign = 'query Foreign { show { title } }'
const open = { data: { open: 'open' } }

let world: Awaited<ReturnType<typeof trustedWorld>>
beforeAll(async () => {
  const ids = documentsOf({ 'open-1': trusted, 'x-app:open': trusted })
  const options = { introspection: true, graphiql: true, deduplication: { inbound: true } }
  world = await trustedWorld([hashed(trusted, two, mutation), ids], {}, options)
})
afterAll(endAll)

const good: Readonly<Record<string, Payload>> = {
  'its hash as documentId': { documentId: `sha256:${sha256(trusted)}` },
  'its bare hash as documentId': { documentId: sha256(trusted) },
  'its hash as Apollo sends it': { extensions: persistedQuery(sha256(trusted)) },
  'an id of the client’s own': { documentId: 'open-1' },
  'an id with a prefix of the client’s own': { documentId: 'x-app:open' },
  'an id of the client’s own as Apollo sends it': { extensions: persistedQuery('open-1') },
  'its own text': { query: trusted },
  'its own text and its hash': { query: trusted, extensions: persistedQuery(sha256(trusted)) },
}

/** All that is none of the trusted documents, however much it looks like one. */
const bad: Readonly<Record<string, Payload>> = {
  'another text': { query: foreign },
  'another text with its right hash': { query: foreign, extensions: persistedQuery(sha256(foreign)) },
  'another text with its right documentId': { query: foreign, documentId: `sha256:${sha256(foreign)}` },
  'another text beside a trusted id that Relay would send': {
    query: foreign,
    id: 'open-1',
    doc_id: 'open-1',
  },
  'a hash that nobody published': { extensions: persistedQuery(sha256(foreign)) },
  'a documentId that nobody published': { documentId: `sha256:${sha256(foreign)}` },
  'an id that nobody published': { documentId: 'open-2' },
  'the name of an object’s own part': { documentId: '__proto__' },
  'the name of what every object has': { documentId: 'constructor' },
  'an id in other capitals': { documentId: 'OPEN-1' },
  'a hash in capitals': { documentId: `sha256:${sha256(trusted).toUpperCase()}` },
  'a trusted text with a space more': { query: `${trusted} ` },
  'a trusted text with a comment': { query: `#\n${trusted}` },
  'a trusted text with a byte order mark': { query: `\ufeff${trusted}` },
  'a trusted text and another operation': { query: `${trusted} ${foreign}`, operationName: 'Foreign' },
  'a trusted text and another operation, by the trusted one’s name': {
    query: `${trusted} ${foreign}`,
    operationName: 'Trusted',
  },
  'another text under the name of a trusted one': { query: 'query Trusted { show { title } }' },
  'another text in other capitals of letters and spaces': { query: 'query  Trusted { open }' },
  introspection: { query: '{ __schema { types { name } } }' },
  'a typename': { query: '{ __typename }' },
  'a subgraph’s door': { query: '{ _service { sdl } }' },
  'a text that is no GraphQL': { query: '{ open ' },
  'an empty text': { query: '' },
  'a text that the schema does not take': { query: '{ nothing }' },
  'a subscription': { query: 'subscription { nothing }' },
}

describe.each(Object.entries(doors))('over %s', (_, door) => {
  test.each(Object.entries(good))('a trusted document runs by %s', async (_name, payload) => {
    expect(await door(world.url, payload)).toEqual(open)
  })

  test.each(Object.entries(bad))('%s is refused, and no subgraph hears of it', async (_name, payload) => {
    const before = world.asked().length
    const { errors, data } = await door(world.url, payload)
    expect(errors).toHaveLength(1)
    const isIdAlone = payload.documentId !== undefined && payload.query === undefined
    const code = isIdAlone ? 'PERSISTED_QUERY_NOT_FOUND' : 'DOCUMENT_NOT_TRUSTED'
    expect(errors?.[0]?.extensions.code).toBe(code)
    expect([data, world.asked().length]).toEqual([undefined, before])
  })

  test('a trusted hash does not carry another text in', async () => {
    const before = world.asked().length
    for (const query of [foreign, `${trusted} `]) {
      const answer = await door(world.url, { query, extensions: persistedQuery(sha256(trusted)) })
      expect(answer.errors?.[0]?.extensions.code).toBe('DOCUMENT_NOT_TRUSTED')
    }
    const other = await door(world.url, { query: two, extensions: persistedQuery(sha256(trusted)) })
    expect(other.errors?.[0]?.extensions.code).toBe('PERSISTED_QUERY_MISMATCH')
    const named = await door(world.url, { query: foreign, documentId: 'open-1' })
    expect(named.errors?.[0]?.extensions.code).toBe('BAD_REQUEST')
    expect(world.asked().length).toBe(before)
  })

  test('of a document with several operations each may run, and none that it has not', async () => {
    const ask = (operationName?: string) =>
      door(world.url, { documentId: `sha256:${sha256(two)}`, ...(operationName && { operationName }) })
    expect(await ask('One')).toEqual(open)
    expect(await ask('Two')).toEqual({ data: { show: { title: 'Tosca' } } })
    for (const name of ['Foreign', '__proto__', undefined]) {
      expect((await ask(name)).errors?.[0]?.extensions.code).toBe('OPERATION_RESOLUTION_FAILURE')
    }
  })
})

test('what was refused with its hash is not registered', async () => {
  const query = 'query Registered { open }'
  await world.served.post({ query, extensions: persistedQuery(sha256(query)) })
  const { body } = await world.served.post({ extensions: persistedQuery(sha256(query)) })
  expect(body.errors?.[0]?.extensions.code).toBe('DOCUMENT_NOT_TRUSTED')
})

test('the refusal is well formed: 400 for the newer media type, 200 for the older, and kept by no cache', async () => {
  for (const [accept, status] of [
    ['application/graphql-response+json', 400],
    ['application/json', 200],
    ['*/*', 200],
  ] as const) {
    const answer = await world.served.post({ query: foreign }, { accept })
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([status, 'no-store'])
    expect(answer.body).toEqual({
      errors: [
        {
          message: 'This gateway runs trusted documents only, and this is none of them: publish it first.',
          extensions: { code: 'DOCUMENT_NOT_TRUSTED' },
        },
      ],
    })
  }
})

test('one foreign document in a batch is refused alone', async () => {
  const { body } = await world.served.post([{ documentId: 'open-1' }, { query: foreign }, { query: trusted }])
  expect(body).toEqual([open, { errors: [expect.objectContaining({ message: expect.any(String) })] }, open])
})

test.each([
  ['application/graphql', foreign],
  ['text/plain', JSON.stringify({ query: foreign })],
  ['application/x-www-form-urlencoded', String(searchOf({ query: foreign }))],
  [
    'multipart/form-data; boundary=x',
    `--x\r\ncontent-disposition: form-data; name="operations"\r\n\r\n${JSON.stringify({ query: foreign })}\r\n--x--\r\n`,
  ],
])('a body of another kind is no way in: %s', async (type, body) => {
  const before = world.asked().length
  const response = await fetch(world.url, { method: 'POST', headers: { 'content-type': type }, body })
  expect([response.status, world.asked().length]).toEqual([415, before])
})

test('a document in the address of a POST is not looked at', async () => {
  const foreignOnes = () => world.asked().filter((text) => text.includes('title')).length
  const before = foreignOnes()
  const url = `${world.url}?${searchOf({ query: foreign })}`
  expect((await rawPost(url, { query: foreign })).bytes.toString()).toContain('DOCUMENT_NOT_TRUSTED')
  expect((await rawPost(url, { documentId: 'open-1' })).bytes.toString()).toBe(JSON.stringify(open))
  expect(foreignOnes()).toBe(before)
})

test('a mutation by GET is 405 by its id as well', async () => {
  const response = await fetch(`${world.url}?${searchOf({ documentId: `sha256:${sha256(mutation)}` })}`)
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST'])
})

test('a browser is served no GraphiQL', async () => {
  const response = await fetch(world.url, { headers: { accept: 'text/html' } })
  expect(response.status).not.toBe(200)
  expect(await response.text()).not.toContain('<html')
})

test('who asks for the plan of a foreign document gets neither plan nor answer', async () => {
  const plans = await trustedWorld(
    [hashed(trusted)],
    {},
    { observability: { planHeader: { isEnabled: true } } },
  )
  const headers = { 'x-headcount-plan': '1' }
  const refused = await plans.served.post({ query: foreign }, headers)
  expect(refused.body).toEqual({ errors: [expect.objectContaining({ message: expect.any(String) })] })
  const { body } = await plans.served.post({ query: trusted }, headers)
  expect(body).toMatchObject({ ...open, extensions: { plan: expect.anything() } })
})

test('where texts are not taken, trusted documents run by their ids alone', async () => {
  const strict = await trustedWorld([hashed(trusted)], { acceptsText: false })
  expect((await strict.served.post({ documentId: `sha256:${sha256(trusted)}` })).body).toEqual(open)
  for (const payload of [
    { query: trusted },
    { query: trusted, extensions: persistedQuery(sha256(trusted)) },
    { query: foreign },
  ]) {
    const { body } = await strict.served.post(payload)
    expect(body.errors?.[0]).toMatchObject({
      message: 'This gateway runs trusted documents by their ids only: send the id without the document.',
      extensions: { code: 'DOCUMENT_NOT_TRUSTED' },
    })
  }
})

test('a gateway without any trusted document refuses all, and says at its start that it will', async () => {
  const empty = await trustedWorld([])
  const { body } = await empty.served.post({ query: trusted })
  expect(body.errors?.[0]?.extensions.code).toBe('DOCUMENT_NOT_TRUSTED')
  expect(empty.served.log.map(({ msg }) => msg)).toContain(
    'there are no trusted documents, and nothing else may run',
  )
})
