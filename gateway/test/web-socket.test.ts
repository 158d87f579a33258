import { inProcessTopics } from '@headcount/live'
import { type Client, createClient } from 'graphql-ws'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { channel, countsGraph, message } from './counts.ts'
import { createTokens, type Served, serve, type Tokens } from './support.ts'

const graph = countsGraph()
const { state } = graph
const topics = inProcessTopics({ log: pino({ level: 'silent' }) })
let tokens: Tokens
let served: Served
let client: Client | undefined

beforeAll(async () => {
  tokens = await createTokens()
  served = await serve(graph.all, 'in-process', { tokens, topics, limits: { operationsPerConnection: 3 } })
})
afterAll(async () => {
  await served.close()
  await topics.close()
})
beforeEach(async () => {
  // Whoever still listened would bring the group of the test before, with its state.
  await vi.waitFor(async () => expect(await topics.activeChannels('*')).toEqual([]))
  Object.assign(state, { seq: 1, inside: 10, reads: 0, isDown: false, delayMs: 0 })
})
afterEach(() => void client?.dispose())

async function connect(scope = 'count:read', claims = {}, options: { expiresInMs?: number } = {}) {
  const token = await tokens.sign({ scope, ...claims }, options)
  client = createClient({
    url: served.url.replace('http', 'ws'),
    webSocketImpl: WebSocket,
    connectionParams: { accessToken: token },
    retryAttempts: 0,
  })
  return client
}

const whole = 'subscription { occupancyChanged(eventId: "e1") { seq inside zones { name inside } } }'
const settle = (ms = 80) => new Promise((resolve) => setTimeout(resolve, ms))

async function next(iterator: AsyncIterator<unknown>): Promise<unknown> {
  const result = await Promise.race([
    iterator.next(),
    new Promise<never>((_resolve, reject) => setTimeout(() => reject(new Error('nothing came')), 3_000)),
  ])
  return result.value
}

async function isQuiet(iterator: AsyncIterator<unknown>, ms = 200): Promise<boolean> {
  return Promise.race([iterator.next().then(() => false), settle(ms).then(() => true)])
}

function occupancy(seq: number, inside: number, rest = {}) {
  return { data: { occupancyChanged: { seq, inside, ...rest } } }
}

test('gives the state first, then each change', async () => {
  const events = (await connect()).iterate({ query: whole })
  expect(await next(events)).toEqual(occupancy(1, 10, { zones: [{ name: 'Floor', inside: 10 }] }))
  await topics.publish(channel, message(2, 11))
  expect(await next(events)).toEqual(occupancy(2, 11, { zones: [{ name: 'Floor', inside: 11 }] }))
  await topics.publish(channel, message(3, 12))
  expect(await next(events)).toEqual(occupancy(3, 12, { zones: [{ name: 'Floor', inside: 12 }] }))
  expect(state.reads).toBe(1)
})

test('takes what a message does not hold from the snapshot query, across subgraphs', async () => {
  const query =
    'subscription S($e: ID!) { o: occupancyChanged(eventId: $e) { inside event { ...E } } } fragment E on Event { name }'
  const events = (await connect()).iterate({ query, variables: { e: 'e1' } })
  expect(await next(events)).toEqual({ data: { o: { inside: 10, event: { name: 'Event e1' } } } })
  Object.assign(state, { seq: 5, inside: 15 })
  await topics.publish(channel, message(5, 15))
  expect(await next(events)).toEqual({ data: { o: { inside: 15, event: { name: 'Event e1' } } } })
  expect(state.reads).toBe(2)
})

test('merges what comes too fast into the latest', async () => {
  const query = 'subscription { occupancyChanged(eventId: "e1", minIntervalMs: 150) { seq inside } }'
  const events = (await connect()).iterate({ query })
  await next(events)
  for (let seq = 2; seq <= 50; seq += 1) await topics.publish(channel, message(seq, seq))
  expect(await next(events)).toEqual(occupancy(50, 50))
  expect(await isQuiet(events)).toBe(true)
})

test('a message that comes while the snapshot is read and says more is what the subscriber begins with', async () => {
  Object.assign(state, { seq: 5, inside: 50, delayMs: 150 })
  const events = (await connect()).iterate({ query: whole })
  const first = next(events)
  await vi.waitFor(() => expect(state.reads).toBe(1))
  await topics.publish(channel, message(4, 40))
  await topics.publish(channel, message(6, 60))
  expect(await first).toMatchObject(occupancy(6, 60))
  expect(await isQuiet(events)).toBe(true)
})

test('a message that the first snapshot holds already is not repeated', async () => {
  Object.assign(state, { seq: 5, inside: 50, delayMs: 150 })
  const events = (await connect()).iterate({ query: whole })
  const first = next(events)
  await vi.waitFor(() => expect(state.reads).toBe(1))
  await topics.publish(channel, message(4, 40))
  expect(await first).toMatchObject(occupancy(5, 50))
  expect(await isQuiet(events)).toBe(true)
})

test('hears its own organization only, though another’s event has the same id', async () => {
  const query = 'subscription { occupancyChanged(eventId: "e:2") { seq inside } }'
  const events = (await connect('count:read', { org: 'org_2' })).iterate({ query })
  await next(events)
  await topics.publish('org:org_1:event:e%3A2:occupancy', message(2, 666))
  await topics.publish('org:org_2:event:e%3A2:occupancy', message(3, 30))
  expect(await next(events)).toEqual(occupancy(3, 30))
})

test('drops what is older than what the subscriber has', async () => {
  state.seq = 7
  const events = (await connect()).iterate({ query: whole })
  await next(events)
  await topics.publish(channel, message(6, 1))
  await topics.publish(channel, message(7, 1))
  expect(await isQuiet(events)).toBe(true)
})

test('a heartbeat with the same position shows the last value as fresh, every 2 s at most', async () => {
  const query = 'subscription { occupancyChanged(eventId: "e1") { at: asOf inside } }'
  const events = (await connect()).iterate({ query })
  await next(events)
  const startedAt = Date.now()
  for (let count = 1; count <= 5; count += 1) {
    await topics.publish(channel, { seq: 1, asOf: `2026-11-22T18:00:0${count}.000Z` })
  }
  expect(await next(events)).toEqual({
    data: { occupancyChanged: { at: '2026-11-22T18:00:05.000Z', inside: 10 } },
  })
  expect(Date.now() - startedAt).toBeGreaterThan(1_500)
  expect(state.reads).toBe(1)
})

test('a heartbeat with another position brings a fresh snapshot', async () => {
  const events = (await connect()).iterate({ query: whole })
  await next(events)
  Object.assign(state, { seq: 9, inside: 30 })
  await topics.publish(channel, { seq: 9, asOf: '2026-11-22T18:00:09.000Z' })
  expect(await next(events)).toEqual(occupancy(9, 30, { zones: [{ name: 'Floor', inside: 30 }] }))
})

test('afterSeq brings nothing until there is more', async () => {
  const query = 'subscription { occupancyChanged(eventId: "e1", afterSeq: 1) { seq inside } }'
  const events = (await connect()).iterate({ query })
  const first = next(events)
  await settle()
  await topics.publish(channel, { seq: 1, asOf: '2026-11-22T18:00:09.000Z' })
  await settle()
  await topics.publish(channel, message(2, 20))
  expect(await first).toEqual(occupancy(2, 20))
})

test('a subscriber that resumed where nothing changed hears that its number is fresh', async () => {
  const query = 'subscription { occupancyChanged(eventId: "e1", afterSeq: 1) { seq asOf inside } }'
  const events = (await connect()).iterate({ query })
  const first = next(events)
  const asOf = '2026-11-22T18:00:09.000Z'
  for (let count = 1; count <= 5; count += 1) {
    await settle()
    await topics.publish(channel, { seq: 1, asOf })
  }
  expect(await first).toEqual(occupancy(1, 10, { asOf }))
})

test('an older afterSeq brings the newest state', async () => {
  state.seq = 4
  const query = 'subscription { occupancyChanged(eventId: "e1", afterSeq: 2) { seq inside reset } }'
  expect(await next((await connect()).iterate({ query }))).toEqual(occupancy(4, 10, { reset: false }))
})

test('an afterSeq above the server’s starts again with reset', async () => {
  const query = 'subscription { occupancyChanged(eventId: "e1", afterSeq: 99) { seq again: reset } }'
  const events = (await connect()).iterate({ query })
  expect(await next(events)).toEqual({ data: { occupancyChanged: { seq: 1, again: true } } })
  await topics.publish(channel, message(2, 20))
  expect(await next(events)).toEqual({ data: { occupancyChanged: { seq: 2, again: false } } })
})

test.each([
  { what: 'a foreign tenant’s event', claims: { org: 'org_2' }, code: 'NOT_FOUND' },
  { what: 'an event that does not exist', eventId: 'none', code: 'NOT_FOUND' },
  { what: 'a viewer without the scope', scope: 'other:read', code: 'FORBIDDEN' },
])('refuses $what', async ({ scope, claims, eventId = 'e1', code }) => {
  const query = 'subscription S($e: ID!) { occupancyChanged(eventId: $e) { inside } }'
  const events = (await connect(scope, claims)).iterate({ query, variables: { e: eventId } })
  await expect(next(events)).rejects.toMatchObject([{ extensions: { code } }])
})

test('refuses who has no token', async () => {
  client = createClient({ url: served.url.replace('http', 'ws'), webSocketImpl: WebSocket, retryAttempts: 0 })
  await expect(next(client.iterate({ query: whole }))).rejects.toMatchObject([
    { extensions: { code: 'UNAUTHENTICATED' } },
  ])
})

test.each([
  ['an interval out of range', 'minIntervalMs: -1', 'BAD_USER_INPUT'],
  ['an interval of the wrong type', 'minIntervalMs: "x"', 'GRAPHQL_VALIDATION_FAILED'],
])('refuses %s', async (_title, argument, code) => {
  const query = `subscription { occupancyChanged(eventId: "e1", ${argument}) { inside } }`
  await expect(next((await connect()).iterate({ query }))).rejects.toMatchObject([{ extensions: { code } }])
})

test('refuses a field that nothing feeds', async () => {
  const events = (await connect()).iterate({ query: 'subscription { unfed }' })
  await expect(next(events)).rejects.toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }])
})

test('a field that the viewer may not read is null with an error, from messages and snapshots alike', async () => {
  const query = 'subscription { occupancyChanged(eventId: "e1") { seq takings } }'
  const events = (await connect()).iterate({ query })
  const refused = {
    errors: [
      {
        message: 'Occupancy.takings needs the scope money:read.',
        path: ['occupancyChanged', 'takings'],
        extensions: { code: 'FORBIDDEN' },
      },
    ],
    data: { occupancyChanged: { seq: 1, takings: null } },
  }
  expect(await next(events)).toMatchObject(refused)
})

test('a token that ends ends its subscriptions, with an error that says so', async () => {
  const query = 'subscription { occupancyChanged(eventId: "e1") { seq } }'
  const events = (await connect('count:read', {}, { expiresInMs: 500 })).iterate({ query })
  await next(events)
  await expect(next(events)).rejects.toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }])
})

test('a ping with a new token extends the connection', async () => {
  const socket = new WebSocket(served.url.replace('http', 'ws'), 'graphql-transport-ws')
  const received: { type: string }[] = []
  socket.on('message', (text) => received.push(JSON.parse(String(text))))
  await new Promise((resolve) => socket.once('open', resolve))
  const send = (value: unknown) => socket.send(JSON.stringify(value))
  const short = await tokens.sign({ scope: 'count:read' }, { expiresInMs: 500 })
  send({ type: 'connection_init', payload: { authorization: `Bearer ${short}` } })
  await settle()
  send({ type: 'subscribe', id: '1', payload: { query: whole } })
  await settle()
  send({ type: 'ping', payload: { accessToken: await tokens.withScopes('count:read') } })
  await settle(1_500)
  await topics.publish(channel, message(2, 20))
  await settle()
  expect(received.map(({ type }) => type)).toEqual(['connection_ack', 'next', 'pong', 'next'])
  socket.terminate()
})

test('a bad token closes the connection as one that may be tried again', async () => {
  client = createClient({
    url: served.url.replace('http', 'ws'),
    webSocketImpl: WebSocket,
    connectionParams: { accessToken: 'nonsense' },
    retryAttempts: 0,
  })
  await expect(next(client.iterate({ query: whole }))).rejects.toMatchObject({ code: 4403 })
})

test('queries and mutations go over it too, with errors as over HTTP', async () => {
  const connected = await connect()
  const query = '{ event(id: "x") { name } occupancy(eventId: "e1") { takings } }'
  expect(await next(connected.iterate({ query }))).toMatchObject({
    data: { event: { name: 'Event x' }, occupancy: { takings: null } },
    errors: [{ path: ['occupancy', 'takings'], extensions: { code: 'FORBIDDEN' } }],
  })
})

test('more operations than the limit on one connection are refused', async () => {
  const connected = await connect()
  const open = [1, 2, 3].map(() => connected.iterate({ query: whole }))
  for (const events of open) await next(events)
  await expect(next(connected.iterate({ query: whole }))).rejects.toMatchObject([
    { extensions: { code: 'OVERLOADED' } },
  ])
})

test('a page of another site cannot connect', async () => {
  const socket = new WebSocket(served.url.replace('http', 'ws'), 'graphql-transport-ws', {
    origin: 'https://elsewhere.example',
  })
  const error = await new Promise<Error>((resolve) => socket.once('error', resolve))
  expect(error.message).toContain('403')
})

test('leaving gives the topic back', async () => {
  const events = (await connect()).iterate({ query: whole })
  await next(events)
  expect(await topics.activeChannels('org:*')).toEqual([channel])
  await events.return?.(undefined)
  await settle()
  expect(await topics.activeChannels('org:*')).toEqual([])
})
