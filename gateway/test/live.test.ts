import { inProcessTopics } from '@headcount/live'
import { createClient } from 'graphql-ws'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import type { Parts } from '../src/exchange.ts'
import type {
  ExtensionFetch,
  GatewayOptions,
  Placement,
  SubgraphAnswer,
  SubgraphRequest,
} from '../src/index.ts'
import { Live } from '../src/live/live.ts'
import type { Reader } from '../src/live/reader.ts'
import { channel, countsGraph, message } from './counts.ts'
import { atEnd, endAll } from './http1-calls.ts'
import { compose, createTokens, serve } from './support.ts'

const graph = countsGraph()

beforeEach(() => Object.assign(graph.state, { seq: 1, inside: 10, reads: 0, isDown: false, delayMs: 0 }))
afterEach(endAll)

/** A gateway with topics, and a client of it. */
async function live(
  options: Partial<GatewayOptions> & { moved?: Record<string, Placement> } = {},
  placement: 'in-process' | 'network' = 'in-process',
) {
  const topics = inProcessTopics({ log: pino({ level: 'silent' }) })
  const tokens = await createTokens()
  const served = await serve(graph.all, placement, { tokens, topics, ...options })
  atEnd(async () => {
    await served.close()
    await topics.close()
  })
  const accessToken = await tokens.withScopes('count:read')
  class TenantSocket extends WebSocket {
    constructor(address: string, protocol: string) {
      super(address, protocol, { headers: { 'x-tenant': 'blue' } })
    }
  }
  const client = createClient({
    url: served.url.replace('http', 'ws'),
    webSocketImpl: TenantSocket,
    connectionParams: { accessToken },
    retryAttempts: 0,
  })
  atEnd(() => client.dispose())
  return { served, topics, client }
}

/** What a subscription brings next; a refusal as its first code. */
async function next(iterator: AsyncIterator<unknown>): Promise<unknown> {
  const nothing = new Promise<never>((_resolve, reject) => {
    setTimeout(() => reject(new Error('nothing came')), 3_000)
  })
  return (await Promise.race([iterator.next(), nothing])).value
}

const subscription = 'subscription { occupancyChanged(eventId: "e1") { seq event { name } } }'

test('a snapshot’s fetches carry what rules hand on of the client’s headers, and pass the extension’s hook with its state', async () => {
  const seen: (ExtensionFetch & { readonly state: unknown })[] = []
  const asked: string[] = []
  const { client } = await live(
    {
      upstream: { headers: [{ propagate: { name: 'x-tenant' } }] },
      extension: {
        onRequest: (_request, { state }) => {
          state.door = 'open'
        },
        onOperation: ({ kind }) => {
          asked.push(kind)
        },
        onFetch: (fetch, { state }) => {
          seen.push({ ...fetch, headers: { ...fetch.headers }, state: { ...state } })
        },
      },
    },
    'network',
  )
  expect(await next(client.iterate({ query: subscription }))).toEqual({
    data: { occupancyChanged: { seq: 1, event: { name: 'Event e1' } } },
  })
  expect(seen.map(({ subgraph }) => subgraph)).toEqual(['counts', 'events'])
  for (const fetch of seen)
    expect(fetch).toMatchObject({ headers: { 'x-tenant': 'blue' }, state: { door: 'open' } })
  // What the gateway asks for itself is no operation of the client's.
  expect(asked).toEqual(['subscription'])
})

test('variables have the defaults that the document gives them, for the channel and for messages', async () => {
  const { client, topics } = await live()
  const query = `subscription S($e: ID! = "e1", $isBrief: Boolean! = true) {
    occupancyChanged(eventId: $e) { seq inside @skip(if: $isBrief) }
  }`
  const events = client.iterate({ query })
  expect(await next(events)).toEqual({ data: { occupancyChanged: { seq: 1 } } })
  await topics.publish(channel, message(2, 20))
  expect(await next(events)).toEqual({ data: { occupancyChanged: { seq: 2 } } })
})

test('who comes back while an older snapshot is on its way shares it, and is not told to begin again', async () => {
  const { client, topics } = await live({}, 'network')
  const query =
    'subscription ($after: Int) { occupancyChanged(eventId: "e1", afterSeq: $after) { seq inside reset } }'
  graph.state.delayMs = 500
  const first = next(client.iterate({ query }))
  await vi.waitFor(() => expect(graph.state.reads).toBe(1))
  graph.state.seq = 5
  const second = next(client.iterate({ query, variables: { after: 5 } }))
  expect(await first).toEqual({ data: { occupancyChanged: { seq: 1, inside: 10, reset: false } } })
  // The answer to both was older than what the second has.
  await vi.waitFor(() => expect(graph.state.reads).toBe(2))
  await topics.publish(channel, message(6, 11))
  expect(await second).toEqual({ data: { occupancyChanged: { seq: 6, inside: 11, reset: false } } })
})

test('a snapshot that nobody waits for any more is given up at its subgraph', async () => {
  const signals: AbortSignal[] = []
  const execute = ({ signal }: SubgraphRequest) => {
    signals.push(signal)
    return new Promise<SubgraphAnswer>(() => {})
  }
  const { client } = await live({ moved: { counts: { execute } } })
  client
    .iterate({ query: subscription })
    .next()
    .catch(() => {})
  await vi.waitFor(() => expect(signals).toHaveLength(1))
  expect(signals[0]?.aborted).toBe(false)
  client.terminate()
  await vi.waitFor(() => expect(signals[0]?.aborted).toBe(true))
})

test('a subscription that ends gives up the snapshot that it was taking', async () => {
  const signals: AbortSignal[] = []
  const { client, topics, served } = await live({
    moved: {
      counts: {
        async execute({ signal }: SubgraphRequest): Promise<SubgraphAnswer> {
          signals.push(signal)
          if (signals.length > 1) return new Promise(() => {})
          const state = { seq: 1, topic_seq: 1, topic_asOf: '', event: { __typename: 'Event', id: 'e1' } }
          return { data: { occupancyChanged: state } }
        },
      },
    },
  })
  const events = client.iterate({ query: subscription })
  await next(events)
  events.next().catch(() => {})
  await topics.publish(channel, { seq: 2, asOf: '2026-11-22T18:00:02.000Z' })
  await vi.waitFor(() => expect(signals).toHaveLength(2))
  expect(signals[1]?.aborted).toBe(false)
  await events.return?.(undefined)
  await vi.waitFor(() => expect(signals[1]?.aborted).toBe(true))
  await served.close()
  // That somebody leaves is no fault of anybody's.
  expect(served.log.filter(({ level }) => Number(level) >= 40)).toEqual([])
})

test('a topic without a snapshot outlives swaps, heartbeats and nonsense: the next message that holds its state is delivered', async () => {
  const sdl = compose(graph.all).replace(/snapshot: ("|\\")occupancy\(eventId: \$eventId\)\1, /, '')
  expect(sdl).not.toContain('snapshot: "')
  const { client, topics, served } = await live({ supergraph: { sdl } })
  const query = 'subscription { occupancyChanged(eventId: "e1", minIntervalMs: 0) { seq inside } }'
  const events = client.iterate({ query })
  const first = next(events)
  await vi.waitFor(async () => expect(await topics.activeChannels('*')).toEqual([channel]))
  await topics.publish(channel, message(1, 10))
  expect(await first).toEqual({ data: { occupancyChanged: { seq: 1, inside: 10 } } })
  await served.gateway.swap(sdl.replace('unfed: Int', 'unfed: Int\n  other: Int'))
  const second = next(events)
  await topics.publish(channel, message(3, 30))
  await topics.publish(channel, { seq: 4, asOf: '2026-11-22T18:00:04.000Z' })
  expect(await second).toEqual({ data: { occupancyChanged: { seq: 3, inside: 30 } } })
  const third = next(events)
  await topics.publish(channel, { ...message(4, 40), data: { inside: 'no number' } })
  await new Promise((resolve) => setTimeout(resolve, 50))
  await topics.publish(channel, message(5, 50))
  expect(await third).toEqual({ data: { occupancyChanged: { seq: 5, inside: 50 } } })
})

test('an argument with half a character names a channel like any other', async () => {
  const { client } = await live()
  const query = 'subscription S($e: ID!) { occupancyChanged(eventId: $e) { inside } }'
  const events = client.iterate({ query, variables: { e: '\ud800' } })
  expect(await next(events)).toEqual({ data: { occupancyChanged: { inside: 10 } } })
})

test('a subscription that begins while the schema is swapped follows the new one', async () => {
  let letGo = () => {}
  const { client, served } = await live({
    extension: {
      onOperation: () =>
        new Promise<void>((resolve) => {
          letGo = resolve
        }),
    },
  })
  const first = next(client.iterate({ query: 'subscription { occupancyChanged(eventId: "e1") { inside } }' }))
  first.catch(() => {})
  const initial = letGo
  await vi.waitFor(() => expect(letGo).not.toBe(initial))
  const sdl = compose(graph.all)
  await served.gateway.swap(
    sdl.replaceAll(/^ {2}inside: Int!$/gm, '  within: Int!').replaceAll('inside', 'within'),
  )
  letGo()
  await expect(first).rejects.toMatchObject([{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }])
})

test('a message that comes while a newer snapshot is read does not lead back behind it', async () => {
  const reading = Promise.withResolvers<void>()
  let reads = 0
  const { client, topics } = await live({
    moved: {
      counts: {
        async execute(): Promise<SubgraphAnswer> {
          reads += 1
          const seq = reads === 1 ? 1 : 3
          if (reads > 1) await reading.promise
          return { data: { occupancyChanged: { seq, topic_seq: seq, topic_asOf: '', inside: seq * 10 } } }
        },
      },
    },
  })
  const query = 'subscription { occupancyChanged(eventId: "e1", minIntervalMs: 0) { seq inside } }'
  const events = client.iterate({ query })
  await next(events)
  const told: unknown[] = []
  const listening = (async () => {
    for await (const event of events) told.push(event.data)
  })()
  await topics.publish(channel, { seq: 3, asOf: '2026-11-22T18:00:03.000Z' })
  await vi.waitFor(() => expect(reads).toBe(2))
  // What messages say in full is told at once, though a snapshot is on its way.
  await topics.publish(channel, message(2, 20))
  await vi.waitFor(() => expect(told).toHaveLength(1))
  reading.resolve()
  await vi.waitFor(() => expect(told).toHaveLength(2))
  await topics.publish(channel, message(2, 20))
  await topics.publish(channel, message(4, 40))
  await vi.waitFor(() => expect(told).toHaveLength(3))
  expect(told).toEqual([20, 30, 40].map((inside) => ({ occupancyChanged: { seq: inside / 10, inside } })))
  await events.return?.(undefined)
  await listening
})

test('groups that must all take a snapshot do so spread over a second, and longer where there are many', () => {
  const random = vi.spyOn(Math, 'random').mockReturnValue(0.5)
  const generations = { onSwap: () => () => {} }
  const engine = new Live({ generations } as unknown as Parts)
  expect(engine.refreshDelayMs()).toBe(500)
  for (let key = 0; key < 3_000; key += 1) {
    const operation = { topic: { kind: 'STATE' } }
    engine.groupOf({ key: String(key), channel, reader: { operation } as unknown as Reader })
  }
  expect(engine.refreshDelayMs()).toBe(2_000)
  random.mockRestore()
})
