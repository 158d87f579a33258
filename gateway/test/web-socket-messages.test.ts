import { inProcessTopics } from '@headcount/live'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { countsGraph } from './counts.ts'
import { RawWebSocket } from './raw-web-socket.ts'
import { createTokens, type Served, serve, type Tokens } from './support.ts'

const graph = countsGraph()
const topics = inProcessTopics({ log: pino({ level: 'silent' }) })
let tokens: Tokens
let served: Served
const clients: RawWebSocket[] = []

beforeAll(async () => {
  tokens = await createTokens()
  served = await serve(graph.all, 'in-process', { tokens, topics })
})
afterAll(async () => {
  await served.close()
  await topics.close()
})
afterEach(() => {
  for (const client of clients.splice(0)) client.destroy()
})

async function connect(): Promise<RawWebSocket> {
  const client = new RawWebSocket(served.url)
  clients.push(client)
  await client.shake()
  client.say({ type: 'connection_init', payload: { accessToken: await tokens.withScopes('count:read') } })
  await client.heard()
  return client
}

const payload = { query: '{ __typename }' }

describe('a message that is none of the protocol’s is closed with 4400 and what is wrong', () => {
  test.each<[unknown, string]>([
    ['', 'it is no JSON'],
    ['{"type":', 'it is no JSON'],
    ['\ufeff{"type":"ping"}', 'it is no JSON'],
    ['[]', 'it is an array; it must be an object'],
    ['"ping"', 'it is a string; it must be an object'],
    ['null', 'it is null; it must be an object'],
    [{}, '"type" is none that a client may send'],
    [{ type: 1 }, '"type" is none'],
    [{ type: 'start' }, '"type" is none'],
    [{ type: 'constructor' }, '"type" is none'],
    [{ type: 'connection_ack' }, '"type" is none'],
    [{ type: 'next', id: '1', payload: {} }, '"type" is none'],
    [{ type: 'error', id: '1', payload: [] }, '"type" is none'],
    [{ type: 'connection_init', payload: 'token' }, '"payload" is a string'],
    [{ type: 'ping', payload: [] }, '"payload" is an array; it must be an object, null or absent'],
    [{ type: 'pong', payload: 1 }, '"payload" is a number'],
    [{ type: 'subscribe', payload }, '"id" is missing; it must be a string of 1 to 256 characters'],
    [{ type: 'subscribe', id: '', payload }, '"id" is 0 characters long'],
    [{ type: 'subscribe', id: 'x'.repeat(257), payload }, '"id" is 257 characters long'],
    [{ type: 'subscribe', id: 1, payload }, '"id" is a number'],
    [{ type: 'subscribe', id: '1' }, '"payload" is missing'],
    [{ type: 'subscribe', id: '1', payload: 'x' }, '"payload" is a string'],
    [{ type: 'subscribe', id: '1', payload: {} }, '"query" is missing; it must be a string'],
    [{ type: 'subscribe', id: '1', payload: { query: 1 } }, '"query" is a number'],
    [{ type: 'subscribe', id: '1', payload: { documentId: 1 } }, '"documentId" is a number'],
    [
      { type: 'subscribe', id: '1', payload: { ...payload, operationName: 1 } },
      '"operationName" is a number',
    ],
    [{ type: 'subscribe', id: '1', payload: { ...payload, variables: [] } }, '"variables" is an array'],
    [{ type: 'subscribe', id: '1', payload: { ...payload, extensions: 'x' } }, '"extensions" is a string'],
    [{ type: 'complete' }, '"id" is missing'],
    [{ type: 'complete', id: null }, '"id" is null'],
    [`{"type":"ping","payload":{"deep":${'['.repeat(200)}${']'.repeat(200)}}}`, 'nested deeper than 100'],
  ])('%j: %s', async (message, why) => {
    const client = await connect()
    client.say(message)
    const { code, reason } = await client.closed()
    expect(code).toBe(4400)
    expect(reason).toContain(`Invalid message: ${why}`)
  })
})

test('what a message has beside its own is passed over', async () => {
  const client = await connect()
  client.say({ type: 'subscribe', id: '1', extra: 1, payload: { ...payload, extra: {} } })
  expect(await client.heard()).toMatchObject({
    id: '1',
    type: 'next',
    payload: { data: { __typename: 'Query' } },
  })
})

describe('extensions.resume', () => {
  const query = 'subscription { occupancyChanged(eventId: "e1") { seq reset } }'

  async function resume(value: unknown) {
    const client = await connect()
    client.say({ type: 'subscribe', id: '1', payload: { query, extensions: { resume: value } } })
    return client.heard()
  }

  test('null begins from the start', async () => {
    expect(await resume(null)).toMatchObject({
      payload: { data: { occupancyChanged: { seq: 1, reset: false } } },
    })
  })

  test('a position goes on from there: one that the server is behind starts again', async () => {
    expect(await resume('99')).toMatchObject({
      payload: { data: { occupancyChanged: { seq: 1, reset: true } } },
    })
  })

  test.each([1, '', '-1', '1.5', 'x', ' 1', '1'.repeat(16), true, {}, ['1']])(
    '%j is refused',
    async (value) => {
      expect(await resume(value)).toMatchObject({
        id: '1',
        type: 'error',
        payload: [{ message: expect.stringContaining('must be'), extensions: { code: 'BAD_USER_INPUT' } }],
      })
    },
  )
})
