import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { inProcessTopics } from '@headcount/live'
import { type Client, createClient } from 'graphql-ws'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { channel, countsGraph, message } from './counts.ts'
import { compose, createTokens, type Served, serve, type Tokens } from './support.ts'

const graph = countsGraph()
const { state } = graph
const topics = inProcessTopics({ log: pino({ level: 'silent' }) })
let tokens: Tokens
let served: Served
let client: Client | undefined

beforeAll(async () => {
  tokens = await createTokens()
  served = await serve(graph.all, 'in-process', { tokens, topics })
})
afterAll(async () => {
  await served.close()
  await topics.close()
})
beforeEach(() => Object.assign(state, { seq: 1, inside: 10, reads: 0, isDown: false, delayMs: 0 }))
afterEach(() => void client?.dispose())

async function connect() {
  const token = await tokens.withScopes('count:read')
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

function occupancy(seq: number, inside: number, rest = {}) {
  return { data: { occupancyChanged: { seq, inside, ...rest } } }
}

test('a swap of the schema closes nobody: subscriptions go on in the new one', async () => {
  const events = (await connect()).iterate({ query: whole })
  await next(events)
  const sdl = compose(graph.all)
  state.seq = 2
  await served.gateway.swap(sdl.replace('unfed: Int', 'unfed: Int\n  other: Int'))
  expect(await next(events)).toMatchObject(occupancy(2, 10))
  await topics.publish(channel, message(3, 20))
  expect(await next(events)).toMatchObject(occupancy(3, 20))
  await served.gateway.swap(sdl)
})

test('a subscription that the new schema does not take ends with an error that says so', async () => {
  const events = (await connect()).iterate({
    query: 'subscription { occupancyChanged(eventId: "e1") { inside } }',
  })
  await next(events)
  const sdl = compose(graph.all)
  await served.gateway.swap(
    sdl.replaceAll(/^ {2}inside: Int!$/gm, '  within: Int!').replaceAll('inside', 'within'),
  )
  await expect(next(events)).rejects.toMatchObject([{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }])
  await served.gateway.swap(sdl)
})

test('a subgraph that is away is waited for, the last value stands', async () => {
  const query = 'subscription { occupancyChanged(eventId: "e1") { seq event { name } } }'
  const events = (await connect()).iterate({ query })
  await next(events)
  Object.assign(state, { isDown: true, seq: 5 })
  await topics.publish(channel, message(5, 50))
  await settle(300)
  state.isDown = false
  expect(await next(events)).toMatchObject({ data: { occupancyChanged: { seq: 5 } } })
})

/** A client of the gateway, and the gateway's own end of its connection: what that has not sent yet lies in memory. */
async function connectToBothEnds() {
  let gatewayEnd: Duplex | undefined
  let opening: WeakRef<IncomingMessage> | undefined
  const door = createServer().on('upgrade', (request, end, head) => {
    gatewayEnd = end
    opening = new WeakRef(request)
    served.gateway.upgrade(request, end, head)
  })
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve))
  const { port } = door.address() as AddressInfo
  const socket = new WebSocket(`ws://127.0.0.1:${port}/graphql`, 'graphql-transport-ws')
  await new Promise((resolve) => socket.once('open', resolve))
  return {
    socket,
    unsentBytes: () => gatewayEnd?.writableLength ?? 0,
    openingRequest: () => opening?.deref(),
    async close() {
      socket.terminate()
      await new Promise((resolve) => door.close(resolve))
    },
  }
}

test('a slow reader is given the latest, not all that it missed', async () => {
  const { socket, unsentBytes, close } = await connectToBothEnds()
  const send = (value: unknown) => socket.send(JSON.stringify(value))
  send({ type: 'connection_init', payload: { accessToken: await tokens.withScopes('count:read') } })
  await settle()
  const query = 'subscription { occupancyChanged(eventId: "e1", minIntervalMs: 0) { seq zones { name } } }'
  send({ type: 'subscribe', id: '1', payload: { query } })
  await settle()
  socket.pause()
  const padding = 'x'.repeat(200_000)
  let mostUnsent = 0
  for (let seq = 2; seq <= 1_000; seq += 1) {
    const { asOf } = message(seq, 1)
    await topics.publish(channel, { seq, asOf, data: { inside: seq, zones: [{ name: padding, inside: 1 }] } })
    if (seq % 20 === 0) await settle(2)
    mostUnsent = Math.max(mostUnsent, unsentBytes())
  }
  // The one message that the reader has not taken yet, and none behind it.
  expect(mostUnsent).toBeGreaterThan(0)
  expect(mostUnsent).toBeLessThan(2 * padding.length)
  const seqs: number[] = []
  const isLast = new Promise<void>((resolve) => {
    socket.on('message', (text) => {
      const seq: unknown = JSON.parse(String(text)).payload?.data?.occupancyChanged?.seq
      if (typeof seq === 'number') seqs.push(seq)
      if (seq === 1_000) resolve()
    })
  })
  socket.resume()
  await isLast
  expect(seqs.length).toBeLessThan(200)
  await close()
}, 20_000)

test('a connection does not keep the request that opened it', async () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const { socket, openingRequest, close } = await connectToBothEnds()
  socket.send(JSON.stringify({ type: 'connection_init' }))
  await new Promise((resolve) => socket.once('message', resolve))
  await settle()
  collect()
  expect(openingRequest()).toBeUndefined()
  await close()
})

test('a gateway that is stopping closes its sockets as going away', async () => {
  const leaving = await serve(graph.all, 'in-process', { tokens, topics })
  const socket = new WebSocket(leaving.url.replace('http', 'ws'), 'graphql-transport-ws')
  await new Promise((resolve) => socket.once('open', resolve))
  const code = new Promise((resolve) => socket.once('close', resolve))
  await leaving.gateway.drain(500)
  expect(await code).toBe(1001)
  const late = new WebSocket(leaving.url.replace('http', 'ws'), 'graphql-transport-ws')
  const error = await new Promise<Error>((resolve) => late.once('error', resolve))
  expect(error.message).toContain('503')
  await leaving.close()
})

test('a connection that the operator’s own step has held up is refused when the gateway stops meanwhile', async () => {
  let letGo = () => {}
  const held = new Promise<void>((resolve) => {
    letGo = resolve
  })
  const leaving = await serve(graph.all, 'in-process', {
    tokens,
    topics,
    extension: { onRequest: () => held },
  })
  const socket = new WebSocket(leaving.url.replace('http', 'ws'), 'graphql-transport-ws')
  const refusal = new Promise<Error>((resolve) => socket.once('error', resolve))
  await settle()
  await leaving.gateway.drain(500)
  letGo()
  expect((await refusal).message).toContain('503')
  await leaving.close()
})

test('who does not read what it is sent is not read from either, until it reads again', async () => {
  const socket = new WebSocket(served.url.replace('http', 'ws'), 'graphql-transport-ws')
  await new Promise((resolve) => socket.once('open', resolve))
  let pongs = 0
  socket.on('message', () => {
    pongs += 1
  })
  socket.pause()
  const ping = JSON.stringify({ type: 'ping', payload: { text: 'x'.repeat(200_000) } })
  for (let at = 0; at < 100; at += 1) socket.send(ping)
  await settle(1_500)
  expect(socket.bufferedAmount).toBeGreaterThan(5_000_000)
  socket.resume()
  await vi.waitFor(() => expect(pongs).toBe(100), { timeout: 5_000 })
  socket.terminate()
})
