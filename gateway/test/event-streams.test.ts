import { inProcessTopics } from '@headcount/live'
import { createClient } from 'graphql-sse'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { channel, countsGraph, message } from './counts.ts'
import { venueGraph } from './graph.ts'
import { createTokens, type Served, serve, type Tokens } from './support.ts'

const graph = countsGraph()
const { state } = graph
const topics = inProcessTopics({ log: pino({ level: 'silent' }) })
let tokens: Tokens
let served: Served
let authorization: string

beforeAll(async () => {
  tokens = await createTokens()
  served = await serve(graph.all, 'in-process', { tokens, topics })
  authorization = `Bearer ${await tokens.withScopes('count:read')}`
})
afterAll(async () => {
  await served.close()
  await topics.close()
})
beforeEach(async () => {
  // Whoever still listened would bring the group of the test before, with its state.
  await vi.waitFor(async () => expect(await topics.activeChannels('*')).toEqual([]))
  Object.assign(state, { seq: 1, inside: 10, reads: 0, isDown: false })
})

const subscription = 'subscription { occupancyChanged(eventId: "e1") { seq inside } }'
const settle = (ms = 80) => new Promise((resolve) => setTimeout(resolve, ms))

function value(seq: number, inside: number) {
  return { data: { occupancyChanged: { seq, inside } } }
}

/** Reads a stream of events as a browser's EventSource does, event by event. */
async function* events(response: Response) {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true })
    for (let end = text.indexOf('\n\n'); end !== -1; end = text.indexOf('\n\n')) {
      const lines = text.slice(0, end).split('\n')
      text = text.slice(end + 2)
      const field = (name: string) =>
        lines
          .find((line) => line.startsWith(`${name}:`))
          ?.slice(name.length + 1)
          .trim()
      if (field('event'))
        yield { event: field('event'), id: field('id'), data: JSON.parse(field('data') || 'null') }
    }
  }
}

function open(body: unknown, headers: Record<string, string> = {}) {
  const controller = new AbortController()
  const response = fetch(served.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', authorization, ...headers },
    body: JSON.stringify(body),
    signal: controller.signal,
  })
  return { response, close: () => controller.abort() }
}

describe.each([false, true])('graphql-sse’s client, single connection: %s', (singleConnection) => {
  const connect = () =>
    createClient({ url: served.url, singleConnection, headers: () => ({ authorization }), retryAttempts: 0 })

  test('gets the state first, then each change', async () => {
    const client = connect()
    const results = client.iterate({ query: subscription })
    expect((await results.next()).value).toEqual(value(1, 10))
    await topics.publish(channel, message(2, 11))
    expect((await results.next()).value).toEqual(value(2, 11))
    await results.return?.(undefined)
    client.dispose()
    await settle()
    expect(await topics.activeChannels('*')).toEqual([])
  })

  test('gets a query’s answer, and a refusal as errors', async () => {
    const client = connect()
    const answer = await client.iterate({ query: '{ event(id: "x") { name } }' }).next()
    expect(answer.value).toEqual({ data: { event: { name: 'Event x' } } })
    const query = 'subscription { occupancyChanged(eventId: "none") { seq } }'
    const refused = await client.iterate({ query }).next()
    expect(refused.value).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] })
    client.dispose()
  })
})

test('each event carries its position as id, and Last-Event-ID resumes after it', async () => {
  const first = open({ query: subscription })
  const stream = events(await first.response)
  expect((await stream.next()).value).toMatchObject({ event: 'next', id: '1', data: value(1, 10) })
  first.close()
  const again = open({ query: subscription }, { 'last-event-id': '1' })
  const resumed = events(await again.response)
  await settle()
  await topics.publish(channel, message(5, 50))
  expect((await resumed.next()).value).toMatchObject({ id: '5', data: value(5, 50) })
  again.close()
})

test('a stream by GET works with a token, as a browser’s EventSource would ask', async () => {
  const url = `${served.url}?query=${encodeURIComponent(subscription)}`
  const controller = new AbortController()
  const response = await fetch(url, {
    headers: { accept: 'text/event-stream', authorization },
    signal: controller.signal,
  })
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
  expect((await events(response).next()).value).toMatchObject({ id: '1', data: value(1, 10) })
  controller.abort()
})

test('a stream by GET may name its document by hash', async () => {
  const url = `${served.url}?documentId=sha256:${'0'.repeat(64)}`
  const response = await fetch(url, { headers: { accept: 'text/event-stream', authorization } })
  expect((await events(response).next()).value).toMatchObject({
    event: 'next',
    data: { errors: [{ extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }] },
  })
})

test('an answer has a hundred errors at most, as over HTTP', async () => {
  const venue = await serve(venueGraph().all, 'in-process', { limits: { rootFields: 200 } })
  const query = `{ ${Array.from({ length: 120 }, (_, at) => `a${at}: broken`).join(' ')} }`
  const response = await fetch(venue.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query }),
  })
  const { data } = (await events(response).next()).value ?? {}
  expect(data.errors).toHaveLength(100)
  await venue.close()
})

test('what nobody takes from a reserved stream counts: it holds no more answers than operations', async () => {
  const small = await serve(graph.all, 'in-process', {
    tokens,
    topics,
    limits: { operationsPerConnection: 3 },
  })
  const reserved = await fetch(small.url, { method: 'PUT', headers: { authorization, accept: '*/*' } })
  const headers = { authorization, 'x-graphql-event-stream-token': await reserved.text() }
  const statuses: number[] = []
  for (let at = 0; at < 7; at += 1) {
    const body = { query: '{ __typename }', extensions: { operationId: `o${at}` } }
    const response = await fetch(small.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
    await response.arrayBuffer()
    statuses.push(response.status)
  }
  expect(statuses).toEqual([202, 202, 202, 503, 503, 503, 503])
  await small.close()
})

test('subscriptions that come at once find no more room than one after another', async () => {
  const small = await serve(graph.all, 'in-process', {
    tokens,
    topics,
    limits: { operationsPerConnection: 3 },
  })
  const reserved = await fetch(small.url, { method: 'PUT', headers: { authorization, accept: '*/*' } })
  const headers = { authorization, 'x-graphql-event-stream-token': await reserved.text() }
  state.delayMs = 100
  const statuses = await Promise.all(
    [1, 2, 3, 4, 5, 6].map(async (at) => {
      const body = { query: subscription, extensions: { operationId: `o${at}` } }
      const response = await fetch(small.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      })
      await response.arrayBuffer()
      return response.status
    }),
  )
  state.delayMs = 0
  expect(statuses.toSorted()).toEqual([202, 202, 202, 503, 503, 503])
  await small.close()
})

test('a token that ends ends the stream with an error and a complete', async () => {
  const short = `Bearer ${await tokens.sign({ scope: 'count:read' }, { expiresInMs: 500 })}`
  const { response } = open({ query: subscription }, { authorization: short })
  const all: unknown[] = []
  for await (const event of events(await response)) all.push(event)
  expect(all).toMatchObject([
    { event: 'next', data: value(1, 10) },
    { event: 'next', data: { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] } },
    { event: 'complete' },
  ])
})

test('a slow reader costs one event, not a queue, and then reads the latest', async () => {
  const padding = 'x'.repeat(200_000)
  const query = 'subscription { occupancyChanged(eventId: "e1", minIntervalMs: 0) { seq zones { name } } }'
  const { response, close } = open({ query })
  const received = await response
  await settle()
  for (let seq = 2; seq <= 1_000; seq += 1) {
    const { asOf } = message(seq, 1)
    await topics.publish(channel, { seq, asOf, data: { inside: seq, zones: [{ name: padding }] } })
    if (seq % 20 === 0) await settle(2)
  }
  // 200 MB were published; what was not read was replaced, so that few of the 1,000 are left to be read. Resident
  // memory is no measure of it: on a busy machine it holds garbage that is not collected yet.
  let count = 0
  let seq = 0
  for await (const event of events(received)) {
    count += 1
    seq = event.data.data.occupancyChanged.seq
    if (seq === 1_000) break
  }
  expect(seq).toBe(1_000)
  expect(count).toBeLessThan(200)
  close()
}, 20_000)

test.each([
  {
    what: 'an unknown stream',
    init: { method: 'POST', token: 'constructor', body: { query: '{ x }' } },
    status: 404,
  },
  {
    what: 'a token that was not given out',
    init: { method: 'GET', token: '__proto__', accept: 'text/event-stream' },
    status: 404,
  },
  { what: 'the end of nothing', init: { method: 'DELETE' }, status: 404 },
  { what: 'a stream with no query', init: { method: 'GET', accept: 'text/event-stream' }, status: 400 },
])('refuses $what', async ({ init, status }) => {
  const { method, token, body, accept } = init as {
    method: string
    token?: string
    body?: unknown
    accept?: string
  }
  const response = await fetch(served.url, {
    method,
    headers: {
      'content-type': 'application/json',
      authorization,
      ...(accept ? { accept } : {}),
      ...(token ? { 'x-graphql-event-stream-token': token } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  expect(response.status).toBe(status)
  expect(await response.json()).toHaveProperty('errors')
})

test('a bad token is refused before the stream begins', async () => {
  const response = await open({ query: subscription }, { authorization: 'Bearer nonsense' }).response
  expect(response.status).toBe(401)
})

test('an operation id that could name an object’s own parts is refused', async () => {
  const reserved = await fetch(served.url, { method: 'PUT', headers: { authorization, accept: '*/*' } })
  expect(reserved.status).toBe(201)
  const token = await reserved.text()
  const response = await fetch(served.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization, 'x-graphql-event-stream-token': token },
    body: JSON.stringify({ query: subscription, extensions: { operationId: '__proto__' } }),
  })
  expect(response.status).toBe(400)
})
