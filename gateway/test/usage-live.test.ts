import { createClient as createEventClient } from 'graphql-sse'
import { createClient } from 'graphql-ws'
import { afterAll, afterEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { GatewayOptions } from '../src/index.ts'
import { liveWorld, next } from './live-world.ts'
import { compose } from './support.ts'
import { subscriptionsWorld } from './upstream-subscriptions-world.ts'
import { UsageRegistry } from './usage-registry.ts'

const ends: (() => unknown)[] = []
const atEnd = (end: () => unknown) => void ends.push(end)
const upstream = await subscriptionsWorld()
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
  await upstream.clean()
})
afterAll(() => upstream.close())

const hour = 3_600_000
const occupancy = 'subscription Occupancy { occupancyChanged(eventId: "e1") { seq } }'

async function start(options: Partial<GatewayOptions> = {}) {
  const registry = await new UsageRegistry().listen()
  atEnd(() => registry.close())
  const clock = { ms: Date.now() }
  const world = await liveWorld(atEnd, { usage: registry.options(), now: () => clock.ms, ...options })
  const token = await world.tokens.sign({ scope: 'count:read' }, { expiresInMs: 100 * hour })
  /** A client that says in one way or the other who it is. */
  const connect = (payload: Record<string, unknown> = {}, headers: Record<string, string> = {}) => {
    class Socket extends WebSocket {
      constructor(address: string, protocol: string) {
        super(address, protocol, { headers })
      }
    }
    const client = createClient({
      url: world.served.url.replace('http', 'ws'),
      webSocketImpl: Socket,
      connectionParams: { accessToken: token, ...payload },
      retryAttempts: 0,
    })
    atEnd(() => client.dispose())
    return client
  }
  return { ...world, registry, clock, token, connect }
}

type World = Awaited<ReturnType<typeof start>>

async function ask({ connect }: World, query: string, from: Parameters<World['connect']> = []) {
  const iterator = connect(...from).iterate({ query })
  return next(iterator).catch(() => undefined)
}

test('operations over WebSockets count by the client that the handshake or connection_init names', async () => {
  const world = await start()
  const { registry } = world
  const headers = { 'graphql-client-name': 'live', 'graphql-client-version': '4' }
  const client = { name: 'gates', version: '5' }
  await ask(world, 'query Event { event(id: "e1") { name } }', [{}, headers])
  await ask(world, 'query Event { event(id: "e1") { name } }', [{ client }, headers])
  await ask(world, 'query Event { event(id: "e1") { name } }')
  await ask(world, '{ nothing }')
  await registry.until(() => expect(registry.requests).toBe(3))
  expect(registry.sums).toEqual({ 'Event by live 4': [1, 0], 'Event by gates 5': [1, 0], Event: [1, 0] })
})

test('a subscription counts once, when it is under way or refused, and not when it ends', async () => {
  const world = await start()
  const { registry, connect, served, token, topics } = world
  const client = { name: 'live', version: '1' }
  const results = connect({ client }).iterate({ query: occupancy })
  await next(results)
  await registry.until(() => expect(registry.sums).toEqual({ 'Occupancy by live 1': [1, 0] }))
  await results.return?.(undefined)
  // Nothing is fed by it.
  await ask(world, 'subscription Unfed { unfed }')
  const events = createEventClient({
    url: served.url,
    headers: { authorization: `Bearer ${token}`, 'graphql-client-name': 'board' },
    retryAttempts: 0,
  })
  const streamed = events.iterate({ query: occupancy })
  await next(streamed)
  await next(events.iterate({ query: 'query Event { event(id: "e1") { name } }' }))
  await streamed.return?.(undefined)
  events.dispose()
  await registry.until(() => expect(registry.requests).toBe(4))
  expect(registry.sums).toEqual({
    'Occupancy by live 1': [1, 0],
    Unfed: [1, 1],
    'Occupancy by board ': [1, 0],
    'Event by board ': [1, 0],
  })
  expect(await topics.activeChannels('*')).toEqual([])
})

test('what is refused over an event stream once its operation is known counts as an error', async () => {
  const { registry, served, token } = await start()
  const headers = { authorization: `Bearer ${token}`, accept: 'text/event-stream' }
  const parameters = new URLSearchParams({
    query: occupancy,
    extensions: JSON.stringify({ resume: 'nowhere' }),
  })
  await (await fetch(`${served.url}?${parameters}`, { headers })).text()
  await registry.until(() => expect(registry.sums).toEqual({ Occupancy: [1, 1] }))
})

test('while a subscription lasts, all that it uses is told as used once an hour', async () => {
  const { registry, connect, clock, served, parts } = await start()
  const query = `subscription Occupancy($id: ID!) { occupancyChanged(eventId: $id) { seq } }`
  const results = connect().iterate({ query, variables: { id: 'e1' } })
  await next(results)
  await registry.until(() => expect(registry.requests).toBe(1))
  expect(registry.inputs('Occupancy')).toEqual([])
  const used = [...(registry.operations[0]?.coordinates ?? [])].sort()
  expect(used).toContain('Occupancy.seq')
  for (let hours = 1; hours <= 2; hours += 1) {
    clock.ms += hour
    await registry.until(() => expect(registry.inputs('Occupancy')).toHaveLength(hours * used.length))
  }
  expect(new Set(registry.inputs('Occupancy'))).toEqual(new Set(used))
  expect([registry.requests, registry.told('Occupancy')]).toEqual([1, 1])
  // Under another supergraph it is told anew, though nobody asked again.
  await served.gateway.swap(compose(parts).replace('unfed: Int', 'unfed: Int\n  other: Int'))
  clock.ms += hour
  await registry.until(() => expect(registry.told('Occupancy')).toBe(2))
  await results.return?.(undefined)
  const reports = registry.came.length
  clock.ms += hour
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect(registry.came).toHaveLength(reports)
})

test('that holds for one that a subgraph feeds', async () => {
  const registry = await new UsageRegistry().listen()
  atEnd(() => registry.close())
  const clock = { ms: Date.now() }
  const served = await upstream.gateway('in process', { usage: registry.options(), now: () => clock.ms })
  const stream = await upstream.begin(upstream.connect(served), 'subscription Added { reviewAdded { id } }')
  await registry.until(() => expect(registry.requests).toBe(1))
  clock.ms += hour
  await registry.until(() => expect(registry.inputs('Added')).toContain('Review.id'))
  await stream.leave()
})
