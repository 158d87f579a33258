import { createServer } from 'node:http'
import { createClient as createEventClient } from 'graphql-sse'
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import type { Placement } from '../src/index.ts'
import { listen, placeHere, review, settle } from './upstream-subscriptions-graph.ts'
import { type Feed, next, subscriptionsWorld } from './upstream-subscriptions-world.ts'

const world = await subscriptionsWorld()
const {
  graph,
  events,
  delays,
  tokens,
  feeding,
  products,
  placement,
  closers,
  gateway,
  shared,
  connect,
  begin,
} = world

afterEach(() => world.clean())
afterAll(() => world.close())

const added = 'subscription { reviewAdded { id } }'

describe.each<{ feed: Feed }>([{ feed: 'sse' }, { feed: 'websocket' }, { feed: 'in process' }])(
  'events that come by $feed',
  ({ feed }) => {
    test('are completed by another subgraph, under the client’s aliases, in order', async () => {
      const query = `subscription S($t: String) {
        new: reviewAdded(topic: $t) { key: id ...Rest }
      }
      fragment Rest on Review { stars product { title: name __typename cost: price } }`
      const stream = await begin(connect(await shared(feed)), query, { t: 'all' })
      // The first takes longest to complete, and is still the first.
      delays.set('p1', 150)
      for (const id of ['1', '2']) events.publish(review(id))
      for (const id of ['1', '2']) {
        const product = { title: `Product p${id}`, __typename: 'Product', cost: 7 }
        expect(await stream.next()).toEqual({ data: { new: { key: id, stars: 5, product } } })
      }
    })

    test('end with the subgraph’s end', async () => {
      const stream = await begin(connect(await shared(feed)), added)
      events.publish(review('1'))
      await stream.next()
      events.finish()
      expect(await stream.next()).toBeUndefined()
    })

    test('are no longer asked for once the client has left', async () => {
      const stream = await begin(connect(await shared(feed)), added)
      await stream.leave()
      await vi.waitFor(() => expect(events.open).toBe(0))
    })

    test('are refused by the subgraph’s own word', async () => {
      const client = connect(await shared(feed))
      const results = client.iterate({ query: 'subscription { reviewAdded(topic: "none") { id } }' })
      expect(await next(results)).toMatchObject({
        errors: [{ message: 'No such topic.', extensions: { code: 'NOT_FOUND' } }],
      })
      expect(await next(results)).toBeUndefined()
    })

    test('may have errors, at the client’s path, and nulls as far as the schema says', async () => {
      const query = 'subscription { r: reviewAdded { text: body product { id price } } }'
      const stream = await begin(connect(await shared(feed)), query)
      events.publish(review('1', { body: 'broken' }))
      expect(await stream.next()).toEqual({
        data: { r: { text: null, product: { id: 'p1', price: 7 } } },
        errors: [{ message: 'No body.', path: ['r', 'text'], extensions: { code: 'NOT_FOUND' } }],
      })
      events.publish(review('free', { product: { __typename: 'Product', id: 'pfree' } }))
      const second = (await stream.next()) as { data: unknown; errors: { path: unknown }[] }
      expect(second.data).toEqual({ r: null })
      expect(second.errors).toHaveLength(1)
      events.publish(review('3'))
      expect(await stream.next()).toMatchObject({ data: { r: { text: 'Body 3' } } })
    })
  },
)

describe.each<{ feed: 'sse' | 'websocket' }>([{ feed: 'sse' }, { feed: 'websocket' }])(
  'a subgraph by $feed',
  ({ feed }) => {
    test('that dies in the middle ends the subscription with an error, and nobody subscribes again', async () => {
      const stream = await begin(connect(await shared(feed)), added)
      events.publish(review('1'))
      await stream.next()
      feeding.kill()
      await expect(stream.next()).rejects.toMatchObject([{ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }])
      await settle(200)
      expect(events.open).toBe(0)
    })

    test('that is not there is an error of the subscription', async () => {
      const reviews: Placement = { url: 'http://127.0.0.1:1/graphql', subscriptions: feed }
      const served = await gateway(feed, { subgraphs: { reviews, products } })
      await expect(next(connect(served).iterate({ query: added }))).rejects.toMatchObject([
        { extensions: { code: 'SUBGRAPH_UNAVAILABLE' } },
      ])
    })
  },
)

test('Apollo’s planner plans it as well', async () => {
  const served = await gateway('sse', { planner: 'apollo' })
  const stream = await begin(connect(served), 'subscription { r: reviewAdded { product { n: name } } }')
  events.publish(review('1'))
  expect(await stream.next()).toEqual({ data: { r: { product: { n: 'Product p1' } } } })
})

test('goes over event streams, and ends at the subgraph when the client leaves', async () => {
  const served = await shared()
  const client = createEventClient({ url: served.url, retryAttempts: 0 })
  const results = client.iterate({ query: added })
  const first = results.next()
  await vi.waitFor(() => expect(events.open).toBe(1))
  events.publish(review('1'))
  expect((await first).value).toEqual({ data: { reviewAdded: { id: '1' } } })
  await results.return?.(undefined)
  client.dispose()
  await vi.waitFor(() => expect(events.open).toBe(0))
})

describe('a client that leaves while the subgraph is asked', () => {
  /** A gateway over a subgraph that takes requests and never answers, and how many of them are open. */
  async function silent() {
    let asked = 0
    let open = 0
    const server = createServer((request) => {
      asked += 1
      open += 1
      request.socket.once('close', () => {
        open -= 1
      })
    })
    const url = `http://127.0.0.1:${await listen(server)}/graphql`
    closers.push(() => {
      server.closeAllConnections()
      server.close()
    })
    const subgraphs = { reviews: { url, timeoutMs: 20_000 }, products }
    return { served: await gateway('sse', { subgraphs }), counts: () => ({ asked, open }) }
  }

  test('by a WebSocket gives the start up', async () => {
    const { served, counts } = await silent()
    const client = connect(served)
    const first = client.iterate({ query: added }).next()
    first.catch(() => {})
    await vi.waitFor(() => expect(counts()).toEqual({ asked: 1, open: 1 }), { timeout: 5_000 })
    client.terminate()
    await vi.waitFor(() => expect(counts()).toEqual({ asked: 1, open: 0 }), { timeout: 5_000 })
  })

  test('by an event stream gives the start up', async () => {
    const { served, counts } = await silent()
    const controller = new AbortController()
    const answer = fetch(served.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ query: added }),
      signal: controller.signal,
    })
    answer.catch(() => {})
    await vi.waitFor(() => expect(counts()).toEqual({ asked: 1, open: 1 }), { timeout: 5_000 })
    controller.abort()
    await vi.waitFor(() => expect(counts()).toEqual({ asked: 1, open: 0 }), { timeout: 5_000 })
  })
})

test('the subgraph is told who subscribes', async () => {
  const here = placeHere(graph.reviews)
  const served = await gateway('in process', {
    subgraphs: { reviews: here, products },
  })
  await begin(connect(served, await tokens.withScopes('money:read')), added)
  expect(here.requests[0]?.viewer).toMatchObject({ id: 'usr_1', organizationId: 'org_1' })
})

test('another subgraph that fails costs its fields, not the event', async () => {
  const products: Placement = { execute: () => Promise.reject(new Error('down')) }
  const served = await gateway('sse', { subgraphs: { reviews: placement('sse'), products } })
  const stream = await begin(connect(served), 'subscription { reviewAdded { id product { id name } } }')
  events.publish(review('1'))
  expect(await stream.next()).toMatchObject({
    data: { reviewAdded: { id: '1', product: { id: 'p1', name: null } } },
    errors: [{ path: ['reviewAdded', 'product'], extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }],
  })
})

test('an event that takes too long to complete is told of by an error, and the next one comes', async () => {
  const served = await gateway('sse', { limits: { requestMs: 300, fetchMs: 5_000 } })
  const stream = await begin(connect(served), 'subscription { reviewAdded { id product { name } } }')
  delays.set('p1', 1_500)
  events.publish(review('1'))
  expect(await stream.next()).toMatchObject({
    data: null,
    errors: [{ extensions: { code: 'DEADLINE_EXCEEDED' } }],
  })
  events.publish(review('2'))
  expect(await stream.next()).toMatchObject({ data: { reviewAdded: { id: '2' } } })
})

test('a client that does not keep up is told so, after what waited', async () => {
  const stream = await begin(
    connect(await shared('websocket')),
    'subscription { reviewAdded { id product { name } } }',
  )
  delays.set('p1', 500)
  for (let id = 1; id <= 100; id += 1) events.publish(review(String(id)))
  let last = 0
  const readAll = async () => {
    for (;;) {
      const result = (await stream.next()) as { data: { reviewAdded: { id: string } } }
      expect(Number(result.data.reviewAdded.id)).toBe(last + 1)
      last += 1
    }
  }
  await expect(readAll()).rejects.toMatchObject([{ extensions: { code: 'OVERLOADED' } }])
  expect(last).toBeGreaterThanOrEqual(64)
  expect(last).toBeLessThan(100)
})
