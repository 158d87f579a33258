import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createClient } from 'graphql-sse'
import { Agent, EventSource } from 'undici'
import { afterEach, expect, test, vi } from 'vitest'
import { channel, message } from './counts.ts'
import { type EventWorld, eventWorld, subscription, value } from './event-protocol.ts'
import { atEnd, endAll } from './http1-calls.ts'

afterEach(endAll)

/** One address behind which a gateway can be put in the place of another. */
async function address(first: EventWorld) {
  const asked: { readonly lastEventId: unknown }[] = []
  let { gateway } = first.served
  const server = createServer((request, response) => {
    asked.push({ lastEventId: request.headers['last-event-id'] })
    void gateway.handle(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  atEnd(() => server.close().closeAllConnections())
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    asked,
    put(world: EventWorld) {
      gateway = world.served.gateway
    },
  }
}

/** A browser's EventSource, with a token: pages of one site have it in a cookie. */
function eventSource(url: string, authorization: () => string) {
  const dispatcher = new Agent().compose((dispatch) => (options, handler) => {
    const headers = { ...(options.headers as Record<string, string>), authorization: authorization() }
    return dispatch({ ...options, headers }, handler)
  })
  const source = new EventSource(url, { node: { dispatcher } })
  atEnd(() => source.close())
  const events: { readonly type: string; readonly id: string; readonly data: string }[] = []
  for (const type of ['next', 'complete']) {
    source.addEventListener(type, (event) => {
      const { lastEventId, data } = event as MessageEvent<string>
      events.push({ type, id: lastEventId, data })
    })
  }
  return { source, events }
}

test('EventSource gets results with their position, goes on after them when the gateway was replaced, and misses nothing', async () => {
  const [first, second] = [await eventWorld(), await eventWorld()]
  const door = await address(first)
  let { authorization } = first
  const { events } = eventSource(`${door.url}?query=${encodeURIComponent(subscription)}`, () => authorization)
  await vi.waitFor(() => expect(events).toHaveLength(1))
  expect(events[0]).toEqual({ type: 'next', id: '1', data: JSON.stringify(value(1, 10)) })
  door.put(second)
  authorization = second.authorization
  Object.assign(second.state, { seq: 4, inside: 44 })
  await first.served.gateway.drain(50)
  // It waits for as long as it was told, 1 to 5 seconds.
  await vi.waitFor(() => expect(events).toHaveLength(2), { timeout: 8_000, interval: 50 })
  expect(door.asked.map(({ lastEventId }) => lastEventId)).toEqual([undefined, '1'])
  expect(events[1]).toEqual({ type: 'next', id: '4', data: JSON.stringify(value(4, 44)) })
  await second.topics.publish(channel, message(5, 55))
  await vi.waitFor(() => expect(events).toHaveLength(3))
  expect(events[2]).toMatchObject({ id: '5', data: JSON.stringify(value(5, 55)) })
}, 15_000)

test('EventSource is told that an operation is complete', async () => {
  const world = await eventWorld()
  const query = encodeURIComponent('{ event(id: "x") { name } }')
  const { source, events } = eventSource(`${world.served.url}?query=${query}`, () => world.authorization)
  source.addEventListener('complete', () => source.close())
  await vi.waitFor(() => expect(events.map(({ type }) => type)).toEqual(['next', 'complete']))
})

test.each([false, true])(
  'graphql-sse’s client goes on with another gateway when its own stops, single connection: %s',
  async (singleConnection) => {
    const [first, second] = [await eventWorld(), await eventWorld()]
    Object.assign(second.state, { inside: 99 })
    let world = first
    const client = createClient({
      url: () => world.served.url,
      singleConnection,
      headers: () => ({ authorization: world.authorization }),
      retryAttempts: 5,
      retry: () => new Promise((resolve) => setTimeout(resolve, 20)),
    })
    atEnd(() => client.dispose())
    const results = client.iterate({ query: subscription })
    expect((await results.next()).value).toEqual(value(1, 10))
    const next = results.next()
    world = second
    await first.served.gateway.drain(20)
    expect((await next).value).toEqual(value(1, 99))
  },
)
