import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, Socket } from 'node:net'
import { duplexPair } from 'node:stream'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Connection, type Speaker } from './connection.ts'
import { Connections, type PhaseLimits } from './connections.ts'
import { textFrame } from './frames.ts'

let server: Server
let peer: Socket
let all: Connections
const phases = { initMs: 5_000, pingMs: 5_000, closeMs: 5_000 }

beforeEach(async () => {
  server = createServer({ noDelay: true, allowHalfOpen: true }).listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterEach(async () => {
  all.destroy()
  peer.destroy()
  server.close()
  await once(server, 'close')
})

const settle = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** A connection, its peer, and what its speaker heard. */
async function open(limits: Partial<PhaseLimits> = {}) {
  all = new Connections({ ...phases, ...limits })
  const accepted = once(server, 'connection')
  peer = connect((server.address() as AddressInfo).port, '127.0.0.1')
  peer.on('error', () => peer.destroy())
  const [socket] = (await accepted) as [Socket]
  const connection = new Connection(socket, 1_000_000, all)
  const heard: string[] = []
  const speaker: Speaker = {
    onText: (text) => heard.push(text),
    onDrained: () => heard.push('drained'),
    onLate: () => heard.push('late'),
    onOver: () => heard.push('over'),
    onGone: (code) => heard.push(`gone ${code}`),
    onError: () => heard.push('error'),
  }
  connection.begin(speaker)
  const received: Buffer[] = []
  return {
    connection,
    socket,
    heard,
    /** What the peer got, once it reads. */
    read() {
      peer.on('data', (piece: Buffer) => received.push(piece))
      return () => Buffer.concat(received)
    },
  }
}

const ping = Buffer.from([0x89, 0x00])
const pong = Buffer.from([0x8a, 0x80, 1, 2, 3, 4])
const masked = (first: number, payload: Buffer) =>
  Buffer.concat([Buffer.from([first, 0x80 | payload.length, 0, 0, 0, 0]), payload])

test('a silent peer is pinged, and ended when it does not answer until the next time', async () => {
  const { connection, heard, read } = await open({ pingMs: 100 })
  const received = read()
  connection.settle()
  await settle(150)
  expect(received()).toEqual(ping)
  expect(heard).toEqual([])
  await settle(100)
  expect(heard).toEqual(['over', 'gone 1006'])
  expect(all.size).toBe(0)
})

test('a peer that answers its pings lives on', async () => {
  const { connection, heard, read } = await open({ pingMs: 50 })
  const received = read()
  peer.on('data', () => peer.write(pong))
  connection.settle()
  await settle(400)
  expect(heard).toEqual([])
  expect(received().length).toBeGreaterThanOrEqual(4 * ping.length)
})

test('a peer whose speaker has not begun is told of as late', async () => {
  const { heard } = await open({ initMs: 50 })
  await settle(100)
  expect(heard).toEqual(['late'])
})

/** Fills all buffers in between, until bytes wait in memory. */
async function fill(connection: Connection): Promise<Buffer> {
  const frame = textFrame('x'.repeat(200_000))
  for (let count = 0; count < 200 && !connection.isFull; count += 1) {
    connection.send(frame)
    await settle(1)
  }
  expect(connection.isFull).toBe(true)
  return frame
}

test('a peer that takes bytes, however slowly, lives on without answering pings', {
  timeout: 20_000,
}, async () => {
  const { connection, heard } = await open({ pingMs: 200 })
  peer.pause()
  const frame = await fill(connection)
  connection.settle()
  // It reads a piece every 5 ms, and never gets to a ping.
  peer.on('data', () => peer.pause())
  for (let round = 0; round < 800; round += 1) {
    peer.resume()
    await settle(5)
    if (!connection.isFull) connection.send(frame)
  }
  expect(heard.filter((one) => one !== 'drained')).toEqual([])
  // Nothing more for some looks is no end yet; for fifteen it is.
  if (!connection.isFull) await fill(connection)
  await settle(1_500)
  expect(heard.filter((one) => one !== 'drained')).toEqual([])
  await expect.poll(() => heard, { timeout: 5_000 }).toContain('gone 1006')
})

test('who takes bytes again after it did not is told of once, when all has gone out', async () => {
  const { connection, socket, heard } = await open()
  peer.pause()
  await fill(connection)
  await settle(50)
  expect(heard).toEqual([])
  peer.resume()
  await expect.poll(() => heard).toEqual(['drained'])
  expect(connection.isFull).toBe(false)
  expect(socket.writableLength).toBe(0)
})

test('a frame that went out whole may be used again, one that did not may not', async () => {
  const { connection } = await open()
  expect(connection.send(textFrame('x'))).toBe(true)
  peer.pause()
  const frame = await fill(connection)
  expect(connection.send(frame)).toBe(false)
})

test('a stream that is no socket may hand on the bytes themselves: none of its frames may be used again', () => {
  const [one, other] = duplexPair()
  all = new Connections(phases)
  peer = new Socket()
  const connection = new Connection(one, 1_000, all)
  other.resume()
  expect(connection.send(textFrame('x'))).toBe(false)
})

test('who leaves more than a megabyte unread is not read from, until it has taken it', async () => {
  const { connection, socket, heard, read } = await open()
  peer.pause()
  const frame = await fill(connection)
  for (let count = 0; count < 6; count += 1) connection.send(frame)
  expect(socket.isPaused()).toBe(true)
  peer.write(masked(0x81, Buffer.from('hello')))
  await settle(50)
  expect(heard).toEqual([])
  read()
  peer.resume()
  await expect.poll(() => heard).toEqual(['drained', 'hello'])
})

test('closing ends what is sent, and the connection when the peer answers', async () => {
  const { connection, heard, read } = await open()
  const received = read()
  connection.close(4400, 'é'.repeat(100))
  connection.close(1001, 'again')
  connection.send(textFrame('late'))
  expect(heard).toEqual(['over'])
  await settle(50)
  // As many whole characters as there is room for: 61 of two bytes.
  const reason = Buffer.from('é'.repeat(61))
  expect(received()).toEqual(Buffer.concat([Buffer.from([0x88, 124, 4400 >> 8, 4400 & 0xff]), reason]))
  peer.write(masked(0x88, Buffer.from([4400 >> 8, 4400 & 0xff])))
  await once(peer, 'end')
  peer.end()
  await expect.poll(() => heard).toEqual(['over', 'gone 4400'])
})

test('a peer that does not answer a close is cut off in time', async () => {
  const { connection, heard, read } = await open({ closeMs: 100 })
  read()
  connection.close(1001, 'Going away')
  await settle(60)
  expect(heard).toEqual(['over'])
  await expect.poll(() => heard).toEqual(['over', 'gone 1001'])
})

test('the peer’s close is told of by its code, or by 1005 without one', async () => {
  const { heard } = await open()
  peer.end(masked(0x88, Buffer.alloc(0)))
  await expect.poll(() => heard).toEqual(['over', 'gone 1005'])
})

test('a connection that is reset is told of as broken', async () => {
  const { heard } = await open()
  peer.resetAndDestroy()
  await expect.poll(() => heard).toEqual(['error', 'over', 'gone 1006'])
})

test('a drain closes all in its time, and not at once', async () => {
  const closes: number[] = []
  await open()
  const many = new Connections(phases)
  const fake = (at: number) =>
    ({ at, phase: undefined, before: undefined, after: undefined }) as unknown as Connection
  for (let at = 0; at < 100; at += 1) many.enter('open', fake(at))
  const startedAt = performance.now()
  many.drain(400, () => closes.push(performance.now() - startedAt))
  await expect.poll(() => closes.length, { timeout: 3_000 }).toBe(100)
  expect(closes[10]).toBeLessThan(200)
  expect(closes[49]).toBeGreaterThan(100)
  expect(closes[99]).toBeGreaterThan(300)
})
