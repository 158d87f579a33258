import { connect, type Socket } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import { channel, message } from './counts.ts'
import { atEnd, endAll } from './http1-calls.ts'
import { liveWorld } from './live-world.ts'
import { goodHeaders, rawFrame } from './raw-web-socket.ts'
import { compose } from './support.ts'

afterEach(endAll)

const subscribers = 5_000
const swaps = 20
/** Handshakes under way at once. */
const atOnce = 200

/** What all sockets have seen; each holds no more than the last position that it was told. */
interface Seen {
  readonly seqs: Int32Array
  errors: number
  closed: number
}

const hello = [
  'GET /graphql HTTP/1.1',
  ...Object.entries(goodHeaders).map(([name, value]) => `${name}: ${value}`),
  '',
  '',
]

/** One that subscribes and then does no more than read. */
function subscriber(at: number, how: { port: number; token: string; seen: Seen }): Promise<Socket> {
  const { seen } = how
  const socket = connect({ port: how.port, host: '127.0.0.1' })
  const init = { type: 'connection_init', payload: { accessToken: how.token } }
  const query = 'subscription { occupancyChanged(eventId: "e1", minIntervalMs: 0) { seq } }'
  socket.write(hello.join('\r\n'))
  return new Promise((resolve, reject) => {
    socket.on('error', reject)
    socket.on('close', () => {
      seen.closed += 1
    })
    socket.on('data', (piece) => {
      const text = piece.toString('latin1')
      if (text.includes('"type":"error"') || text.includes('"errors"')) seen.errors += 1
      if (text.startsWith('HTTP/1.1 101')) socket.write(rawFrame(JSON.stringify(init)))
      if (text.includes('"type":"connection_ack"')) {
        socket.write(rawFrame(JSON.stringify({ id: String(at), type: 'subscribe', payload: { query } })))
      }
      for (const [, seq] of text.matchAll(/"seq":(\d+)/g)) seen.seqs[at] = Number(seq)
      if (text.includes('"type":"next"')) resolve(socket)
    })
  })
}

test('twenty swaps to compatible supergraphs close none of 5,000 subscribers and send none an error', {
  timeout: 180_000,
}, async () => {
  const world = await liveWorld(atEnd)
  const { served, topics } = world
  const port = Number(new URL(served.url).port)
  const seen: Seen = { seqs: new Int32Array(subscribers), errors: 0, closed: 0 }
  const sockets: Socket[] = []
  for (let at = 0; at < subscribers; at += atOnce) {
    const token = await world.tokens.sign({ sub: `usr_${at}`, scope: 'count:read' }, { expiresInMs: 600_000 })
    const some = Array.from({ length: atOnce }, (_, beside) => subscriber(at + beside, { port, token, seen }))
    sockets.push(...(await Promise.all(some)))
  }
  expect(await world.metric('headcount_gateway_live_members')).toBe(subscribers)
  const sdl = compose(world.parts)
  for (let swap = 1; swap <= swaps; swap += 1) {
    Object.assign(world.state, { seq: swap + 1, inside: swap })
    await served.gateway.swap(sdl.replace('unfed: Int', `unfed: Int\n  other${swap}: Int`))
    await topics.publish(channel, message(swap + 1, swap))
  }
  const last = swaps + 1
  await vi.waitFor(() => expect(seen.seqs.every((seq) => seq === last)).toBe(true), { timeout: 30_000 })
  expect({ closed: seen.closed, errors: seen.errors }).toEqual({ closed: 0, errors: 0 })
  expect(await world.metric('headcount_gateway_live_connections{transport="websocket"}')).toBe(subscribers)
  expect(await world.metric('headcount_gateway_live_groups')).toBe(1)
  for (const socket of sockets) socket.destroy()
})
