import { type Client, createClient } from 'graphql-ws'
import { expect, vi } from 'vitest'
import { WebSocket } from 'ws'
import type { GatewayOptions, Placement } from '../src/index.ts'
import { createTokens, placeInProcess, type Served, serve } from './support.ts'
import { placeHere, reviewsGraph, serveSubgraph, settle } from './upstream-subscriptions-graph.ts'

/** How events come from their subgraph. */
export type Feed = 'sse' | 'websocket' | 'in process'

export async function next(iterator: AsyncIterator<unknown>): Promise<unknown> {
  const nothing = settle(5_000).then(() => Promise.reject(new Error('nothing came')))
  const result = (await Promise.race([iterator.next(), nothing])) as IteratorResult<unknown>
  return result.value
}

/** Subgraphs of which one has events, and gateways over them. */
export async function subscriptionsWorld() {
  const graph = reviewsGraph()
  const { events, delays } = graph
  const tokens = await createTokens()
  const feeding = await serveSubgraph(graph.reviews)
  const closers: (() => unknown)[] = []
  const kept = new Map<Feed, Served>()

  const placement = (feed: Feed): Placement =>
    feed === 'in process' ? placeHere(graph.reviews) : { url: feeding.url, subscriptions: feed }
  const products = placeInProcess(graph.products)
  const start = (feed: Feed, options: Partial<GatewayOptions> = {}) =>
    serve(graph.all, 'in-process', { tokens, moved: { reviews: placement(feed), products }, ...options })
  return {
    graph,
    events,
    delays,
    tokens,
    feeding,
    products,
    placement,
    /** Undone after the test, the last first. */
    closers,
    async gateway(feed: Feed = 'sse', options: Partial<GatewayOptions> = {}): Promise<Served> {
      const served = await start(feed, options)
      closers.push(() => served.close())
      return served
    },
    /** A gateway for all tests that leave it as it is. */
    async shared(feed: Feed = 'sse'): Promise<Served> {
      const served = kept.get(feed) ?? (await start(feed))
      kept.set(feed, served)
      return served
    },
    connect(served: Served, token?: string): Client {
      const client = createClient({
        url: served.url.replace('http', 'ws'),
        webSocketImpl: WebSocket,
        connectionParams: token === undefined ? {} : { accessToken: token },
        retryAttempts: 0,
      })
      closers.push(() => client.dispose())
      return client
    },
    /** Begins a subscription, and waits until its subgraph has it. */
    async begin(client: Client, query: string, variables: Record<string, unknown> = {}) {
      const before = events.open
      const results = client.iterate({ query, variables })
      const first = results.next()
      first.catch(() => {})
      let isFirst = true
      await vi.waitFor(() => expect(events.open).toBe(before + 1), { timeout: 5_000 })
      return {
        next(): Promise<unknown> {
          if (!isFirst) return next(results)
          isFirst = false
          return next({ next: () => first })
        },
        leave: () => results.return?.(undefined),
      }
    },
    async clean() {
      for (const close of closers.splice(0).reverse()) await close()
      delays.clear()
      await vi.waitFor(() => expect(events.open).toBe(0))
    },
    async close() {
      for (const served of kept.values()) await served.close()
      await feeding.close()
    },
  }
}
