import { afterEach, describe, expect, test, vi } from 'vitest'
import { channel, message } from './counts.ts'
import { eventStream, eventWorld, subscription, value } from './event-protocol.ts'
import { endAll } from './http1-calls.ts'
import type { RawEvent } from './raw-events.ts'

// GraphQL over Server-Sent Events, single connection mode:
// https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md#single-connection-mode

afterEach(endAll)

const tokenHeader = 'x-graphql-event-stream-token'
const json = (event: RawEvent | undefined): unknown => JSON.parse(event?.data ?? 'null')
const query = '{ event(id: "x") { name } }'
const answer = { data: { event: { name: 'Event x' } } }

/** A world with a stream that is open. */
async function opened(...options: Parameters<typeof eventWorld>) {
  const world = await eventWorld(...options)
  const token = await world.reserve()
  const { connection, ...head } = await world.ask('GET', '/graphql', {
    headers: { ...eventStream, [tokenHeader]: token },
  })
  expect(head.status).toBe(200)
  return { ...world, token, connection }
}

describe('making reservations', () => {
  test('PUT is answered by 201 with a token as text', async () => {
    const { ask } = await eventWorld()
    const reserved = await ask('PUT', '/graphql')
    expect(reserved.status).toBe(201)
    expect(reserved.headers['content-type']).toBe('text/plain; charset=utf-8')
    expect(await reserved.text()).toMatch(/^[0-9a-f-]{36}$/)
  })

  test.each([['*/*'], ['text/plain'], ['text/plain;q=0.5'], ['application/json']])(
    'whatever the client accepts, as %s',
    async (accept) => {
      const { ask } = await eventWorld()
      expect((await ask('PUT', '/graphql', { headers: { accept } })).status).toBe(201)
    },
  )

  test('it may carry authentication as any request: a bad token is 401', async () => {
    const { ask } = await eventWorld()
    expect((await ask('PUT', '/graphql', { headers: { authorization: 'Bearer nonsense' } })).status).toBe(401)
  })

  test('each has a token of its own', async () => {
    const { reserve } = await eventWorld()
    expect(await reserve()).not.toBe(await reserve())
  })

  test('what is reserved already is not reserved again: 409', async () => {
    const { ask, reserve } = await eventWorld()
    const headers = { [tokenHeader]: await reserve() }
    expect((await ask('PUT', '/graphql', { headers })).status).toBe(409)
  })

  test('a client cannot choose its token', async () => {
    const { ask } = await eventWorld()
    const reserved = await ask('PUT', '/graphql', { headers: { [tokenHeader]: 'mine' } })
    expect(reserved.status).toBe(201)
    expect(await reserved.text()).not.toBe('mine')
  })

  test('there are not more than live connections may be', async () => {
    const { ask } = await eventWorld({ limits: { liveConnections: 2 } })
    const statuses = [
      await ask('PUT', '/graphql'),
      await ask('PUT', '/graphql'),
      await ask('PUT', '/graphql'),
    ]
    expect(statuses.map(({ status }) => status)).toEqual([201, 201, 503])
  })

  test('one that nobody opens is forgotten after 30 seconds, with what runs in it', async () => {
    const { ask, reserve, operate, topics } = await eventWorld()
    const timers = vi.spyOn(globalThis, 'setTimeout')
    const token = await reserve()
    const [expire] = timers.mock.calls.find(([, ms]) => ms === 30_000) ?? []
    timers.mockRestore()
    expect(await operate(token, 'a')).toBe(202)
    expect(await topics.activeChannels('*')).toEqual([channel])
    expire?.()
    const headers = { ...eventStream, [tokenHeader]: token }
    expect((await ask('GET', '/graphql', { headers })).status).toBe(404)
    expect(await topics.activeChannels('*')).toEqual([])
  })

  test('one that was opened lasts', async () => {
    const { ask, reserve } = await eventWorld()
    const timers = vi.spyOn(globalThis, 'setTimeout')
    const cleared = vi.spyOn(globalThis, 'clearTimeout')
    const token = await reserve()
    const at = timers.mock.calls.findIndex(([, ms]) => ms === 30_000)
    const expiry = timers.mock.results[at]?.value
    await ask('GET', '/graphql', { headers: { ...eventStream, [tokenHeader]: token } })
    expect(expiry).toBeDefined()
    expect(cleared).toHaveBeenCalledWith(expiry)
    timers.mockRestore()
    cleared.mockRestore()
  })
})

describe('opening', () => {
  test.each([
    ['GET', 'a header', (token: string) => ['/graphql', { [tokenHeader]: token }] as const],
    ['GET', 'the address', (token: string) => [`/graphql?token=${token}`, {}] as const],
    ['POST', 'a header', (token: string) => ['/graphql', { [tokenHeader]: token }] as const],
    ['POST', 'the address', (token: string) => [`/graphql?token=${token}`, {}] as const],
  ])('by %s with the token in %s is a stream of events', async (method, _where, how) => {
    const { ask, reserve } = await eventWorld()
    const [target, headers] = how(await reserve())
    const { connection, ...head } = await ask(method, target, { headers: { ...eventStream, ...headers } })
    expect(head.status).toBe(200)
    expect(head.headers['content-type']).toBe('text/event-stream; charset=utf-8')
    expect(await connection.event()).toEqual({ comment: '' })
  })

  test('with a token that was not given out is 404', async () => {
    const { ask } = await eventWorld()
    for (const token of ['x', '__proto__', 'constructor']) {
      const headers = { ...eventStream, [tokenHeader]: token }
      expect((await ask('GET', '/graphql', { headers })).status).toBe(404)
    }
  })

  test('only one connection fulfils a reservation at a time: another is 409, and the first goes on', async () => {
    const { ask, token, connection, operate } = await opened()
    const second = await ask('GET', '/graphql', { headers: { ...eventStream, [tokenHeader]: token } })
    expect(second.status).toBe(409)
    expect(JSON.parse(await second.text())).toMatchObject({
      errors: [{ extensions: { code: 'BAD_REQUEST' } }],
    })
    expect(await operate(token, 'a', query)).toBe(202)
    expect(json(await connection.next())).toEqual({ id: 'a', payload: answer })
  })

  test('of two that open it in the same moment one gets it', async () => {
    const { ask, reserve } = await eventWorld()
    const headers = { ...eventStream, [tokenHeader]: await reserve() }
    const both = await Promise.all([ask('GET', '/graphql', { headers }), ask('GET', '/graphql', { headers })])
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409])
  })

  test('a token is of no use any more when its stream has ended', async () => {
    const { token, connection, operate } = await opened()
    connection.socket.destroy()
    await vi.waitFor(async () => expect(await operate(token, 'a', query)).toBe(404))
  })
})

describe('executing operations', () => {
  test('a result is accepted by 202 with nothing in it, and streamed with its id', async () => {
    const { ask, token, connection } = await opened()
    const accepted = await ask('POST', '/graphql', {
      headers: { [tokenHeader]: token },
      body: { query, extensions: { operationId: 'one' } },
    })
    expect(accepted.status).toBe(202)
    expect(await accepted.text()).toBe('')
    expect(await connection.next()).toEqual({
      event: 'next',
      data: JSON.stringify({ id: 'one', payload: answer }),
    })
    expect(await connection.next()).toEqual({ event: 'complete', data: '{"id":"one"}' })
  })

  test('a query may come by GET, and with the token in the address', async () => {
    const { ask, token, connection } = await opened()
    const address = new URLSearchParams({ query, extensions: '{"operationId":"one"}', token })
    const accepted = await ask('GET', `/graphql?${address}`, { headers: { accept: 'application/json' } })
    expect(accepted.status).toBe(202)
    expect(json(await connection.next())).toEqual({ id: 'one', payload: answer })
  })

  test('several share the stream, each under its id', async () => {
    const { token, connection, operate, topics } = await opened()
    expect(await operate(token, 'a')).toBe(202)
    expect(await operate(token, 'b')).toBe(202)
    const firsts = [json(await connection.next()), json(await connection.next())]
    expect(firsts).toEqual([
      { id: 'a', payload: value(1, 10) },
      { id: 'b', payload: value(1, 10) },
    ])
    await topics.publish(channel, message(2, 11))
    const seconds = [json(await connection.next()), json(await connection.next())]
    expect(seconds.toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)))).toEqual([
      { id: 'a', payload: value(2, 11) },
      { id: 'b', payload: value(2, 11) },
    ])
  })

  test('no event has an `id` line: it would speak of one operation alone', async () => {
    const { token, connection, operate } = await opened()
    await operate(token, 'a')
    expect(await connection.next()).not.toHaveProperty('id')
  })

  test('what comes before the stream is opened is streamed when it is', async () => {
    const { ask, reserve, operate, topics } = await eventWorld()
    const token = await reserve()
    expect(await operate(token, 'q', query)).toBe(202)
    expect(await operate(token, 's')).toBe(202)
    for (let seq = 2; seq <= 30; seq += 1) await topics.publish(channel, message(seq, seq))
    const { connection } = await ask('GET', '/graphql', { headers: { ...eventStream, [tokenHeader]: token } })
    expect(json(await connection.next())).toEqual({ id: 'q', payload: answer })
    expect(await connection.next()).toEqual({ event: 'complete', data: '{"id":"q"}' })
    let last = json(await connection.next())
    while (JSON.stringify(last) !== JSON.stringify({ id: 's', payload: value(30, 30) })) {
      last = json(await connection.next())
    }
  })

  test.each([
    ['a document that is not GraphQL', '{ nonsense', 'GRAPHQL_PARSE_FAILED'],
    ['one that does not fit the schema', '{ nothing }', 'GRAPHQL_VALIDATION_FAILED'],
    ['a variable that is missing', 'query Q($id: ID!) { event(id: $id) { name } }', 'BAD_USER_INPUT'],
    [
      'a wrong argument of a subscription',
      'subscription { occupancyChanged(eventId: "e1", minIntervalMs: -1) { seq } }',
      'BAD_USER_INPUT',
    ],
  ])('%s is answered as over HTTP, by media type, and nothing is streamed', async (_what, wrong, code) => {
    const { ask, token, connection, operate } = await opened()
    for (const [accept, status] of [
      ['application/json', 200],
      ['application/graphql-response+json', 400],
    ] as const) {
      const refused = await ask('POST', '/graphql', {
        headers: { accept, [tokenHeader]: token },
        body: { query: wrong, extensions: { operationId: 'one' } },
      })
      expect(refused.status).toBe(status)
      expect(refused.headers['content-type']).toBe(`${accept}; charset=utf-8`)
      expect(JSON.parse(await refused.text())).toMatchObject({ errors: [{ extensions: { code } }] })
    }
    expect(await operate(token, 'one', query)).toBe(202)
    expect(json(await connection.next())).toEqual({ id: 'one', payload: answer })
  })

  test('a refusal of what a subscription asks for is its result', async () => {
    const { token, connection, operate } = await opened()
    const none = 'subscription { occupancyChanged(eventId: "none") { seq } }'
    expect(await operate(token, 'a', none)).toBe(202)
    expect(json(await connection.next())).toMatchObject({
      id: 'a',
      payload: { errors: [{ extensions: { code: 'NOT_FOUND' } }] },
    })
    expect(await connection.next()).toEqual({ event: 'complete', data: '{"id":"a"}' })
  })

  test.each([
    ['no operation id', {}],
    ['an empty one', { operationId: '' }],
    ['one that is no text', { operationId: 7 }],
    ['one that is too long', { operationId: 'x'.repeat(65) }],
    ['one that breaks lines', { operationId: 'a\nb' }],
    ['one that names an object’s own part', { operationId: '__proto__' }],
  ])('with %s is 400', async (_what, extensions) => {
    const { ask, token } = await opened()
    const headers = { [tokenHeader]: token }
    expect((await ask('POST', '/graphql', { headers, body: { query, extensions } })).status).toBe(400)
  })

  test('without the token of a stream that is there is 404', async () => {
    const { operate } = await eventWorld()
    expect(await operate('00000000-0000-0000-0000-000000000000', 'a', query)).toBe(404)
  })

  test('with the id of one that is under way is 409, and may have it when that is over', async () => {
    const { token, connection, operate } = await opened()
    expect(await operate(token, 'a')).toBe(202)
    expect(await operate(token, 'a')).toBe(409)
    await connection.next()
    expect(await operate(token, 'b', query)).toBe(202)
    await connection.next()
    expect(await connection.next()).toMatchObject({ event: 'complete' })
    expect(await operate(token, 'b', query)).toBe(202)
  })

  test('more than a stream takes at once is 503', async () => {
    const { token, connection, operate } = await opened({ limits: { operationsPerConnection: 2 } })
    expect(await operate(token, 'a')).toBe(202)
    expect(await operate(token, 'b')).toBe(202)
    expect(await operate(token, 'c')).toBe(503)
    await connection.next()
  })

  test('a bad access token is 401', async () => {
    const { ask, token } = await opened()
    const headers = { authorization: 'Bearer nonsense', [tokenHeader]: token }
    const body = { query, extensions: { operationId: 'a' } }
    expect((await ask('POST', '/graphql', { headers, body })).status).toBe(401)
  })

  test('each has a position of its own to go on from', async () => {
    const { token, connection, operate, topics } = await opened()
    expect(await operate(token, 'a', subscription, { resume: '1' })).toBe(202)
    expect(await operate(token, 'b', subscription, { resume: null })).toBe(202)
    const first = { ...value(1, 10), extensions: { resume: '1' } }
    expect(json(await connection.next())).toEqual({ id: 'b', payload: first })
    await topics.publish(channel, message(2, 11))
    const both = [json(await connection.next()), json(await connection.next())]
    const second = { ...value(2, 11), extensions: { resume: '2' } }
    expect(both).toContainEqual({ id: 'a', payload: second })
    expect(both).toContainEqual({ id: 'b', payload: second })
  })

  test('one that is no position is refused', async () => {
    const { ask, token } = await opened()
    const refused = await ask('POST', '/graphql', {
      headers: { [tokenHeader]: token },
      body: { query: subscription, extensions: { operationId: 'a', resume: 7 } },
    })
    expect(JSON.parse(await refused.text())).toMatchObject({
      errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
    })
  })
})

describe('stopping operations', () => {
  const stop = ({ ask, token }: Awaited<ReturnType<typeof opened>>, id: string) =>
    ask('DELETE', `/graphql?operationId=${id}`, { headers: { [tokenHeader]: token } })

  test('DELETE with the operation’s id in the address ends that one: 200, `complete`, and the others go on', async () => {
    const world = await opened()
    const { token, connection, operate, topics } = world
    await operate(token, 'a')
    await operate(token, 'b')
    await connection.next()
    await connection.next()
    expect((await stop(world, 'a')).status).toBe(200)
    expect(await connection.next()).toEqual({ event: 'complete', data: '{"id":"a"}' })
    await topics.publish(channel, message(2, 11))
    expect(json(await connection.next())).toEqual({ id: 'b', payload: value(2, 11) })
    await stop(world, 'b')
    await vi.waitFor(async () => expect(await topics.activeChannels('*')).toEqual([]))
  })

  test('one that is over, or never was, is 200 as well', async () => {
    const world = await opened()
    expect((await stop(world, 'a')).status).toBe(200)
  })

  test('one that is being begun is ended without a result: its request is answered by 204', async () => {
    const world = await opened()
    const { token, connection, operate, state } = world
    state.delayMs = 300
    const slow = operate(token, 'a', '{ occupancy(eventId: "e1") { inside } }')
    await vi.waitFor(() => expect(state.reads).toBe(1))
    expect((await stop(world, 'a')).status).toBe(200)
    expect(await slow).toBe(204)
    expect(await operate(token, 'b', query)).toBe(202)
    expect(json(await connection.next())).toEqual({ id: 'b', payload: answer })
  })

  test('without an operation’s id is 400', async () => {
    const { ask, token } = await opened()
    expect((await ask('DELETE', '/graphql', { headers: { [tokenHeader]: token } })).status).toBe(400)
  })

  test('without the stream’s token is 404', async () => {
    const { ask } = await opened()
    expect((await ask('DELETE', '/graphql?operationId=a')).status).toBe(404)
  })

  test('a client that closes the stream ends all of its operations', async () => {
    const { token, connection, operate, topics } = await opened()
    await operate(token, 'a')
    await operate(token, 'b')
    await connection.next()
    connection.socket.destroy()
    await vi.waitFor(async () => expect(await topics.activeChannels('*')).toEqual([]))
  })
})
