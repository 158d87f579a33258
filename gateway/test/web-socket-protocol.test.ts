import { createHash } from 'node:crypto'
import { inProcessTopics } from '@headcount/live'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { channel, countsGraph, message } from './counts.ts'
import { RawWebSocket, rawFrame } from './raw-web-socket.ts'
import { createTokens, type Served, serve, type Tokens } from './support.ts'

// Each rule of https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md that binds a server, by raw frames.

const graph = countsGraph()
const { state } = graph
const topics = inProcessTopics({ log: pino({ level: 'silent' }) })
let tokens: Tokens
let served: Served
const clients: RawWebSocket[] = []

beforeAll(async () => {
  tokens = await createTokens()
  served = await serve(graph.all, 'in-process', { tokens, topics, limits: { operationsPerConnection: 3 } })
})
afterAll(async () => {
  await served.close()
  await topics.close()
})
beforeEach(() => Object.assign(state, { seq: 1, inside: 10, reads: 0, isDown: false, delayMs: 0 }))
afterEach(() => {
  for (const client of clients.splice(0)) client.destroy()
})

async function open(): Promise<RawWebSocket> {
  const client = new RawWebSocket(served.url)
  clients.push(client)
  await client.shake()
  return client
}

async function connect(): Promise<RawWebSocket> {
  const client = await open()
  client.say({ type: 'connection_init', payload: { accessToken: await tokens.withScopes('count:read') } })
  expect(await client.heard()).toEqual({ type: 'connection_ack' })
  return client
}

const counts = 'subscription { occupancyChanged(eventId: "e1", minIntervalMs: 0) { seq inside } }'
const subscribe = (id: string, query = counts, rest = {}) => ({
  id,
  type: 'subscribe',
  payload: { query, ...rest },
})
const result = (id: string, seq: number, inside: number) => ({
  id,
  type: 'next',
  payload: { data: { occupancyChanged: { seq, inside } } },
})
const name = '{ event(id: "x") { name } }'
const named = (id: string) => ({ id, type: 'next', payload: { data: { event: { name: 'Event x' } } } })
const publish = (seq: number) => topics.publish(channel, message(seq, seq * 10))

/** Everything said before is done when this is answered. */
async function expectNothingElse(client: RawWebSocket): Promise<void> {
  client.say({ type: 'ping', payload: { mark: 'x' } })
  expect(await client.heard()).toEqual({ type: 'pong', payload: { mark: 'x' } })
}

describe('connection_init', () => {
  test.each([{}, { payload: null }, { payload: {} }])('with %j is acknowledged', async (rest) => {
    const client = await open()
    client.say({ type: 'connection_init', ...rest })
    expect(await client.heard()).toEqual({ type: 'connection_ack' })
  })

  test('twice is closed with 4429', async () => {
    const client = await connect()
    client.say({ type: 'connection_init' })
    expect(await client.closed()).toEqual({ code: 4429, reason: 'Too many initialisation requests' })
  })

  test('twice before the first is acknowledged is closed with 4429', async () => {
    const client = await open()
    const accessToken = await tokens.withScopes('count:read')
    client.say({ type: 'connection_init', payload: { accessToken } })
    client.say({ type: 'connection_init', payload: { accessToken } })
    expect(await client.closed()).toMatchObject({ code: 4429 })
  })

  test('that does not come within 5 seconds is closed with 4408', { timeout: 10_000 }, async () => {
    const client = await open()
    const startedAt = performance.now()
    client.say({ type: 'ping' })
    await client.heard()
    expect(await client.closed()).toEqual({ code: 4408, reason: 'Connection initialisation timeout' })
    expect(performance.now() - startedAt).toBeGreaterThan(4_500)
  })

  test('with a bad token is closed with 4403 and what is wrong with it', async () => {
    const client = await open()
    client.say({ type: 'connection_init', payload: { accessToken: 'nonsense' } })
    expect(await client.closed()).toMatchObject({
      code: 4403,
      reason: expect.stringMatching(/^UNAUTHENTICATED: \w/),
    })
  })
})

test('a gateway that does not know its keys yet closes with 1013: to be tried again later', async () => {
  const keys = () => Promise.reject(new Error('not there yet'))
  const early = await serve(graph.all, 'in-process', { authentication: { keys, issuer: 'x', audience: 'x' } })
  const client = new RawWebSocket(early.url)
  clients.push(client)
  await client.shake()
  client.say({ type: 'connection_init', payload: { accessToken: await tokens.withScopes('count:read') } })
  expect(await client.closed()).toMatchObject({ code: 1013, reason: expect.stringMatching(/^NOT_READY: /) })
  await early.close()
})

describe('ping and pong', () => {
  test('a ping is answered at any time, by its own payload', async () => {
    const client = await open()
    client.say({ type: 'ping' })
    expect(await client.heard()).toEqual({ type: 'pong' })
    client.say({ type: 'ping', payload: null })
    expect(await client.heard()).toEqual({ type: 'pong' })
    client.say({ type: 'ping', payload: { at: [1, 'é'] } })
    expect(await client.heard()).toEqual({ type: 'pong', payload: { at: [1, 'é'] } })
  })

  test('a pong is taken at any time, and not answered', async () => {
    const client = await open()
    client.say({ type: 'pong' })
    client.say({ type: 'pong', payload: { beat: 1 } })
    await expectNothingElse(client)
  })

  test('a ping with another’s token closes with 4403', async () => {
    const client = await connect()
    const accessToken = await tokens.sign({ scope: 'count:read', org: 'org_2' })
    client.say({ type: 'ping', payload: { accessToken } })
    expect(await client.closed()).toMatchObject({
      code: 4403,
      reason: expect.stringContaining('UNAUTHENTICATED'),
    })
  })
})

describe('subscribe', () => {
  test('before the acknowledgement is closed with 4401', async () => {
    const client = await open()
    client.say(subscribe('1', name))
    expect(await client.closed()).toEqual({ code: 4401, reason: 'Unauthorized' })
  })

  test('while the token is looked at is closed with 4401', async () => {
    const client = await open()
    const payload = { accessToken: await tokens.withScopes('count:read') }
    const both = [{ type: 'connection_init', payload }, subscribe('1', name)]
    client.send(Buffer.concat(both.map((one) => rawFrame(JSON.stringify(one)))))
    expect(await client.closed()).toMatchObject({ code: 4401 })
  })

  test('to a query gives one result and its completion', async () => {
    const client = await connect()
    client.say(subscribe('q', name, { variables: null, operationName: null, extensions: null }))
    expect(await client.heard()).toEqual(named('q'))
    expect(await client.heard()).toEqual({ id: 'q', type: 'complete' })
    await expectNothingElse(client)
  })

  test('to a query with errors gives them within its result', async () => {
    const client = await connect()
    client.say(subscribe('q', '{ occupancy(eventId: "e1") { takings } }'))
    expect(await client.heard()).toMatchObject({
      type: 'next',
      payload: { data: { occupancy: { takings: null } }, errors: [{ extensions: { code: 'FORBIDDEN' } }] },
    })
    expect(await client.heard()).toEqual({ id: 'q', type: 'complete' })
  })

  test('gives results over time, those of several operations side by side', async () => {
    const client = await connect()
    client.say(subscribe('a'))
    expect(await client.heard()).toEqual(result('a', 1, 10))
    client.say(subscribe('b'))
    expect(await client.heard()).toEqual(result('b', 1, 10))
    client.say(subscribe('q', name))
    expect(await client.heard()).toEqual(named('q'))
    expect(await client.heard()).toEqual({ id: 'q', type: 'complete' })
    await publish(2)
    const both = [await client.heard(), await client.heard()]
    expect(both).toEqual(expect.arrayContaining([result('a', 2, 20), result('b', 2, 20)]))
  })

  test('what is not valid is an error message and nothing after it, and the id is free', async () => {
    const client = await connect()
    client.say(subscribe('1', '{ nothing }'))
    expect(await client.heard()).toMatchObject({
      id: '1',
      type: 'error',
      payload: [{ message: expect.any(String), extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
    })
    client.say(subscribe('1', name))
    expect(await client.heard()).toEqual(named('1'))
  })

  test('a subscription that ends with an error says so, and nothing after it', async () => {
    const client = await open()
    const accessToken = await tokens.sign({ scope: 'count:read' }, { expiresInMs: 300 })
    client.say({ type: 'connection_init', payload: { accessToken } })
    await client.heard()
    client.say(subscribe('1'))
    expect(await client.heard()).toEqual(result('1', 1, 10))
    expect(await client.heard()).toMatchObject({
      id: '1',
      type: 'error',
      payload: [{ extensions: { code: 'UNAUTHENTICATED' } }],
    })
    client.say({ type: 'complete', id: '1' })
    await expectNothingElse(client)
  })

  test.each([
    ['a subscription', counts],
    ['a query', name],
  ])('with the id of a subscription is closed with 4409, also to %s', async (_title, query) => {
    const client = await connect()
    client.say(subscribe('ä 1'))
    await client.heard()
    client.say(subscribe('ä 1', query))
    expect(await client.closed()).toEqual({ code: 4409, reason: 'Subscriber for ä 1 already exists' })
  })

  test('with the id of a query under way is closed with 4409', async () => {
    state.delayMs = 500
    const client = await connect()
    client.say(subscribe('1', '{ occupancy(eventId: "e1") { inside } }'))
    await expect.poll(() => state.reads).toBe(1)
    client.say(subscribe('1', name))
    expect(await client.closed()).toMatchObject({ code: 4409 })
  })

  test.each(['"', '\\', '{"id":', 'é€😀', '\ud800', '\u0000', '__proto__', 'x'.repeat(256)])(
    'takes any text as an id: %j',
    async (id) => {
      const client = await connect()
      client.say(subscribe(id, name))
      expect(await client.heard()).toEqual(named(id))
      expect(await client.heard()).toEqual({ id, type: 'complete' })
      client.say(subscribe(id))
      expect(await client.heard()).toEqual(result(id, 1, 10))
    },
  )

  test('more at once than the limit are refused one by one, and go when others have gone', async () => {
    const client = await connect()
    for (const id of ['1', '2', '3']) {
      client.say(subscribe(id))
      await client.heard()
    }
    client.say(subscribe('4', name))
    expect(await client.heard()).toMatchObject({
      id: '4',
      type: 'error',
      payload: [{ extensions: { code: 'OVERLOADED' } }],
    })
    client.say({ type: 'complete', id: '2' })
    client.say(subscribe('4', name))
    expect(await client.heard()).toEqual(named('4'))
  })

  test('may name a document by its hash, with an empty query or none', async () => {
    const client = await connect()
    const sha256Hash = createHash('sha256').update(name).digest('hex')
    const extensions = { persistedQuery: { version: 1, sha256Hash } }
    client.say(subscribe('1', '', { extensions }))
    expect(await client.heard()).toMatchObject({
      type: 'error',
      payload: [{ message: 'PersistedQueryNotFound' }],
    })
    client.say(subscribe('1', name, { extensions }))
    expect(await client.heard()).toEqual(named('1'))
    await client.heard()
    client.say(subscribe('2', '', { extensions }))
    expect(await client.heard()).toEqual(named('2'))
    await client.heard()
    client.say({ id: '3', type: 'subscribe', payload: { documentId: `sha256:${sha256Hash}` } })
    expect(await client.heard()).toEqual(named('3'))
  })
})

describe('complete', () => {
  test('of a subscription stops it, and frees its id', async () => {
    const client = await connect()
    client.say(subscribe('1'))
    await client.heard()
    client.say({ type: 'complete', id: '1' })
    await expectNothingElse(client)
    await publish(2)
    await expectNothingElse(client)
    expect(await topics.activeChannels('org:*')).toEqual([])
    state.seq = 3
    client.say(subscribe('1'))
    expect(await client.heard()).toEqual(result('1', 3, 10))
  })

  test('of a query before its result: no result comes', async () => {
    state.delayMs = 500
    const client = await connect()
    client.say(subscribe('1', '{ occupancy(eventId: "e1") { inside } }'))
    await expect.poll(() => state.reads).toBe(1)
    client.say({ type: 'complete', id: '1' })
    await new Promise((resolve) => setTimeout(resolve, 700))
    await expectNothingElse(client)
  })

  test('of a subscription before it has begun: none begins', async () => {
    state.delayMs = 500
    const client = await connect()
    client.say(subscribe('1'))
    await expect.poll(() => state.reads).toBe(1)
    client.say({ type: 'complete', id: '1' })
    await new Promise((resolve) => setTimeout(resolve, 700))
    await expectNothingElse(client)
    await expect.poll(() => topics.activeChannels('org:*')).toEqual([])
  })

  test('of what is not there, or is over, is passed over', async () => {
    const client = await connect()
    client.say({ type: 'complete', id: 'never' })
    client.say(subscribe('1', name))
    await client.heard()
    await client.heard()
    client.say({ type: 'complete', id: '1' })
    await expectNothingElse(client)
  })
})
