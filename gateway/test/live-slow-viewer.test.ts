import { connect } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import { channel } from './counts.ts'
import { atEnd, endAll } from './http1-calls.ts'
import { liveWorld } from './live-world.ts'
import { goodHeaders, rawFrame } from './raw-web-socket.ts'

afterEach(endAll)

/** Large, so that the kernel's buffers are full soon. */
const padding = 'x'.repeat(200_000)
const seconds = 8
const messagesASecond = 20

function told(seq: number) {
  const asOf = new Date(Date.UTC(2026, 10, 22, 18, 0, seq)).toISOString()
  return { seq, asOf, data: { inside: seq, zones: [{ name: padding, inside: seq }] } }
}

/** A viewer over a socket that is read from by hand alone. */
function viewer(port: number, token: string) {
  const socket = connect({ port, host: '127.0.0.1' })
  const headers = Object.entries(goodHeaders).map(([name, value]) => `${name}: ${value}`)
  const query = 'subscription { occupancyChanged(eventId: "e1", minIntervalMs: 0) { zones { name } seq } }'
  socket.write(['GET /graphql HTTP/1.1', ...headers, '', ''].join('\r\n'))
  socket.write(rawFrame(JSON.stringify({ type: 'connection_init', payload: { accessToken: token } })))
  socket.once('readable', () => {
    setTimeout(
      () => socket.write(rawFrame(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } }))),
      200,
    )
  })
  atEnd(() => socket.destroy())
  return socket
}

test('a viewer that reads a byte a second costs one result, and finds the last value when it wakes', {
  timeout: 60_000,
}, async () => {
  const { served, tokens, topics, metric } = await liveWorld(atEnd)
  const token = await tokens.sign({ scope: 'count:read' }, { expiresInMs: 60_000 })
  const socket = viewer(Number(new URL(served.url).port), token)
  let closed = false
  socket.on('close', () => {
    closed = true
  })
  await vi.waitFor(async () => expect(await metric('headcount_gateway_live_members')).toBe(1), 5_000)
  const buffered: number[] = []
  let seq = 1
  for (let second = 0; second < seconds; second += 1) {
    socket.read(1)
    for (let count = 0; count < messagesASecond; count += 1) {
      seq += 1
      await topics.publish(channel, told(seq))
      await new Promise((resolve) => setTimeout(resolve, 1_000 / messagesASecond))
    }
    buffered.push((await metric('headcount_gateway_live_buffered_bytes{transport="websocket"}')) ?? -1)
  }
  // 32 MB were told; what waits in the gateway is a part of one result at most.
  expect(Math.max(...buffered)).toBeGreaterThan(0)
  expect(Math.max(...buffered)).toBeLessThanOrEqual(padding.length + 1_000)
  expect(closed).toBe(false)
  let tail = ''
  socket.on('data', (piece) => {
    tail = `${tail}${piece.toString('latin1')}`.slice(-200)
  })
  await vi.waitFor(() => expect(tail).toContain(`"seq":${seq}}`), 10_000)
  expect(closed).toBe(false)
})
