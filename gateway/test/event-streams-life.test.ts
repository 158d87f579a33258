import { afterEach, describe, expect, test, vi } from 'vitest'
import { channel, message } from './counts.ts'
import { eventStream, eventWorld, subscription, value } from './event-protocol.ts'
import { part } from './federation/ask.ts'
import { atEnd, endAll } from './http1-calls.ts'
import { RawConnection, type RawEvent, requestText } from './raw-events.ts'
import { serve } from './support.ts'

afterEach(async () => {
  vi.useRealTimers()
  await endAll()
})

const json = (event: RawEvent | undefined): unknown => JSON.parse(event?.data ?? 'null')
const target = `/graphql?query=${encodeURIComponent(subscription)}`
const settle = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const names = 'subscription { occupancyChanged(eventId: "e1", minIntervalMs: 0) { seq zones { name } } }'

/** A message with a state of so many bytes. */
function large(seq: number, bytes: number) {
  const { asOf } = message(seq, 1)
  return { seq, asOf, data: { inside: seq, zones: [{ name: 'x'.repeat(bytes) }] } }
}

/** What a line of the metrics says. */
async function metric({ served }: Pick<Awaited<ReturnType<typeof eventWorld>>, 'served'>, name: string) {
  const line = (await served.gateway.metrics()).split('\n').find((one) => one.startsWith(`${name} `))
  return line === undefined ? undefined : Number(line.slice(name.length))
}

test('a stream that is quiet gets a comment after 8 to 12 seconds, and one that is not gets none', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const { ask, topics } = await eventWorld()
  const [quiet, lively] = await Promise.all([
    ask('GET', target, { headers: eventStream }),
    ask('GET', target, { headers: { ...eventStream, 'last-event-id': '1' } }),
  ])
  // Both hear of the message; the second reads it between the looks.
  for (const { connection } of [quiet, lively]) await connection.event()
  await quiet.connection.event()
  await settle(50)
  vi.advanceTimersByTime(8_000)
  await topics.publish(channel, message(2, 11))
  for (const { connection } of [quiet, lively]) expect(json(await connection.event())).toEqual(value(2, 11))
  vi.advanceTimersByTime(8_000)
  const next = quiet.connection.event()
  await settle(50)
  vi.advanceTimersByTime(4_000)
  expect(await next).toEqual({ comment: '' })
  expect(await lively.connection.event()).toEqual({ comment: '' })
})

test('a client that reads a byte now and then holds one message, and then gets the latest', async () => {
  const world = await eventWorld()
  const { topics, open, authorization } = world
  const connection = open()
  const bytes = 300_000
  connection.send(
    requestText('POST', '/graphql', { headers: { authorization, ...eventStream }, body: { query: names } }),
  )
  await connection.head()
  await connection.next()
  connection.socket.pause()
  for (let seq = 2; seq <= 200; seq += 1) {
    await topics.publish(channel, large(seq, bytes))
    await settle(1)
    if (seq % 20 === 0) connection.socket.read(1)
  }
  // What the system's own buffers hold is not counted; here no more waits than the event that did not fit.
  const waiting = await metric(world, 'headcount_gateway_live_buffered_bytes{transport="events"}')
  expect(waiting).toBeGreaterThan(0)
  expect(waiting).toBeLessThan(bytes + 1_000)
  connection.socket.destroy()

  const late = open()
  late.send(
    requestText('POST', '/graphql', { headers: { authorization, ...eventStream }, body: { query: names } }),
  )
  await late.head()
  await late.next()
  late.socket.pause()
  for (let seq = 201; seq <= 300; seq += 1) {
    await topics.publish(channel, large(seq, bytes))
    await settle(1)
  }
  late.socket.resume()
  let last = await late.next()
  let count = 1
  while (last?.id !== '300') {
    last = await late.next()
    count += 1
  }
  expect(count).toBeLessThan(60)
  await vi.waitFor(async () =>
    expect(await metric(world, 'headcount_gateway_live_buffered_bytes{transport="events"}')).toBe(0),
  )
}, 30_000)

test('in a stream of several operations a slow reader holds one message of each, and each ends on its latest', async () => {
  const world = await eventWorld()
  const { ask, reserve, operate, topics } = world
  const token = await reserve()
  const { connection } = await ask('GET', '/graphql', {
    headers: { ...eventStream, 'x-graphql-event-stream-token': token },
  })
  for (const id of ['a', 'b', 'c']) expect(await operate(token, id, names)).toBe(202)
  for (let at = 0; at < 3; at += 1) await connection.next()
  connection.socket.pause()
  const bytes = 300_000
  for (let seq = 2; seq <= 200; seq += 1) {
    await topics.publish(channel, large(seq, bytes))
    await settle(1)
  }
  expect(await metric(world, 'headcount_gateway_live_buffered_bytes{transport="events"}')).toBeLessThan(
    3 * (bytes + 1_000),
  )
  connection.socket.resume()
  const left = new Set(['a', 'b', 'c'])
  while (left.size > 0) {
    const event = await connection.next()
    const { id, payload } = json(event) as {
      id: string
      payload: { data: { occupancyChanged: { seq: number } } }
    }
    if (payload.data.occupancyChanged.seq === 200) left.delete(id)
  }
}, 30_000)

describe('a gateway that stops', () => {
  test('ends its streams over the drain time with a `retry` of 1 to 5 seconds and no `complete`, and their connections', async () => {
    const world = await eventWorld()
    const { ask, served } = world
    const streams = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const { connection } = await ask('GET', target, { headers: eventStream })
        await connection.next()
        return connection
      }),
    )
    const began = performance.now()
    const drained = served.gateway.drain(1_000)
    const ends = await Promise.all(
      streams.map(async (connection) => ({
        events: await connection.rest(),
        at: performance.now() - began,
        connection,
      })),
    )
    await drained
    for (const { events, connection } of ends) {
      expect(events).toEqual([{ retry: expect.stringMatching(/^\d{4}$/) }])
      const retry = Number(events[0]?.retry)
      expect(retry).toBeGreaterThanOrEqual(1_000)
      expect(retry).toBeLessThanOrEqual(5_000)
      expect(connection.isComplete).toBe(true)
      await vi.waitFor(() => expect(connection.isClosed).toBe(true), 1_000)
    }
    expect(new Set(ends.map(({ events }) => events[0]?.retry)).size).toBeGreaterThan(1)
    const times = ends.map(({ at }) => at)
    expect(Math.max(...times) - Math.min(...times)).toBeGreaterThan(50)
    expect(await metric(world, 'headcount_gateway_live_closes_total{transport="events",code="drain"}')).toBe(
      8,
    )
    expect(await metric(world, 'headcount_gateway_live_connections{transport="events"}')).toBe(0)
  })

  test('ends a stream of several operations without a `complete` of any', async () => {
    const { ask, reserve, operate, served } = await eventWorld()
    const token = await reserve()
    const headers = { ...eventStream, 'x-graphql-event-stream-token': token }
    const { connection } = await ask('GET', '/graphql', { headers })
    await operate(token, 'a')
    await connection.next()
    await served.gateway.drain(100)
    expect(await connection.rest()).toEqual([{ retry: expect.stringMatching(/^\d{4}$/) }])
  })

  test('ends all at once when it closes', async () => {
    const { ask, served } = await eventWorld()
    const { connection } = await ask('GET', target, { headers: eventStream })
    await connection.next()
    await served.gateway.close()
    expect(await connection.rest()).toEqual([{ retry: expect.stringMatching(/^\d{4}$/) }])
  })
})

test('a token that ends while connected ends the operation with UNAUTHENTICATED and `complete`', async () => {
  const world = await eventWorld()
  const { ask, tokens } = world
  const authorization = `Bearer ${await tokens.sign({ scope: 'count:read' }, { expiresInMs: 500 })}`
  const { connection } = await ask('GET', target, { headers: { ...eventStream, authorization } })
  const [first, refused, complete, ...more] = await connection.rest()
  expect(json(first)).toEqual(value(1, 10))
  expect(json(refused)).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] })
  expect(complete?.event).toBe('complete')
  expect(more).toEqual([])
  expect(await metric(world, 'headcount_gateway_live_closes_total{transport="events",code="error"}')).toBe(1)
})

describe('a mutation', () => {
  const asked: string[] = []
  const works = part('works', 'type Query { a: String } type Mutation { work: String }', {
    Mutation: {
      work: async () => {
        asked.push('begun')
        await settle(200)
        asked.push('done')
        return 'done'
      },
    },
  })

  const others = part('others', 'type Query { b: String } type Mutation { other: String }', {
    Mutation: { other: () => asked.push('other') },
  })

  test('goes on when its client goes, and by GET is refused: in a stream of several by 405', async () => {
    const served = await serve([works, others], 'in-process')
    atEnd(() => served.close())
    const open = () => {
      const connection = new RawConnection(served.url)
      atEnd(() => connection.socket.destroy())
      return connection
    }
    const reserving = open()
    reserving.send(requestText('PUT', '/graphql'))
    const token = await reserving.body(await reserving.head())
    const query = new URLSearchParams({
      query: 'mutation { work }',
      extensions: '{"operationId":"a"}',
      token,
    })
    const getting = open()
    getting.send(requestText('GET', `/graphql?${query}`, { headers: { 'apollo-require-preflight': '1' } }))
    const refused = await getting.head()
    expect(refused.status).toBe(405)
    expect(refused.headers.allow).toBe('POST')
    const posting = open()
    posting.send(
      requestText('POST', '/graphql', { headers: eventStream, body: { query: 'mutation { work other }' } }),
    )
    await vi.waitFor(() => expect(asked).toEqual(['begun']))
    posting.socket.destroy()
    await vi.waitFor(() => expect(asked).toEqual(['begun', 'done', 'other']))
    await vi.waitFor(async () =>
      expect(await served.gateway.metrics()).toContain(
        'headcount_gateway_live_closes_total{transport="events",code="client"} 1',
      ),
    )
  })
})

test('no more streams are opened than live connections may be', async () => {
  const { ask } = await eventWorld({ limits: { liveConnections: 1 } })
  const first = await ask('GET', target, { headers: eventStream })
  expect(first.status).toBe(200)
  expect((await ask('GET', target, { headers: eventStream })).status).toBe(503)
  first.connection.socket.destroy()
  await vi.waitFor(async () => expect((await ask('GET', target, { headers: eventStream })).status).toBe(200))
})

test('a stream is counted as a request when it is under way, by what came of its beginning', async () => {
  const world = await eventWorld()
  const { ask } = world
  const { connection } = await ask('GET', target, { headers: eventStream })
  await connection.next()
  const refused = await ask('GET', '/graphql?query=nonsense', { headers: eventStream })
  await refused.connection.rest()
  expect(await metric(world, 'headcount_gateway_requests_total{code="OK"}')).toBe(1)
  expect(await metric(world, 'headcount_gateway_requests_total{code="GRAPHQL_PARSE_FAILED"}')).toBe(1)
})
