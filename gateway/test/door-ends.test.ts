import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { part } from './federation/ask.ts'
import { venueGraph } from './graph.ts'
import { rawPost } from './raw-post.ts'
import { type Served, serve } from './support.ts'

const closing: Served[] = []
afterEach(async () => {
  for (const served of closing.splice(0)) await served.close()
})

async function start(parts: Parameters<typeof serve>[0], options: Parameters<typeof serve>[2] = {}) {
  const served = await serve(parts, 'in-process', options)
  closing.push(served)
  return served
}

function open({ url }: Served): Socket {
  const { hostname, port } = new URL(url)
  return connect(Number(port), hostname)
}

function post(body: string, headers = ''): string {
  const length = Buffer.byteLength(body)
  return `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n${headers}\r\n${body}`
}

/** A subgraph with a field that waits until it is let go. */
function waiting() {
  let letGo = () => {}
  let asked = 0
  let done = 0
  const held = new Promise<void>((resolve) => {
    letGo = resolve
  })
  const wait = async () => {
    asked += 1
    await held
    done += 1
    return 'done'
  }
  const sdl = 'type Query { word: String later: String } type Mutation { work: String }'
  const resolvers = { Query: { word: () => 'word', later: wait }, Mutation: { work: wait } }
  return { part: part('waiting', sdl, resolvers), letGo: () => letGo(), counts: () => ({ asked, done }) }
}

describe('a client that goes', () => {
  test('in the middle of an answer in parts is under way no more', async () => {
    const { part: one, letGo, counts } = waiting()
    const served = await start([one], { limits: { requestsInProgress: 1 } })
    const socket = open(served)
    socket.write(post('{"query":"{ word ... @defer { later } }"}', 'accept: multipart/mixed\r\n'))
    await once(socket, 'data')
    await vi.waitFor(() => expect(counts().asked).toBe(1))
    socket.destroy()
    await vi.waitFor(async () => expect((await served.post({ query: '{ word }' })).status).toBe(200))
    letGo()
  })

  test('after a WebSocket was refused ends nothing else', async () => {
    const served = await start(venueGraph().all)
    for (let at = 0; at < 50; at += 1) {
      const socket = open(served)
      socket.on('error', () => {})
      socket.write(
        'GET /elsewhere HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n',
        () => socket.resetAndDestroy(),
      )
      await once(socket, 'close')
    }
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect((await served.post({ query: '{ open }' })).status).toBe(200)
  })
})

test('a WebSocket that is refused is closed, though the client keeps its own end open', async () => {
  const served = await start(venueGraph().all)
  const { hostname, port } = new URL(served.url)
  const socket = connect({ port: Number(port), host: hostname, allowHalfOpen: true })
  socket.write('GET /elsewhere HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n')
  const [answer] = await once(socket, 'data')
  expect(String(answer)).toMatch(/^HTTP\/1\.1 404/)
  socket.on('error', () => {})
  await once(socket, 'end')
  const closed = new Promise((resolve) => socket.once('close', resolve))
  // What comes after the end tells the client that nobody is there any more.
  const writing = setInterval(() => socket.write('x'), 20)
  await closed
  clearInterval(writing)
})

test('a mutation of a batch goes on when its client has gone, as one that came alone', async () => {
  const { part: one, letGo, counts } = waiting()
  const served = await start([one], { batching: { isEnabled: true } })
  for (const [at, body] of ['{"query":"mutation { work }"}', '[{"query":"mutation { work }"}]'].entries()) {
    const socket = open(served)
    socket.write(post(body))
    await vi.waitFor(() => expect(counts().asked).toBe(at + 1))
    socket.destroy()
  }
  await new Promise((resolve) => setTimeout(resolve, 100))
  letGo()
  await vi.waitFor(async () =>
    expect(await served.gateway.metrics()).toContain('headcount_gateway_requests_total{code="OK"} 2'),
  )
})

test('a query of a batch is given up when its client has gone', async () => {
  const { part: one, letGo, counts } = waiting()
  const served = await start([one], { batching: { isEnabled: true } })
  const socket = open(served)
  socket.write(post('[{"query":"{ later }"}]'))
  await vi.waitFor(() => expect(counts().asked).toBe(1))
  socket.destroy()
  await vi.waitFor(async () =>
    expect(await served.gateway.metrics()).toContain(
      'headcount_gateway_requests_total{code="BAD_REQUEST"} 1',
    ),
  )
  letGo()
})

test('an answer that is being compressed is under way: a gateway that stops waits for it', async () => {
  const text = 'A line of text that is the same again and again. '.repeat(400_000)
  const library = part('library', 'type Query { page: String }', { Query: { page: () => text } })
  const served = await serve([library], 'in-process', { compression: true })
  const answer = rawPost(served.url, { query: '{ page }' }, { 'accept-encoding': 'br' })
  answer.catch(() => undefined)
  await vi.waitFor(async () =>
    expect(await served.gateway.metrics()).toMatch(/fetch_seconds_count\{.*"answered"\} 1/),
  )
  await served.gateway.drain(10_000)
  await served.close()
  expect((await answer).headers['content-encoding']).toBe('br')
})
