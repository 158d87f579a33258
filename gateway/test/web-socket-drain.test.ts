import { inProcessTopics } from '@headcount/live'
import { pino } from 'pino'
import { afterEach, expect, test } from 'vitest'
import { channel, countsGraph, message } from './counts.ts'
import { closePayload, RawWebSocket, rawFrame } from './raw-web-socket.ts'
import { createTokens, type Served, serve } from './support.ts'

const graph = countsGraph()
const closers: (() => unknown)[] = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function start() {
  const tokens = await createTokens()
  const topics = inProcessTopics({ log: pino({ level: 'silent' }) })
  const served = await serve(graph.all, 'in-process', { tokens, topics })
  closers.push(
    () => topics.close(),
    () => served.close(),
  )
  const open = async () => {
    const client = new RawWebSocket(served.url)
    closers.push(() => client.destroy())
    await client.shake()
    client.say({ type: 'connection_init', payload: { accessToken: await tokens.withScopes('count:read') } })
    await client.heard()
    return client
  }
  return { served, topics, open }
}

async function metric({ gateway }: Served, name: string): Promise<number | undefined> {
  const line = (await gateway.metrics()).split('\n').find((one) => one.startsWith(`${name} `))
  return line === undefined ? undefined : Number(line.slice(name.length))
}

const closes = (code: string) => `headcount_gateway_live_closes_total{transport="websocket",code="${code}"}`

test('a drain closes with 1001 and a time to come back, each client its own, spread over the time', async () => {
  const { served, open } = await start()
  const clients = await Promise.all(Array.from({ length: 20 }, open))
  const startedAt = performance.now()
  const closing = clients.map(async (client) => {
    const { code, reason } = await client.closed()
    client.send(rawFrame(closePayload(1001), { first: 0x88 }))
    const [, hint] = /^Going away; retryAfterMs=(\d+)$/.exec(reason) ?? []
    return { code, hint: Number(hint), atMs: performance.now() - startedAt }
  })
  await served.gateway.drain(2_000)
  const all = await Promise.all(closing)
  const hints = all.map(({ hint }) => hint)
  const times = all.map(({ atMs }) => atMs).sort((one, other) => one - other)
  expect(new Set(all.map(({ code }) => code))).toEqual(new Set([1001]))
  expect(Math.min(...hints)).toBeGreaterThanOrEqual(1_000)
  expect(Math.max(...hints)).toBeLessThanOrEqual(5_000)
  expect(new Set(hints).size).toBeGreaterThan(5)
  // Half of the time to drain, from beginning to end.
  expect(times[1]).toBeLessThan(500)
  expect(times[10]).toBeGreaterThan(250)
  expect(times[19]).toBeGreaterThan(700)
  await expect.poll(() => metric(served, closes('1001'))).toBe(20)
})

test('a connection that is drained gives its topics back at once, whether its client answers or not', async () => {
  const { served, topics, open } = await start()
  const client = await open()
  const query = 'subscription { occupancyChanged(eventId: "e1") { seq } }'
  client.say({ type: 'subscribe', id: '1', payload: { query } })
  await client.heard()
  const drained = served.gateway.drain(400)
  expect(await client.closed()).toMatchObject({ code: 1001 })
  await expect.poll(() => topics.activeChannels('org:*'), { timeout: 300 }).toEqual([])
  await drained
})

test('connections are counted while they last, and by the code that they end with', async () => {
  const { served, open } = await start()
  const gauge = 'headcount_gateway_live_connections{transport="websocket"}'
  const [first, second, third, fourth] = await Promise.all([open(), open(), open(), open()])
  expect(await metric(served, gauge)).toBe(4)
  first.send(rawFrame(closePayload(1000), { first: 0x88 }))
  second.send(rawFrame(closePayload(4999), { first: 0x88 }))
  third.say('nonsense')
  await third.closed()
  third.send(rawFrame(closePayload(4400), { first: 0x88 }))
  fourth.destroy()
  await expect.poll(() => metric(served, gauge)).toBe(0)
  for (const code of ['1000', 'other', '4400', '1006']) expect(await metric(served, closes(code))).toBe(1)
})

test('what a client does not take is seen in the metrics, one message a subscription at most, until it takes it', async () => {
  const { served, topics, open } = await start()
  const buffered = () => metric(served, 'headcount_gateway_live_buffered_bytes{transport="websocket"}')
  expect(await buffered()).toBe(0)
  const client = await open()
  const query = 'subscription { occupancyChanged(eventId: "e1", minIntervalMs: 0) { seq zones { name } } }'
  client.say({ type: 'subscribe', id: '1', payload: { query } })
  client.say({ type: 'subscribe', id: '2', payload: { query } })
  await client.heard()
  await client.heard()
  client.socket.pause()
  const size = 100_000
  let most = 0
  for (let seq = 2; seq < 400; seq += 1) {
    const zones = [{ name: 'x'.repeat(size), inside: 1 }]
    await topics.publish(channel, { ...message(seq, 1), data: { inside: seq, zones } })
    await new Promise((resolve) => setTimeout(resolve, 2))
    most = Math.max(most, (await buffered()) ?? 0)
  }
  expect(most).toBeGreaterThan(size)
  expect(most).toBeLessThan(2.1 * size)
  client.socket.resume()
  const last = new Set<string>()
  while (last.size < 2) {
    const { id, payload } = await client.heard()
    if (JSON.stringify(payload).includes('"seq":399')) last.add(String(id))
  }
  expect(await buffered()).toBe(0)
})
