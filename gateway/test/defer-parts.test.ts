import { afterEach, expect, test, vi } from 'vitest'
import { part } from './federation/ask.ts'
import { atEnd, endAll } from './http1-calls.ts'
import { RawConnection, requestText } from './raw-events.ts'
import { compose, serve } from './support.ts'

// Answers in parts: multipart/mixed (https://www.rfc-editor.org/rfc/rfc2046#section-5.1.1) with the payloads of the
// incremental delivery proposal of 2022-08-24.

afterEach(endAll)

const accept = 'multipart/mixed;deferSpec=20220824, application/json'
/** More than the buffers of both ends hold. */
const large = 12_000_000

/** Composed once: it takes longer than all else that a test does. */
let sdl: string | undefined

/** Words of one subgraph, of which each comes when it is let go. */
async function world(options: Parameters<typeof serve>[2] = {}) {
  const held = { a: Promise.withResolvers<void>(), b: Promise.withResolvers<void>() }
  const item = 'type Item @key(fields: "id") { id: ID! }'
  const items = part('items', `type Query { item: Item large: String } ${item}`, {
    Query: { item: () => ({ id: 'i' }), large: () => 'x'.repeat(large) },
  })
  const more = (name: 'a' | 'b', type: string, value: unknown) =>
    part(name, `scalar Sum type Item @key(fields: "id") { id: ID! ${name}: ${type} }`, {
      Item: {
        __resolveReference: async (reference: object) => {
          await held[name].promise
          return { ...reference, [name]: value }
        },
      },
    })
  const parts = [items, more('a', 'String', 'word'), more('b', 'Sum', 'sum')]
  sdl ??= compose(parts)
  const served = await serve(parts, 'in-process', { supergraph: { sdl }, ...options })
  atEnd(() => served.close())
  const open = () => {
    const connection = new RawConnection(served.url)
    atEnd(() => connection.socket.destroy())
    return connection
  }
  return { served, held, open }
}

const ask = (query: string, accepted = accept) =>
  requestText('POST', '/graphql', { headers: { accept: accepted }, body: { query } })
const partOf = (payload: object) =>
  `\r\n---\r\ncontent-type: application/json; charset=utf-8\r\n\r\n${JSON.stringify(payload)}`
const query = '{ item { id ... @defer(label: "one") { a } ... @defer(label: "two") { b } } }'

test('each part stands between delimiters, the last before the closing one, octet for octet', async () => {
  const { open, held } = await world()
  const connection = open()
  connection.send(ask(query))
  const head = await connection.head()
  expect(head.status).toBe(200)
  expect(head.headers).toMatchObject({
    'content-type': 'multipart/mixed; boundary="-"; deferSpec=20220824',
    'cache-control': 'no-store',
    'transfer-encoding': 'chunked',
  })
  // The delimiter after a payload comes with it, long before the next payload: without it the client could not know.
  const first = `${partOf({ data: { item: { id: 'i' } }, hasNext: true })}\r\n---`
  expect(await connection.piece(first.length)).toBe(first)
  held.a.resolve()
  const a = { data: { a: 'word' }, path: ['item'], label: 'one' }
  const second = `${partOf({ incremental: [a], hasNext: true }).slice('\r\n---'.length)}\r\n---`
  expect(await connection.piece(second.length)).toBe(second)
  held.b.resolve()
  const b = { data: { b: 'sum' }, path: ['item'], label: 'two' }
  const last = `${partOf({ incremental: [b], hasNext: false }).slice('\r\n---'.length)}\r\n-----\r\n`
  expect(await connection.piece(last.length)).toBe(last)
  expect(await connection.piece(1)).toBe('')
  expect(connection.isComplete).toBe(true)
  // The connection goes on.
  connection.send(ask('{ item { id } }', 'application/json'))
  expect(await connection.body(await connection.head())).toBe('{"data":{"item":{"id":"i"}}}')
})

test.each([
  ['multipart/mixed', true],
  ['multipart/mixed; deferSpec=20220824', true],
  ['multipart/mixed;deferSpec="20220824", application/json', true],
  ['multipart/mixed;incrementalSpec=v0.2, application/json', false],
  ['multipart/mixed;deferSpec=20990101, application/json', false],
  ['multipart/mixed;boundary=graphql;subscriptionSpec=1.0, application/json', false],
  ['multipart/mixed;q=0, application/json', false],
])('accept: %s takes parts in this form: %s', async (accepted, isTaken) => {
  const { open, held } = await world()
  held.a.resolve()
  held.b.resolve()
  const connection = open()
  connection.send(ask(query, accepted))
  const { headers } = await connection.head()
  expect(headers['content-type']?.startsWith('multipart/mixed')).toBe(isTaken)
})

test('what comes while the client does not read goes into one payload, and nothing is lost', async () => {
  const { open, held } = await world()
  const connection = open()
  connection.send(ask(`{ large ${query.slice(1)}`))
  await connection.head()
  connection.socket.pause()
  held.a.resolve()
  await new Promise((resolve) => setTimeout(resolve, 50))
  held.b.resolve()
  await new Promise((resolve) => setTimeout(resolve, 50))
  connection.socket.resume()
  const text = await connection.piece(Number.POSITIVE_INFINITY)
  const payloads = text
    .split('\r\n\r\n')
    .slice(1)
    .map((one) => JSON.parse(one.split('\r\n')[0] ?? ''))
  expect(payloads).toHaveLength(2)
  expect(payloads[1].incremental).toHaveLength(2)
  expect(payloads[1].hasNext).toBe(false)
  expect(text.endsWith('\r\n-----\r\n')).toBe(true)
})

test('a client that never reads keeps its request under way until its time is up, and no longer', async () => {
  const { open, held, served } = await world({ limits: { requestsInProgress: 1, requestMs: 3_000 } })
  const connection = open()
  connection.send(ask(`{ large ${query.slice(1)}`))
  await connection.head()
  connection.socket.pause()
  held.a.resolve()
  held.b.resolve()
  expect((await served.post({ query: '{ item { id } }' })).status).toBe(503)
  await vi.waitFor(
    async () => expect((await served.post({ query: '{ item { id } }' })).status).toBe(200),
    8_000,
  )
  connection.socket.resume()
  const text = await connection.piece(Number.POSITIVE_INFINITY)
  expect(text).toContain('"code":"DEADLINE_EXCEEDED"')
  expect(text.endsWith('"hasNext":false}\r\n-----\r\n')).toBe(true)
}, 20_000)

test('a part that cannot be written ends the answer with an error, masked', async () => {
  const item = 'type Item @key(fields: "id") { id: ID!'
  const { promise, resolve } = Promise.withResolvers<void>()
  const items = part('items', `type Query { item: Item } ${item} }`, { Query: { item: () => ({ id: 'i' }) } })
  const sums = part('sums', `scalar Sum ${item} sum: Sum }`, {
    Item: { __resolveReference: (reference: object) => promise.then(() => ({ ...reference, sum: 10n })) },
  })
  const served = await serve([items, sums], 'in-process')
  atEnd(() => served.close())
  const connection = new RawConnection(served.url)
  atEnd(() => connection.socket.destroy())
  connection.send(ask('{ item { id ... @defer { sum } } }'))
  await connection.head()
  resolve()
  const text = await connection.piece(Number.POSITIVE_INFINITY)
  expect(text).toMatch(/"errors":\[\{"message":"Something went wrong[^}]*"code":"INTERNAL_SERVER_ERROR"/)
  expect(text.endsWith('"hasNext":false}\r\n-----\r\n')).toBe(true)
})
