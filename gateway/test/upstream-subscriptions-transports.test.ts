import { createServer, type ServerResponse } from 'node:http'
import { readSignedViewer, viewerHeader } from '@headcount/access'
import { pino } from 'pino'
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import type { Placement } from '../src/index.ts'
import type { Fetch } from '../src/upstream/dispatch.ts'
import { listen, review, settle } from './upstream-subscriptions-graph.ts'
import { away, fetchOf, streamsWorld, viewer, viewerSecret } from './upstream-subscriptions-streams.ts'

const world = await streamsWorld()
const { events, served, closers, streamsTo, open } = world

afterEach(() => world.clean())
afterAll(() => world.served.close())

/** A bare HTTP server with a handler of the test's. */
async function bare(handle: (response: ServerResponse) => void): Promise<string> {
  const server = createServer((request, response) => {
    request.resume()
    handle(response)
  })
  closers.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${await listen(server)}/graphql`
}

const stream = { 'content-type': 'text/event-stream' }
const next = (id: number) => `event: next\ndata: {"data":{"reviewAdded":{"id":"${id}"}}}\n\n`

const remote: { kind: 'sse' | 'websocket' }[] = [{ kind: 'sse' }, { kind: 'websocket' }]

describe.each(remote)('by $kind', ({ kind }) => {
  const place = (): Placement => ({ url: served.url, subscriptions: kind })

  test('gives every event in its order, and the end', async () => {
    const opened = await open(streamsTo(place()))
    await vi.waitFor(() => expect(events.open).toBe(1))
    for (const id of ['1', '2', '3']) events.publish(review(id))
    for (const id of ['1', '2', '3']) {
      expect(await opened.next()).toMatchObject({ value: { data: { reviewAdded: { id } } } })
    }
    events.finish()
    expect(await opened.next()).toEqual({ done: true, value: undefined })
  })

  test('leaving ends it at the subgraph, and a wait for the next event', async () => {
    const opened = await open(streamsTo(place()))
    await vi.waitFor(() => expect(events.open).toBe(1))
    const waiting = opened.next()
    opened.close()
    expect(await waiting).toEqual({ done: true, value: undefined })
    await vi.waitFor(() => expect(events.open).toBe(0))
  })

  test('a subgraph that dies in the middle is an error, and nobody connects again', async () => {
    const opened = await open(streamsTo(place()))
    await vi.waitFor(() => expect(events.open).toBe(1))
    const waiting = opened.next()
    served.kill()
    await expect(waiting).rejects.toMatchObject(away)
    await settle(200)
    expect(served.requests.length + served.upgrades.length).toBe(1)
    expect((await opened.next()).done).toBe(true)
  })

  test('a refusal is an event with errors and no data, and the end', async () => {
    const document = 'subscription S($t: String) { reviewAdded(topic: $t) { id } }'
    const opened = await open(streamsTo(place()), fetchOf({ document, variables: { t: 'none' } }))
    const refused = await opened.next()
    expect(refused.value?.errors).toMatchObject([{ message: 'No such topic.' }])
    expect(refused.value?.data ?? undefined).toBeUndefined()
    expect((await opened.next()).done).toBe(true)
  })

  test('a subgraph that is not there is an error of the start', async () => {
    const streams = streamsTo({ url: 'http://127.0.0.1:1/graphql', subscriptions: kind })
    await expect(open(streams)).rejects.toMatchObject(away)
  })

  test('tells the subgraph who subscribes, and what the header rules hand on', async () => {
    await open(streamsTo(place()), fetchOf({ viewer: viewer('usr_7') }))
    await vi.waitFor(() => expect(events.open).toBe(1))
    const headers = kind === 'sse' ? served.requests[0] : served.upgrades[0]?.headers
    const signed = readSignedViewer(String(headers?.[viewerHeader]), viewerSecret)
    expect(signed).toMatchObject({ id: 'usr_7' })
    expect(headers).toMatchObject({ 'x-tenant': 'blue' })
    expect(headers).not.toHaveProperty('x-other')
  })
})

test('an event stream’s request carries the ids of request and trace', async () => {
  await open(streamsTo({ url: served.url }))
  expect(served.requests[0]).toMatchObject({
    'x-request-id': 'request-1',
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00',
    accept: 'text/event-stream',
  })
})

test('the operator’s hook changes headers, or refuses', async () => {
  const extension = { requestId: 'request-1', log: pino({ level: 'silent' }), state: {} }
  const fetch = fetchOf()
  const asked: Fetch = { ...fetch, context: { ...fetch.context, extension } }
  const streams = streamsTo(
    { url: served.url },
    { onFetch: ({ headers }) => void Object.assign(headers, { 'x-added': 'yes' }) },
  )
  await open(streams, asked)
  expect(served.requests[0]).toMatchObject({ 'x-added': 'yes', 'x-tenant': 'blue' })
  const refusing = streamsTo(
    { url: served.url },
    {
      onFetch() {
        throw { code: 'QUOTA', status: 429, message: 'Too many.' }
      },
    },
  )
  await expect(open(refusing, asked)).rejects.toMatchObject({ extensions: { code: 'QUOTA' } })
})

test('subscriptions have an address of their own where one is given', async () => {
  const url = 'http://127.0.0.1:1/graphql'
  await open(streamsTo({ url, subscriptionsUrl: served.url }))
  await vi.waitFor(() => expect(events.open).toBe(1))
})

test('a subgraph is not read from while nobody asks', async () => {
  let sent = 0
  const url = await bare((response) => {
    response.writeHead(200, stream)
    const padding = `:${'x'.repeat(100_000)}\n`
    const write = () => {
      while (sent < 1_000 && response.write(padding + next(sent))) sent += 1
      if (sent < 1_000) response.once('drain', () => setImmediate(write))
      sent += 1
    }
    write()
  })
  const opened = await open(streamsTo({ url }))
  await opened.next()
  await settle(500)
  // 100 MB are ready; what the kernel's buffers and one piece take has been sent.
  expect(sent).toBeLessThan(200)
  const ids: unknown[] = []
  for (let count = 0; count < 300; count += 1) ids.push((await opened.next()).value?.data?.reviewAdded)
  expect(ids).toEqual(ids.map((_, index) => ({ id: String(index + 1) })))
})

test('a stream that ends without saying so may have lost events: an error', async () => {
  const url = await bare((response) => response.writeHead(200, stream).end(next(1)))
  const opened = await open(streamsTo({ url }))
  expect((await opened.next()).done).toBe(false)
  await expect(opened.next()).rejects.toMatchObject(away)
})

test('events without names, as older subgraphs send them, are results', async () => {
  const text = 'data: {"data":{"reviewAdded":null}}\r\n\r\nevent: complete\r\ndata:\r\n\r\n'
  const url = await bare((response) => response.writeHead(200, stream).end(text))
  const opened = await open(streamsTo({ url }))
  expect((await opened.next()).value).toMatchObject({ data: { reviewAdded: null } })
  expect((await opened.next()).done).toBe(true)
})

test('an answer that is neither a stream nor GraphQL is an error', async () => {
  const url = await bare((response) => response.writeHead(502, { 'content-type': 'text/html' }).end('<html>'))
  const opened = await open(streamsTo({ url }))
  await expect(opened.next()).rejects.toMatchObject(away)
})

test('a start that takes too long is given up', async () => {
  const url = await bare(() => {})
  const startedAt = Date.now()
  await expect(open(streamsTo({ url, timeoutMs: 200 }))).rejects.toMatchObject(away)
  expect(Date.now() - startedAt).toBeLessThan(2_000)
})

test('a stream outlives the deadline of its start', async () => {
  const opened = await open(streamsTo({ url: served.url, timeoutMs: 300 }))
  await vi.waitFor(() => expect(events.open).toBe(1))
  await settle(600)
  events.publish(review('late'))
  expect((await opened.next()).value).toMatchObject({ data: { reviewAdded: { id: 'late' } } })
})

test('an event stream that is silent for too long is an error', async () => {
  const url = await bare((response) => response.writeHead(200, stream).flushHeaders())
  const opened = await open(streamsTo({ url, subscriptionsIdleMs: 300 }))
  await expect(opened.next()).rejects.toMatchObject(away)
})
