import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { venueGraph } from './graph.ts'
import { atEnd, endAll } from './http1-calls.ts'
import { type Answer, type Served, serve } from './support.ts'
import { doors } from './trusted-documents/doors.ts'

let served: Served
beforeAll(async () => {
  served = await serve(venueGraph().all, 'in-process', { batching: { isEnabled: true } })
  atEnd(() => served.close())
})
afterAll(endAll)

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const extensions = (sha256Hash: unknown, version: unknown = 1) => ({
  persistedQuery: { version, sha256Hash },
})
const codeOf = ({ errors }: Answer) => errors?.[0]?.extensions.code
const open = { data: { open: 'open' } }
const notFound = 'PERSISTED_QUERY_NOT_FOUND'
const mismatch = 'PERSISTED_QUERY_MISMATCH'

let number = 0
/** A document that no other test has sent. */
function fresh(rest = '{ open }'): string {
  number += 1
  return `query Door${number} ${rest}`
}

describe.each(Object.entries(doors))('over %s', (_, door) => {
  const ask = (payload: Readonly<Record<string, unknown>>) => door(served.url, payload)

  test('a hash is unknown until its document came with it, and known from then on', async () => {
    const query = fresh()
    expect(await ask({ extensions: extensions(sha256(query)) })).toEqual({
      errors: [{ message: 'PersistedQueryNotFound', extensions: { code: notFound } }],
    })
    expect(await ask({ query, extensions: extensions(sha256(query)) })).toEqual(open)
    expect(await ask({ extensions: extensions(sha256(query)) })).toEqual(open)
    expect(await ask({ documentId: `sha256:${sha256(query)}` })).toEqual(open)
  })

  test('a document is registered by a documentId as well, where that is its hash', async () => {
    const query = fresh()
    expect(await ask({ query, documentId: `sha256:${sha256(query)}` })).toEqual(open)
    expect(await ask({ documentId: `sha256:${sha256(query)}` })).toEqual(open)
    expect(codeOf(await ask({ query, documentId: `sha256:${sha256('another')}` }))).toBe(mismatch)
  })

  test('variables and the operation’s name count for a hash as for a document', async () => {
    const query = `${fresh('($v: Int!) { echo(value: $v) }')} query Other { open }`
    const name = `Door${number}`
    const hash = { extensions: extensions(sha256(query)) }
    expect(await ask({ query, ...hash, operationName: name, variables: { v: 7 } })).toEqual({
      data: { echo: 7 },
    })
    expect(await ask({ ...hash, operationName: name, variables: { v: 8 } })).toEqual({ data: { echo: 8 } })
    expect(await ask({ ...hash, operationName: 'Other' })).toEqual(open)
    expect(codeOf(await ask({ ...hash, operationName: name, variables: { v: 'x' } }))).toBe('BAD_USER_INPUT')
    expect(codeOf(await ask({ ...hash, operationName: 'None' }))).toBe('OPERATION_RESOLUTION_FAILURE')
  })

  test('the hash is that of the text’s bytes in UTF-8', async () => {
    const query = `${fresh('{ open }')} # Türen – 扉 🚪`
    expect(await ask({ query, extensions: extensions(sha256(query)) })).toEqual(open)
    expect(await ask({ extensions: extensions(sha256(query)) })).toEqual(open)
  })

  test('a wrong hash, another version or no hash is refused, and nothing is registered', async () => {
    const query = fresh()
    const other = fresh()
    for (const wrong of [
      extensions(sha256(other)),
      extensions(sha256(query), 2),
      extensions(sha256(query), '1'),
      extensions(sha256(query), null),
      extensions(sha256(query).toUpperCase()),
      extensions(''),
      extensions(null),
      extensions('__proto__'),
      { persistedQuery: { sha256Hash: sha256(query) } },
    ]) {
      expect([wrong, codeOf(await ask({ query, extensions: wrong }))]).toEqual([wrong, mismatch])
    }
    for (const text of [query, other]) {
      expect(codeOf(await ask({ extensions: extensions(sha256(text)) }))).toBe(notFound)
    }
  })

  test('what is no document, does not fit the schema or is too large is not registered', async () => {
    for (const query of ['{ open', fresh('{ nothing }'), fresh(`{ ${'open '.repeat(300)} }`)]) {
      const hash = { extensions: extensions(sha256(query)) }
      expect(codeOf(await ask({ query, ...hash }))).toMatch(/^(GRAPHQL_|OPERATION_TOO_LARGE)/)
      expect(codeOf(await ask(hash))).toBe(notFound)
    }
  })

  test('an operation that fails is registered: its document was good', async () => {
    const query = fresh('{ broken open }')
    const hash = { extensions: extensions(sha256(query)) }
    expect(await ask({ query, ...hash })).toMatchObject({ data: { open: 'open', broken: null } })
    expect(await ask(hash)).toMatchObject({ data: { open: 'open', broken: null } })
  })

  test('what else clients put into the extensions changes nothing', async () => {
    const query = fresh()
    const client = { ...extensions(sha256(query)), clientLibrary: { name: 'x', version: '1' }, miss: true }
    expect(await ask({ query, extensions: client })).toEqual(open)
    expect(
      await ask({ extensions: { ...client, persistedQuery: { ...client.persistedQuery, miss: true } } }),
    ).toEqual(open)
    expect(await ask({ query, extensions: { persistedQuery: null } })).toEqual(open)
  })
})

describe('over HTTP', () => {
  const modern = { accept: 'application/graphql-response+json', 'content-type': 'application/json' }
  const get = (payload: Readonly<Record<string, string>>, headers: Record<string, string> = modern) =>
    fetch(`${served.url}?${new URLSearchParams(payload)}`, { headers })

  test('a miss by GET is a 200 that no cache keeps, with every media type', async () => {
    for (const accept of ['application/graphql-response+json', 'application/json', '*/*']) {
      const response = await get({ extensions: JSON.stringify(extensions(sha256(fresh()))) }, { accept })
      expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store'])
      expect(codeOf((await response.json()) as Answer)).toBe(notFound)
    }
  })

  test('a mismatch is a 400 by GET and by POST', async () => {
    const query = fresh()
    const wrong = extensions(sha256('another'))
    const responses = [
      await get({ query, extensions: JSON.stringify(wrong) }),
      await get({ extensions: JSON.stringify(extensions(sha256(query), 2)) }),
      await served.post({ query, extensions: wrong }, modern),
    ]
    expect(responses.map(({ status }) => status)).toEqual([400, 400, 400])
  })

  test('a mutation is registered by POST and is 405 by GET, by hash, by id and with its text', async () => {
    const query = `mutation Registered { touch }`
    const hash = extensions(sha256(query))
    await served.post({ query, extensions: hash }, modern)
    for (const payload of [
      { extensions: JSON.stringify(hash) },
      { documentId: `sha256:${sha256(query)}` },
      { query, extensions: JSON.stringify(hash) },
    ]) {
      const response = await get(payload)
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST'])
    }
  })

  test('many who bring the same document at once are all answered', async () => {
    const query = fresh()
    const body = { query, extensions: extensions(sha256(query)) }
    const answers = await Promise.all(Array.from({ length: 20 }, () => served.post(body)))
    expect(answers.map((answer) => answer.body)).toEqual(answers.map(() => open))
  })

  test('in one batch a document may be registered and another one missed', async () => {
    const query = fresh()
    const { body } = await served.post([
      { query, extensions: extensions(sha256(query)) },
      { extensions: extensions(sha256(fresh())) },
      { query: '{ open }' },
    ])
    const [registered, missed, plain] = body as unknown as readonly Answer[]
    expect([registered, codeOf(missed ?? {}), plain]).toEqual([open, notFound, open])
  })
})
