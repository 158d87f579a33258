// The programs in C against servers of the tests, over real sockets.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type WebSocket, WebSocketServer } from 'ws'
import { nowMicros } from './message.ts'
import { buildPrograms, type Programs } from './programs.ts'
import { type Subscribers, startSubscribers, type Transport } from './subscribers.ts'
import { Received } from './taken.ts'

const canBuild = process.platform === 'linux' && spawnSync('cc', ['--version']).status === 0
const folder = mkdtempSync(join(tmpdir(), 'headcount-live-'))
const COUNT = 5
let programs: Programs
beforeAll(() => {
  if (canBuild) programs = buildPrograms(folder)
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Starts five subscribers of two events. */
function crowd(server: Server, transport: Transport): Subscribers {
  const tokensFile = join(folder, 'tokens')
  const payloadFile = join(folder, 'payload')
  writeFileSync(tokensFile, 'token-1\ntoken-2\ntoken-3\ntoken-4\ntoken-5\n')
  writeFileSync(payloadFile, '{"query":"subscription","variables":{"eventId":"event-@"}}')
  const { port } = server.address() as AddressInfo
  return startSubscribers({
    program: programs.subscribers,
    port,
    count: COUNT,
    events: 2,
    transport,
    tokensFiles: [tokensFile],
    payloadFile,
  })
}

const listening = (server: Server) =>
  new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))

const data = (seq: number, agoMicros = 0) =>
  JSON.stringify({ data: { occupancyChanged: { seq, publishedAt: nowMicros() - agoMicros } } })

/** What has come once so many values have, whichever way they were cut. */
async function afterValues(subscribers: Subscribers, values: number, seq: number) {
  const received = new Received()
  for (;;) {
    const taken = await subscribers.take(seq)
    received.add(taken)
    if (received.received >= values) return { received, behind: taken.behind }
  }
}

interface Peer {
  readonly socket: WebSocket
  readonly raw: Socket
  readonly token: string
  readonly id: string
  readonly eventId: string
  readonly pongs: string[]
}

interface Message {
  readonly type: string
  readonly id: string
  readonly payload: { readonly accessToken: string; readonly variables: { readonly eventId: string } }
}

/** Serves the protocol until all are subscribed; what a subscriber sends later is kept as its pongs. */
function protocolServer() {
  const server = createServer()
  const sockets = new WebSocketServer({ server, handleProtocols: () => 'graphql-transport-ws' })
  const peers: Peer[] = []
  sockets.on('connection', (socket, request) => {
    let token = ''
    const pongs: string[] = []
    socket.on('pong', (bytes) => pongs.push(`frame ${bytes}`))
    socket.on('message', (bytes) => {
      const { type, id, payload } = JSON.parse(String(bytes)) as Message
      if (type === 'connection_init') {
        token = payload.accessToken
        socket.send('{"type":"connection_ack"}')
      } else if (type === 'subscribe') {
        peers.push({ socket, raw: request.socket, token, id, eventId: payload.variables.eventId, pongs })
      } else pongs.push(type)
    })
  })
  return { server, sockets, peers }
}

const next = (id: string, payload: string) => `{"id":"${id}","type":"next","payload":${payload}}`

/** A frame of a server, by hand, so that it can be cut. */
function frameOf(text: string): Buffer {
  const head = Buffer.from([0x81, 126, text.length >> 8, text.length & 255])
  return Buffer.concat([head, Buffer.from(text.padEnd(126))])
}

describe.skipIf(!canBuild)('subscribers over WebSockets', () => {
  test('each connects with a token and an id of its own, and they are dealt to the events', async () => {
    const { server, sockets, peers } = protocolServer()
    await listening(server)
    const subscribers = crowd(server, 'web-socket')
    expect(await subscribers.reached('subscribed')).toBeGreaterThan(0)
    await expect.poll(() => peers.length).toBe(COUNT)
    expect(peers.map(({ token }) => token).sort()).toEqual([
      'token-1',
      'token-2',
      'token-3',
      'token-4',
      'token-5',
    ])
    expect(new Set(peers.map(({ id }) => id)).size).toBe(COUNT)
    for (const { id } of peers) expect(id).toMatch(/^[\da-f-]{36}$/)
    expect(peers.filter(({ eventId }) => eventId === 'event-0')).toHaveLength(3)
    await subscribers.stop()
    sockets.close()
    server.close()
  })

  test('values are counted however they are cut; gaps, repetitions and who is behind are told; pings are answered', async () => {
    const { server, sockets, peers } = protocolServer()
    await listening(server)
    const subscribers = crowd(server, 'web-socket')
    await subscribers.reached('subscribed')
    await expect.poll(() => peers.length).toBe(COUNT)
    for (const { socket, id } of peers) socket.send(next(id, data(1, 50_000)))
    await subscribers.reached('valued')
    const first = await afterValues(subscribers, COUNT, 1)
    expect(first).toMatchObject({ behind: 0, received: { lost: 0, repeated: 0 } })
    expect(first.received.lags.percentileMs(1)).toBeGreaterThanOrEqual(50)

    const [one, other] = peers as [Peer, Peer]
    const frame = frameOf(next(one.id, data(4)))
    one.raw.write(Buffer.concat([frame, frame.subarray(0, 3)]))
    other.socket.ping('are you there')
    other.socket.send('{"type":"ping"}')
    await expect.poll(() => other.pongs).toEqual(['frame are you there', 'pong'])
    one.raw.write(frame.subarray(3))
    const then = await afterValues(subscribers, 2, 4)
    // 2 and 3 were left out, 4 came twice, and the four others have only 1.
    expect(then).toMatchObject({ behind: COUNT - 1, received: { received: 2, lost: 2, repeated: 1 } })
    await subscribers.stop()
    sockets.close()
    server.close()
  })

  test('a server that refuses ends it, with what it said', async () => {
    const { server, sockets } = protocolServer()
    sockets.on('connection', (socket) => socket.close(4403, 'FORBIDDEN: not you'))
    await listening(server)
    const subscribers = crowd(server, 'web-socket')
    await expect(subscribers.reached('subscribed')).rejects.toThrow('FORBIDDEN: not you')
    sockets.close()
    server.close()
  })
})

describe.skipIf(!canBuild)('subscribers over event streams', () => {
  test('events are counted in chunks that are cut anywhere; comments are none, and an end is a close', async () => {
    const responses: {
      readonly write: (text: string) => void
      readonly end: () => void
      readonly raw: Socket
    }[] = []
    const tokens: (string | undefined)[] = []
    const server = createServer((request, response) => {
      tokens.push(request.headers.authorization)
      request.resume()
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(':\n\n')
      responses.push({
        write: (text) => response.write(text),
        end: () => response.end(),
        raw: request.socket,
      })
    })
    await listening(server)
    const subscribers = crowd(server, 'events')
    await subscribers.reached('subscribed')
    expect(tokens.sort()[0]).toBe('Bearer token-1')
    for (const { write } of responses) write(`event: next\nid: 1\ndata: ${data(1)}\n\n`)
    await subscribers.reached('valued')
    expect(await afterValues(subscribers, COUNT, 1)).toMatchObject({ behind: 0 })
    const [one] = responses
    const event = `event: next\ndata: ${data(2)}\n\n:\n\nevent: next\ndata: ${data(3)}\n\n`
    const chunk = `${event.length.toString(16)}\r\n${event}\r\n`
    one?.raw.write(chunk.slice(0, 40))
    await new Promise((resolve) => setTimeout(resolve, 20))
    one?.raw.write(chunk.slice(40))
    expect((await afterValues(subscribers, 2, 3)).received).toMatchObject({ received: 2, lost: 0 })
    one?.end()
    await expect.poll(async () => (await subscribers.take(3)).closed).toBe(1)
    await subscribers.stop()
    server.closeAllConnections()
    server.close()
  })
})
