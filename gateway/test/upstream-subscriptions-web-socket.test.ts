import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import { type WebSocket, WebSocketServer } from 'ws'
import { queuedEvents } from '../src/upstream/streams/queued-events.ts'
import { placeHere, review, settle } from './upstream-subscriptions-graph.ts'
import { away, fetchOf, streamsWorld, viewer } from './upstream-subscriptions-streams.ts'

const world = await streamsWorld()
const { events, reviews, served, closers, streamsTo, open } = world

afterEach(() => world.clean())
afterAll(() => world.served.close())

test('50 subscriptions of one viewer share one WebSocket, another viewer has its own', async () => {
  const streams = streamsTo({ url: served.url, subscriptions: 'websocket' })
  const one = fetchOf({ viewer: viewer('usr_1') })
  const opened = await Promise.all(Array.from({ length: 50 }, () => open(streams, one)))
  await vi.waitFor(() => expect(events.open).toBe(50))
  expect(served.sockets.size).toBe(1)
  await open(streams, fetchOf({ viewer: viewer('usr_2') }))
  await vi.waitFor(() => expect(events.open).toBe(51))
  expect(served.sockets.size).toBe(2)
  events.publish(review('9'))
  const got = await Promise.all(opened.map((one) => one.next()))
  expect(got.every(({ value }) => value?.data?.reviewAdded !== undefined)).toBe(true)
})

test('a WebSocket that nobody uses is closed', async () => {
  const opened = await open(streamsTo({ url: served.url, subscriptions: 'websocket' }))
  await vi.waitFor(() => expect(served.sockets.size).toBe(1))
  opened.close()
  await vi.waitFor(() => expect(served.sockets.size).toBe(0), { timeout: 10_000 })
})

test('more events than may wait end the subscription, after those that wait', async () => {
  const opened = await open(streamsTo({ url: served.url, subscriptions: 'websocket' }))
  await vi.waitFor(() => expect(events.open).toBe(1))
  for (let id = 1; id <= queuedEvents + 10; id += 1) events.publish(review(String(id)))
  await vi.waitFor(() => expect(events.open).toBe(0))
  for (let id = 1; id <= queuedEvents; id += 1) {
    expect((await opened.next()).value).toMatchObject({ data: { reviewAdded: { id: String(id) } } })
  }
  await expect(opened.next()).rejects.toMatchObject({ extensions: { code: 'OVERLOADED' } })
})

/** A server of the protocol that does what a test wants after the subscription. */
async function bareSocket(afterSubscribe: (socket: WebSocket, id: string) => void) {
  const sockets = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  let count = 0
  const left: string[] = []
  sockets.on('connection', (socket) => {
    count += 1
    socket.on('message', (text) => {
      const message = JSON.parse(String(text))
      if (message.type === 'connection_init') socket.send('{"type":"connection_ack"}')
      if (message.type === 'subscribe') afterSubscribe(socket, message.id)
      if (message.type === 'complete') left.push(message.id)
    })
  })
  await new Promise((resolve) => sockets.once('listening', resolve))
  closers.push(() => {
    for (const socket of sockets.clients) socket.terminate()
    sockets.close()
  })
  const address = sockets.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return { url: `ws://127.0.0.1:${port}/`, connections: () => count, left }
}

test('a WebSocket that is closed as if all were well hides no gap: an error, and no second connection', async () => {
  const { url, connections } = await bareSocket((socket) => socket.close(1000))
  const opened = await open(streamsTo({ url, subscriptions: 'websocket' }))
  await expect(opened.next()).rejects.toMatchObject(away)
  await settle(200)
  expect(connections()).toBe(1)
})

test('a WebSocket that gives no sign of life is an error', async () => {
  const { url } = await bareSocket(() => {})
  const opened = await open(streamsTo({ url, subscriptions: 'websocket', subscriptionsIdleMs: 400 }))
  await expect(opened.next()).rejects.toMatchObject(away)
})

test('an event that is no GraphQL result is an error, and the subgraph hears that nobody listens any more', async () => {
  const asked: string[] = []
  const { url, left } = await bareSocket((socket, id) => {
    asked.push(id)
    socket.send(JSON.stringify({ type: 'next', id, payload: { nonsense: 1 } }))
  })
  const opened = await open(streamsTo({ url, subscriptions: 'websocket' }))
  await expect(opened.next()).rejects.toMatchObject(away)
  await vi.waitFor(() => expect(left).toEqual(asked))
})

test.each(['sse', 'websocket', 'in process'] as const)(
  'a subscription that was given up before it began rejects, and asks for nothing (%s)',
  async (feed) => {
    const placement = feed === 'in process' ? placeHere(reviews) : { url: served.url, subscriptions: feed }
    const way = streamsTo(placement).way('reviews', '')
    const signal = AbortSignal.abort(new Error('left'))
    await expect(way?.(fetchOf(), signal)).rejects.toMatchObject(away)
    expect(events.open).toBe(0)
  },
)

describe('in this process', () => {
  test('gives events, hands over who asks, and aborts when nobody listens', async () => {
    const here = placeHere(reviews)
    const opened = await open(streamsTo(here), fetchOf({ viewer: viewer('usr_3') }))
    events.publish(review('1'))
    expect((await opened.next()).value).toMatchObject({ data: { reviewAdded: { id: '1' } } })
    expect(here.requests[0]).toMatchObject({ viewer: { id: 'usr_3' }, requestId: 'request-1' })
    const waiting = opened.next()
    opened.close()
    expect((await waiting).done).toBe(true)
    expect(here.requests[0]?.signal.aborted).toBe(true)
    await vi.waitFor(() => expect(events.open).toBe(0))
  })

  test('a refusal is an event with errors, and the end', async () => {
    const document = 'subscription S { reviewAdded(topic: "none") { id } }'
    const opened = await open(streamsTo(placeHere(reviews)), fetchOf({ document }))
    expect((await opened.next()).value?.errors).toMatchObject([{ message: 'No such topic.' }])
    expect((await opened.next()).done).toBe(true)
  })

  test('a source that fails is an error that tells nothing of it', async () => {
    const opened = await open(streamsTo(placeHere(reviews)))
    events.finish(new Error('SELECT * FROM reviews'))
    await expect(opened.next()).rejects.toMatchObject(away)
  })

  test('a subgraph without `subscribe` takes no subscriptions', () => {
    const { execute } = placeHere(reviews)
    expect(streamsTo({ execute }).way('reviews', '')).toBeUndefined()
  })
})

test('a subgraph whose address is none of ours takes no subscriptions', () => {
  expect(streamsTo({}).way('reviews', 'ftp://x')).toBeUndefined()
})
