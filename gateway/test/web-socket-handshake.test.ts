import { createHash } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { countsGraph } from './counts.ts'
import { goodHeaders, key, RawWebSocket, rawFrame } from './raw-web-socket.ts'
import { type Served, serve } from './support.ts'

const graph = countsGraph()
let served: Served
const clients: RawWebSocket[] = []

beforeAll(async () => {
  served = await serve(graph.all, 'in-process', { corsOrigins: ['https://shop.example'] })
})
afterAll(() => served.close())
afterEach(() => {
  for (const client of clients.splice(0)) client.destroy()
})

function open(url = served.url): RawWebSocket {
  const client = new RawWebSocket(url)
  clients.push(client)
  return client
}

const without = (name: string) =>
  Object.fromEntries(Object.entries(goodHeaders).filter(([one]) => one !== name))
const withHeader = (name: string, value: string) => ({ ...goodHeaders, [name]: value })

test('a good handshake is answered by the proof of its key and the protocol, and by no extension', async () => {
  const client = open()
  const headers = withHeader('sec-websocket-extensions', 'permessage-deflate; client_max_window_bits')
  expect(await client.shake({ headers })).toBe(101)
  const proof = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')
  expect(client.header('sec-websocket-accept')).toBe(proof)
  expect(client.header('upgrade')).toBe('websocket')
  expect(client.header('connection')).toBe('Upgrade')
  expect(client.header('sec-websocket-protocol')).toBe('graphql-transport-ws')
  expect(client.header('sec-websocket-extensions')).toBeUndefined()
})

test.each([
  ['names in any case', { ...goodHeaders, connection: 'keep-alive, UPGRADE', upgrade: 'WebSocket' }],
  ['our protocol among others', withHeader('sec-websocket-protocol', 'graphql-ws,  graphql-transport-ws')],
  ['a listed origin', withHeader('origin', 'https://shop.example')],
  ['the origin of this site', { ...goodHeaders, host: 'here.example', origin: 'https://here.example' }],
])('takes %s', async (_title, headers) => {
  const client = open()
  expect(await client.shake({ headers })).toBe(101)
  expect(client.header('sec-websocket-protocol')).toBe('graphql-transport-ws')
})

test.each([
  ['another method', { line: 'POST /graphql HTTP/1.1' }, 405],
  ['HTTP 1.0', { line: 'GET /graphql HTTP/1.0' }, 400],
  ['another path', { line: 'GET /other HTTP/1.1' }, 404],
  ['another upgrade', { headers: withHeader('upgrade', 'h2c') }, 400],
  ['no key', { headers: without('sec-websocket-key') }, 400],
  ['a key of 15 bytes', { headers: withHeader('sec-websocket-key', 'AAAAAAAAAAAAAAAAAAAA') }, 400],
  ['a key that is no base64', { headers: withHeader('sec-websocket-key', '????????????????======') }, 400],
  ['no version', { headers: without('sec-websocket-version') }, 426],
  ['another version', { headers: withHeader('sec-websocket-version', '8') }, 426],
  ['a page of another site', { headers: withHeader('origin', 'https://elsewhere.example') }, 403],
  ['an origin that is none', { headers: withHeader('origin', 'null') }, 403],
])('refuses %s', async (_title, request, status) => {
  const client = open()
  expect(await client.shake(request)).toBe(status)
  expect(client.header('connection')).toBe('close')
  await client.ended()
})

test('tells who asks for another version which one is spoken', async () => {
  const client = open()
  await client.shake({ headers: withHeader('sec-websocket-version', '25') })
  expect(client.header('sec-websocket-version')).toBe('13')
  expect(client.header('upgrade')).toBe('websocket')
})

describe.each([
  ['other protocols', withHeader('sec-websocket-protocol', 'graphql-ws, soap')],
  ['none', without('sec-websocket-protocol')],
])('a client that speaks %s', (_title, headers) => {
  test('is accepted without a protocol, and closed with 4406', async () => {
    const client = open()
    expect(await client.shake({ headers, after: rawFrame('{"type":"connection_init"}') })).toBe(101)
    expect(client.header('sec-websocket-protocol')).toBeUndefined()
    expect(await client.closed()).toEqual({ code: 4406, reason: 'Subprotocol not acceptable' })
    client.send(rawFrame(Buffer.from([0x11, 0x36]), { first: 0x88 }))
    await client.ended()
  })
})

test('what comes in one piece with the handshake is read', async () => {
  const client = open()
  await client.shake({ after: rawFrame('{"type":"connection_init"}') })
  expect(await client.heard()).toEqual({ type: 'connection_ack' })
})

test('more connections than the limit are refused, until one has gone', async () => {
  const small = await serve(graph.all, 'in-process', { limits: { liveConnections: 1 } })
  const first = open(small.url)
  expect(await first.shake()).toBe(101)
  const second = open(small.url)
  expect(await second.shake()).toBe(503)
  first.destroy()
  await expect.poll(async () => open(small.url).shake(), { interval: 50 }).toBe(101)
  await small.close()
})

test('a client that breaks off while the operator’s own step takes its time is forgotten', async () => {
  let letGo = () => {}
  let isAsked = false
  const held = new Promise<void>((resolve) => {
    letGo = resolve
  })
  const onRequest = () => {
    isAsked = true
    return held
  }
  const slow = await serve(graph.all, 'in-process', { extension: { onRequest } })
  const client = open(slow.url)
  client.shake().catch(() => {})
  await expect.poll(() => isAsked).toBe(true)
  client.socket.resetAndDestroy()
  await client.ended()
  letGo()
  const metrics = () => slow.gateway.metrics()
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(await metrics()).not.toContain('headcount_gateway_live_connections{transport="websocket"} 1')
  await slow.close()
})
