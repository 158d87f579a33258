import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { venueGraph } from './graph.ts'
import { type Answer, type Served, serve } from './support.ts'

let served: Served
beforeAll(async () => {
  served = await serve(venueGraph().all, 'in-process')
})
afterAll(() => served.close())

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const extensions = (sha256Hash: unknown, version: unknown = 1) => ({
  persistedQuery: { version, sha256Hash },
})
const modern = { accept: 'application/graphql-response+json' }

let number = 0
/** A document that no other test has sent. */
function fresh(): string {
  number += 1
  return `query Fresh${number} { open }`
}
const open = { data: { open: 'open' } }

async function get(parameters: Record<string, unknown>, headers: Record<string, string> = {}) {
  const search = new URLSearchParams(
    Object.entries(parameters).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  )
  const response = await fetch(`${served.url}?${search}`, { headers })
  return { status: response.status, headers: response.headers, body: (await response.json()) as Answer }
}

const code = (answer: { body: Answer }) => answer.body.errors?.[0]?.extensions.code

test('a hash that is not known is a 200 that no cache keeps, and says so as clients expect', async () => {
  for (const headers of [{}, modern]) {
    const answer = await served.post(
      { extensions: extensions(sha256(fresh())) },
      headers as Record<string, string>,
    )
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store'])
    expect(answer.body).toEqual({
      errors: [{ message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }],
    })
  }
})

test('what Apollo Client does: hash, then both by POST, then the hash alone', async () => {
  const query = fresh()
  const client = { ...extensions(sha256(query)), clientLibrary: { name: '@apollo/client', version: '4' } }
  expect(code(await served.post({ operationName: query.split(' ')[1], extensions: client }))).toBe(
    'PERSISTED_QUERY_NOT_FOUND',
  )
  expect((await served.post({ query, extensions: client })).body).toEqual(open)
  expect((await served.post({ extensions: client })).body).toEqual(open)
  expect((await get({ extensions: client }, { 'content-type': 'application/json' })).body).toEqual(open)
})

test('what urql does: the hash by GET with no header of its own is answered once the document is known', async () => {
  const query = fresh()
  const parameters = { extensions: { ...extensions(sha256(query)), miss: true } }
  const accept =
    'application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed'
  const miss = await get(parameters, { accept })
  expect([miss.status, code(miss)]).toEqual([200, 'PERSISTED_QUERY_NOT_FOUND'])
  await served.post({ query, ...parameters })
  const hit = await get(parameters, { accept })
  expect([hit.status, hit.body]).toEqual([200, open])
})

test('a document id that is the hash works like the hash', async () => {
  const query = fresh()
  const documentId = `sha256:${sha256(query)}`
  expect(code(await served.post({ documentId }))).toBe('PERSISTED_QUERY_NOT_FOUND')
  await served.post({ query, extensions: extensions(sha256(query)) })
  expect((await served.post({ documentId })).body).toEqual(open)
})

describe.each([
  ['another version', () => extensions(sha256('{ open }'), 2), 400, 'PERSISTED_QUERY_MISMATCH'],
  [
    'no version',
    () => ({ persistedQuery: { sha256Hash: sha256('{ open }') } }),
    400,
    'PERSISTED_QUERY_MISMATCH',
  ],
  ['the hash of something else', () => extensions(sha256('{ other }')), 400, 'PERSISTED_QUERY_MISMATCH'],
  ['no hash', () => ({ persistedQuery: { version: 1 } }), 400, 'PERSISTED_QUERY_MISMATCH'],
  ['a hash that is a number', () => extensions(1), 400, 'PERSISTED_QUERY_MISMATCH'],
  ['a hash in capitals', () => extensions(sha256('{ open }').toUpperCase()), 400, 'PERSISTED_QUERY_MISMATCH'],
  ['the name of an object’s own part', () => extensions('__proto__'), 400, 'PERSISTED_QUERY_MISMATCH'],
  ['text where an object belongs', () => ({ persistedQuery: 'x' }), 400, 'PERSISTED_QUERY_MISMATCH'],
] as const)('with a document and %s', (...row) => {
  const [, make, status, expected] = row
  test(`is ${status} ${expected}`, async () => {
    const answer = await served.post({ query: '{ open }', extensions: make() }, modern)
    expect([answer.status, code(answer)]).toEqual([status, expected])
  })
})

test.each(['constructor', 'x', 'sha256:abc', 'toString', '__proto__'])(
  'the unknown document id %s is one well-formed error',
  async (documentId) => {
    expect((await served.post({ documentId })).body.errors).toHaveLength(1)
    expect(code(await served.post({ documentId }))).toBe('PERSISTED_QUERY_NOT_FOUND')
  },
)

test('a document that is not valid is not kept', async () => {
  const query = '{ nothing }'
  expect(code(await served.post({ query, extensions: extensions(sha256(query)) }, modern))).toBe(
    'GRAPHQL_VALIDATION_FAILED',
  )
  expect(code(await served.post({ extensions: extensions(sha256(query)) }))).toBe('PERSISTED_QUERY_NOT_FOUND')
})

test('a document that came without its hash is not known by it', async () => {
  const query = fresh()
  await served.post({ query })
  expect(code(await served.post({ extensions: extensions(sha256(query)) }))).toBe('PERSISTED_QUERY_NOT_FOUND')
})

test('a mutation by GET is refused by its hash too', async () => {
  const query = 'mutation ByHash { touch }'
  await served.post({ query, extensions: extensions(sha256(query)) })
  const answer = await get({ extensions: extensions(sha256(query)) }, modern)
  expect([answer.status, code(answer), answer.headers.get('allow')]).toEqual([
    405,
    'METHOD_NOT_ALLOWED',
    'POST',
  ])
})

test('where clients may not register documents, they are told to send them alone', async () => {
  const strict = await serve(venueGraph().all, 'in-process', { automaticPersistedDocuments: false })
  const query = fresh()
  const refusal = [
    { message: 'PersistedQueryNotSupported', extensions: { code: 'PERSISTED_QUERY_NOT_SUPPORTED' } },
  ]
  for (const body of [
    { extensions: extensions(sha256(query)) },
    { query, extensions: extensions(sha256(query)) },
    { extensions: extensions(sha256(query)) },
  ]) {
    const answer = await strict.post(body, modern)
    expect([answer.status, answer.body.errors]).toEqual([200, refusal])
  }
  expect(code(await strict.post({ documentId: `sha256:${sha256(query)}` }))).toBe('PERSISTED_QUERY_NOT_FOUND')
  expect((await strict.post({ query })).body).toEqual(open)
  await strict.close()
})

test('hits, misses and stored documents are counted', async () => {
  const text = await served.gateway.metrics()
  for (const result of ['hit', 'miss', 'stored']) {
    expect(text).toMatch(new RegExp(`persisted_documents_total\\{result="${result}"\\} [1-9]`))
  }
})
