import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import type { PublishedSupergraph, SupergraphFeed } from '../src/index.ts'
import { venueGraph } from './graph.ts'
import { atEnd, endAll } from './http1-calls.ts'
import { soon } from './registry-server.ts'
import { compose, type Served, serve } from './support.ts'

afterEach(endAll)

const graph = venueGraph()
const sdl = compose(graph.all)
const withField = (field: string) =>
  sdl.replace(
    'open: String! @join__field(graph: HALLS)',
    `open: String! @join__field(graph: HALLS)\n  ${field}: String @join__field(graph: HALLS)`,
  )

/** A registry in this process, as a gateway sees it. */
function feedOf(first: PublishedSupergraph) {
  const listeners = new Set<(next: PublishedSupergraph) => void>()
  const feed: SupergraphFeed = {
    first: async () => first,
    watch(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: () => listeners.clear(),
  }
  return {
    feed,
    listeners,
    publish(next: PublishedSupergraph) {
      for (const listener of listeners) listener(next)
    },
  }
}

async function start(feed: SupergraphFeed): Promise<Served> {
  const served = await serve(graph.all, 'in-process', { supergraph: { feed } })
  atEnd(() => served.close())
  return served
}

const metric = async (served: Served, name: string) =>
  new RegExp(`^headcount_gateway_supergraph_${name}(\\{.*\\})? (\\S+)$`, 'm')
    .exec(await served.gateway.metrics())
    ?.slice(1)

const knows = async (served: Served, field: string) => {
  const { body } = await served.post({ query: `{ ${field} }` })
  return body.errors?.[0]?.extensions.code !== 'GRAPHQL_VALIDATION_FAILED'
}

test('a gateway takes what a registry in its process publishes, and tells which version serves', async () => {
  const { feed, publish, listeners } = feedOf({ sdl, version: 7 })
  const served = await start(feed)
  expect((await metric(served, 'info'))?.[0]).toMatch(/^\{hash="[0-9a-f]{64}",version="7"\}$/)
  publish({ sdl: withField('greeting'), version: 8 })
  await soon(async () => expect(await knows(served, 'greeting')).toBe(true), { timeout: 5_000 })
  expect((await metric(served, 'info'))?.[0]).toContain('version="8"')
  publish({ sdl: 'type Query { bad: Int }', version: 9 })
  await soon(async () => expect((await metric(served, 'refused_total'))?.[1]).toBe('1'))
  expect((await metric(served, 'info'))?.[0]).toContain('version="8"')
  await served.close()
  expect(listeners.size).toBe(0)
})

test('of those that come while one is loaded only the newest is loaded', async () => {
  const { feed, publish } = feedOf({ sdl })
  const served = await start(feed)
  for (const field of ['one', 'two', 'three', 'four']) publish({ sdl: withField(field) })
  await soon(async () => expect(await knows(served, 'four')).toBe(true), { timeout: 5_000 })
  expect((await metric(served, 'swaps_total'))?.[1]).toBe('2')
})

test('what is published while a gateway starts is taken after what it starts with', async () => {
  const { feed } = feedOf({ sdl })
  const eager: SupergraphFeed = {
    ...feed,
    watch(listener) {
      listener({ sdl: withField('greeting') })
      return () => {}
    },
  }
  const served = await start(eager)
  await soon(async () => expect(await knows(served, 'greeting')).toBe(true), { timeout: 5_000 })
  await sleep(200)
  expect((await metric(served, 'swaps_total'))?.[1]).toBe('1')
})

test('a gateway does not start where its feed has nothing to begin with, and says why', async () => {
  const { feed } = feedOf({ sdl })
  const empty = { ...feed, first: () => Promise.reject(new Error('Nothing composes yet.')) }
  await expect(start(empty)).rejects.toThrow('Nothing composes yet.')
})
