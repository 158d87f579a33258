import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { compose } from './support.ts'
import { placeHere, review } from './upstream-subscriptions-graph.ts'
import { next, subscriptionsWorld } from './upstream-subscriptions-world.ts'

const world = await subscriptionsWorld()
const { graph, events, tokens, products, closers, gateway, shared, connect, begin } = world

afterEach(() => world.clean())
afterAll(() => world.close())

const added = 'subscription { reviewAdded { id } }'

describe('access', () => {
  test('who may not listen is refused before the subgraph is asked', async () => {
    const client = connect(await shared())
    await expect(
      next(client.iterate({ query: 'subscription { membersOnly { id } }' })),
    ).rejects.toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }])
    expect(events.open).toBe(0)
  })

  test('a field that the viewer may not read is null with an error, and is not asked for', async () => {
    const here = placeHere(graph.reviews)
    const served = await gateway('in process', {
      subgraphs: { reviews: here, products },
    })
    const stream = await begin(connect(served), 'subscription { reviewAdded { id profit } }')
    events.publish(review('1', { profit: 100 }))
    expect(await stream.next()).toMatchObject({
      data: { reviewAdded: { id: '1', profit: null } },
      errors: [{ path: ['reviewAdded', 'profit'], extensions: { code: 'UNAUTHENTICATED' } }],
    })
    expect(here.requests[0]?.query).not.toContain('profit')
  })

  test('policies of the operator’s own are asked about, for the field and below', async () => {
    const asked: unknown[] = []
    const policies = ({ policies: names }: { policies: readonly string[] }) => {
      asked.push(...names)
      return isTrusted ? names : []
    }
    let isTrusted = false
    const served = await gateway('sse', { extension: { policies } })
    const client = connect(served, await tokens.withScopes(''))
    const query = 'subscription { trusted { id } }'
    await expect(next(client.iterate({ query }))).rejects.toMatchObject([
      { extensions: { code: 'FORBIDDEN' } },
    ])
    isTrusted = true
    const stream = await begin(client, query)
    asked.length = 0
    for (const id of ['1', '2']) events.publish(review(id))
    expect(await stream.next()).toEqual({ data: { trusted: { id: '1' } } })
    expect(await stream.next()).toEqual({ data: { trusted: { id: '2' } } })
    expect(asked).toEqual([])
  })

  test('a token that ends ends it, with an error that says so', async () => {
    const served = await shared()
    const token = await tokens.sign({}, { expiresInMs: 1_500 })
    const stream = await begin(connect(served, token), 'subscription { membersOnly { id } }')
    await expect(stream.next()).rejects.toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }])
    await vi.waitFor(() => expect(events.open).toBe(0))
  })

  test('a new token that may see less ends it before the next event shows more', async () => {
    const served = await shared()
    const socket = new WebSocket(served.url.replace('http', 'ws'), 'graphql-transport-ws')
    closers.push(() => socket.terminate())
    const received: { type: string; payload?: unknown }[] = []
    socket.on('message', (text) => received.push(JSON.parse(String(text))))
    await new Promise((resolve) => socket.once('open', resolve))
    const send = (value: unknown) => socket.send(JSON.stringify(value))
    send({ type: 'connection_init', payload: { accessToken: await tokens.withScopes('money:read') } })
    await vi.waitFor(() => expect(received).toHaveLength(1))
    send({ type: 'subscribe', id: '1', payload: { query: 'subscription { reviewAdded { id profit } }' } })
    await vi.waitFor(() => expect(events.open).toBe(1))
    events.publish(review('1', { profit: 100 }))
    await vi.waitFor(() => expect(received).toHaveLength(2))
    expect(received[1]?.payload).toEqual({ data: { reviewAdded: { id: '1', profit: 100 } } })
    send({ type: 'ping', payload: { accessToken: await tokens.withScopes('') } })
    await vi.waitFor(() => expect(received).toHaveLength(3))
    events.publish(review('2', { profit: 100 }))
    await vi.waitFor(() => expect(received).toHaveLength(4))
    expect(received[3]).toMatchObject({ type: 'error', payload: [{ extensions: { code: 'NOT_READY' } }] })
  })
})

test.each([
  ['a field', 'subscription { reviewAdded @include(if: true) { id } }'],
  [
    'a field in a fragment',
    'subscription { ...F } fragment F on Subscription { reviewAdded @skip(if: false) { id } }',
  ],
])('refuses %s that may be skipped', async (_title, query) => {
  const client = connect(await shared())
  await expect(next(client.iterate({ query }))).rejects.toMatchObject([
    { extensions: { code: 'BAD_USER_INPUT' } },
  ])
})

describe('a swap of the schema', () => {
  const sdl = compose(graph.all)

  test('leaves a subscription as it is', async () => {
    const served = await gateway()
    const stream = await begin(connect(served), 'subscription { reviewAdded { id product { name } } }')
    await served.gateway.swap(sdl.replace('latest: Review', 'latest: Review\n  other: Int'))
    events.publish(review('1'))
    expect(await stream.next()).toEqual({
      data: { reviewAdded: { id: '1', product: { name: 'Product p1' } } },
    })
  })

  test('ends one that is none in the new schema, with an error that says so', async () => {
    const served = await gateway()
    const stream = await begin(connect(served), 'subscription { reviewAdded { id stars } }')
    await served.gateway.swap(sdl.replaceAll('stars', 'points'))
    await expect(stream.next()).rejects.toMatchObject([{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }])
    await vi.waitFor(() => expect(events.open).toBe(0))
  })

  test('ends one whose field the viewer may no longer see', async () => {
    const served = await gateway()
    const stream = await begin(connect(served), 'subscription { reviewAdded { id stars } }')
    await served.gateway.swap(sdl.replace(/stars: Int!/, 'stars: Int! @authenticated'))
    events.publish(review('1'))
    await expect(stream.next()).rejects.toMatchObject([{ extensions: { code: 'NOT_READY' } }])
  })
})

test('a gateway that is stopping ends its subscriptions at the subgraph', async () => {
  const served = await gateway()
  await begin(connect(served), added)
  await served.gateway.drain(500)
  await vi.waitFor(() => expect(events.open).toBe(0))
})

test('a connection without a token is refused where one is needed', async () => {
  const served = await gateway('sse', { isTokenRequired: true })
  await expect(next(connect(served).iterate({ query: added }))).rejects.toMatchObject({ code: 4403 })
})
