import type { Viewer } from '@headcount/access'
import type { Placement } from '../src/index.ts'
import { defaultLimits } from '../src/limits.ts'
import type { Fetch } from '../src/upstream/dispatch.ts'
import { createStreams, type Streams, type StreamsOptions } from '../src/upstream/streams/streams.ts'
import type { SubgraphEvents } from '../src/upstream/streams/subgraph-events.ts'
import { reviewsGraph, serveSubgraph } from './upstream-subscriptions-graph.ts'

export const viewerSecret = 'streams-secret-'.repeat(3)

/** What the error of a subgraph that is away looks like. */
export const away = { extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }

export function viewer(id: string): Viewer {
  return { kind: 'user', id, organizationId: 'org_1', scopes: [] } as unknown as Viewer
}

export function fetchOf(
  options: { document?: string; variables?: Record<string, unknown>; viewer?: Viewer } = {},
): Fetch {
  const { document = 'subscription S { reviewAdded { id } }', variables = {} } = options
  return {
    operation: { subgraph: 'reviews', document, name: 'S', kind: 'subscription' },
    variables: { text: () => JSON.stringify(variables), object: () => variables },
    context: {
      viewer: options.viewer,
      requestId: 'request-1',
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00',
      headers: { 'x-tenant': 'blue', 'x-other': 'no' },
      extension: undefined,
    },
  }
}

/** A subgraph with events, and ways to it. */
export async function streamsWorld() {
  const { events, reviews } = reviewsGraph()
  const served = await serveSubgraph(reviews)
  const closers: (() => unknown)[] = []
  return {
    events,
    reviews,
    served,
    /** Undone after the test, the last first. */
    closers,
    streamsTo(placement: Placement, options: Partial<StreamsOptions> = {}): Streams {
      const streams = createStreams({
        placements: { reviews: placement },
        upstream: { headers: [{ propagate: { name: 'x-tenant' } }] },
        viewerSecret,
        limits: defaultLimits,
        ...options,
      })
      closers.push(() => streams.close())
      return streams
    },
    async open(streams: Streams, fetch = fetchOf()): Promise<SubgraphEvents> {
      const way = streams.way('reviews', 'http://nowhere.invalid/graphql')
      if (!way) throw new Error('no way')
      const opened = await way(fetch, new AbortController().signal)
      closers.push(() => opened.close())
      return opened
    },
    async clean() {
      for (const close of closers.splice(0).reverse()) await close()
      served.requests.length = 0
      served.upgrades.length = 0
    },
  }
}
