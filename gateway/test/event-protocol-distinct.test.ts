import { afterEach, describe, expect, test, vi } from 'vitest'
import { channel, message } from './counts.ts'
import { type EventWorld, eventStream, eventWorld, subscription, value } from './event-protocol.ts'
import { endAll } from './http1-calls.ts'
import { requestText } from './raw-events.ts'

// GraphQL over Server-Sent Events, distinct connections mode:
// https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md#distinct-connections-mode

afterEach(endAll)

const get = (query: string) => `/graphql?query=${encodeURIComponent(query)}`
const json = (event: { readonly data?: string } | undefined): unknown => JSON.parse(event?.data ?? 'null')

describe.each(['GET', 'POST'] as const)('by %s', (method) => {
  const asked = (query: string): Parameters<EventWorld['ask']> =>
    method === 'GET'
      ? [method, get(query), { headers: eventStream }]
      : [method, '/graphql', { headers: eventStream, body: { query } }]

  test('the content type is always text/event-stream', async () => {
    const { ask } = await eventWorld()
    const { status, headers } = await ask(...asked(subscription))
    expect(status).toBe(200)
    expect(headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'transfer-encoding': 'chunked',
    })
    expect(headers).not.toHaveProperty('content-length')
  })

  test('results are `next` events with the result in `data`, as they come', async () => {
    const { ask, topics } = await eventWorld()
    const { connection } = await ask(...asked(subscription))
    const first = await connection.next()
    expect(first).toMatchObject({ event: 'next' })
    expect(json(first)).toEqual(value(1, 10))
    await topics.publish(channel, message(2, 11))
    expect(json(await connection.next())).toEqual(value(2, 11))
  })

  test('an operation that is done is followed by `complete` with an empty `data`, and the stream ends', async () => {
    const { ask } = await eventWorld()
    const { connection } = await ask(...asked('{ event(id: "x") { name } }'))
    const events = await connection.rest()
    expect(events).toEqual([
      { event: 'next', data: '{"data":{"event":{"name":"Event x"}}}' },
      { event: 'complete', data: '' },
    ])
    expect(connection.isComplete).toBe(true)
  })

  test.each([
    ['a document that is not GraphQL', '{ nonsense', 'GRAPHQL_PARSE_FAILED'],
    ['one that does not fit the schema', '{ nothing }', 'GRAPHQL_VALIDATION_FAILED'],
    ['a variable that is missing', 'query Q($id: ID!) { event(id: $id) { name } }', 'BAD_USER_INPUT'],
    [
      'a subscription that is refused',
      'subscription { occupancyChanged(eventId: "none") { seq } }',
      'NOT_FOUND',
    ],
    [
      'a wrong argument',
      'subscription { occupancyChanged(eventId: "e1", minIntervalMs: -1) { seq } }',
      'BAD_USER_INPUT',
    ],
  ])('%s is told through an accepted stream', async (_what, query, code) => {
    const { ask } = await eventWorld()
    const { status, headers, connection } = await ask(...asked(query))
    expect(status).toBe(200)
    expect(headers['content-type']).toBe('text/event-stream; charset=utf-8')
    const [next, complete, ...more] = await connection.rest()
    expect(next?.event).toBe('next')
    expect(json(next)).toMatchObject({ errors: [{ extensions: { code } }] })
    expect(json(next)).not.toHaveProperty('data')
    expect(complete).toEqual({ event: 'complete', data: '' })
    expect(more).toEqual([])
  })
})

test('a client that closes the connection ends its operation', async () => {
  const { ask, topics, served } = await eventWorld()
  const { connection } = await ask('GET', get(subscription), { headers: eventStream })
  await connection.next()
  expect(await topics.activeChannels('*')).toEqual([channel])
  connection.socket.destroy()
  await vi.waitFor(async () => {
    expect(await topics.activeChannels('*')).toEqual([])
    const numbers = await served.gateway.metrics()
    expect(numbers).toContain('headcount_gateway_live_connections{transport="events"} 0')
    expect(numbers).toContain('headcount_gateway_live_closes_total{transport="events",code="client"} 1')
  })
})

test('a mutation by GET is refused within the stream', async () => {
  const { ask } = await eventWorld()
  const { connection } = await ask('GET', get('mutation { nothing }'), { headers: eventStream })
  expect(json(await connection.next())).toHaveProperty('errors')
  expect(await connection.next()).toEqual({ event: 'complete', data: '' })
})

test('a request that is none of GraphQL over HTTP is refused by HTTP', async () => {
  const { ask } = await eventWorld()
  expect((await ask('GET', '/graphql', { headers: eventStream })).status).toBe(400)
  expect((await ask('POST', '/graphql', { headers: eventStream, body: { query: 1 } })).status).toBe(400)
  expect((await ask('POST', '/graphql', { headers: eventStream, body: [{ query: '{ a }' }] })).status).toBe(
    400,
  )
  const bad = { ...eventStream, authorization: 'Bearer nonsense' }
  expect((await ask('GET', get(subscription), { headers: bad })).status).toBe(401)
})

test('the head comes at once, with a comment, before the operation has anything to say', async () => {
  const { ask, state } = await eventWorld()
  state.delayMs = 300
  const began = performance.now()
  const { connection } = await ask('GET', get(subscription), { headers: eventStream })
  expect(await connection.event()).toEqual({ comment: '' })
  expect(performance.now() - began).toBeLessThan(250)
  expect(json(await connection.event())).toEqual(value(1, 10))
})

test('after a stream has ended its connection serves the next request', async () => {
  const { open, authorization } = await eventWorld()
  const connection = open()
  const query = requestText('GET', get('{ event(id: "x") { name } }'), {
    headers: { authorization, ...eventStream },
  })
  for (let at = 0; at < 3; at += 1) {
    connection.send(query)
    expect((await connection.head()).status).toBe(200)
    expect(await connection.rest()).toHaveLength(2)
    expect(connection.isComplete).toBe(true)
  }
})

test('a stream that was asked for behind another request on the connection comes after its answer', async () => {
  const { open, authorization, state } = await eventWorld()
  state.delayMs = 100
  const headers = { authorization }
  const connection = open()
  const query = '{ occupancy(eventId: "e1") { inside } }'
  connection.send(
    requestText('POST', '/graphql', { headers, body: { query } }) +
      requestText('GET', get(subscription), { headers: { ...headers, ...eventStream } }),
  )
  const answer = await connection.head()
  expect(await connection.body(answer)).toBe('{"data":{"occupancy":{"inside":10}}}')
  expect((await connection.head()).headers['content-type']).toBe('text/event-stream; charset=utf-8')
  expect(json(await connection.next())).toEqual(value(1, 10))
})

test('a client of HTTP/1.0 gets events without chunks, until the connection ends', async () => {
  const { open, authorization } = await eventWorld()
  const connection = open()
  const text = requestText('GET', get('{ event(id: "x") { name } }'), {
    headers: { authorization, ...eventStream },
  })
  connection.send(text.replace('HTTP/1.1', 'HTTP/1.0'))
  const { headers } = await connection.head()
  expect(headers).not.toHaveProperty('transfer-encoding')
  expect(await connection.rest()).toEqual([
    { event: 'next', data: '{"data":{"event":{"name":"Event x"}}}' },
    { event: 'complete', data: '' },
  ])
  expect(connection.isClosed).toBe(true)
})

test('an event whose text is not ASCII is framed by its bytes', async () => {
  const { ask } = await eventWorld()
  const { connection } = await ask('GET', get('{ event(id: "ü…🎟") { name } }'), { headers: eventStream })
  const [next] = await connection.rest()
  expect(json(next)).toEqual({ data: { event: { name: 'Event ü…🎟' } } })
  expect(connection.isComplete).toBe(true)
})

describe('where the client is', () => {
  const resume = (extensions: unknown) => ({
    headers: eventStream,
    body: { query: subscription, extensions },
  })

  test('each result has its position as id; errors and `complete` have none', async () => {
    const { ask, topics } = await eventWorld()
    const { connection } = await ask('GET', get(subscription), { headers: eventStream })
    expect(await connection.next()).toMatchObject({ event: 'next', id: '1' })
    await topics.publish(channel, message(7, 11))
    expect(await connection.next()).toMatchObject({ event: 'next', id: '7' })
    const refused = await ask('GET', get('{ nothing }'), { headers: eventStream })
    for (const event of await refused.connection.rest()) expect(event).not.toHaveProperty('id')
  })

  test.each([
    ['Last-Event-ID', { headers: { ...eventStream, 'last-event-id': '1' }, body: { query: subscription } }],
    ['extensions.resume', resume({ resume: '1' })],
    [
      'Last-Event-ID, which goes before extensions.resume',
      { ...resume({ resume: '0' }), headers: { ...eventStream, 'last-event-id': '1' } },
    ],
  ])('goes on after %s', async (_what, how) => {
    const { ask, topics } = await eventWorld()
    const { connection } = await ask('POST', '/graphql', how)
    const next = connection.next()
    await vi.waitFor(async () => expect(await topics.activeChannels('*')).toEqual([channel]))
    await new Promise((resolve) => setTimeout(resolve, 100))
    await topics.publish(channel, message(5, 50))
    expect(await next).toMatchObject({ id: '5' })
  })

  test.each([[{ resume: null }], [{}]])('begins from the start with extensions %j', async (extensions) => {
    const { ask } = await eventWorld()
    const { connection } = await ask('POST', '/graphql', resume(extensions))
    expect(await connection.next()).toMatchObject({ id: '1' })
  })

  test.each([[7], ['x'], [''], [{}], ['-1'], ['1234567890123456']])(
    'refuses extensions.resume %j',
    async (wrong) => {
      const { ask } = await eventWorld()
      const { connection } = await ask('POST', '/graphql', resume({ resume: wrong }))
      const [next, complete] = await connection.rest()
      expect(json(next)).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] })
      expect(complete?.event).toBe('complete')
    },
  )

  test('a Last-Event-ID that is none of ours is nothing', async () => {
    const { ask } = await eventWorld()
    const headers = { ...eventStream, 'last-event-id': 'abc' }
    const { connection } = await ask('GET', get(subscription), { headers })
    expect(await connection.next()).toMatchObject({ id: '1' })
  })
})
