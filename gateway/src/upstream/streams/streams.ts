import { Agent } from 'undici'
import type { GatewayExtension } from '../../extension.ts'
import type { Limits } from '../../limits.ts'
import type { LocalPlacement, Placement } from '../../options.ts'
import { defaultUpstream, type UpstreamOptions } from '../../upstream-options.ts'
import { fetchHeaders } from '../headers/fetch-headers.ts'
import { settingsOf } from '../settings.ts'
import { localEvents } from './local.ts'
import { sseEvents } from './sse.ts'
import { withStartDeadline } from './start-deadline.ts'
import type { OpenEvents } from './subgraph-events.ts'
import { webSocketEvents } from './web-socket.ts'

/** The ways to the events of all subgraphs. They outlive a supergraph: a swap ends no subscription. */
export interface Streams {
  /** The way to a subgraph's events; undefined when it has no http(s) or ws(s) address, or takes no subscriptions. */
  way(name: string, addressInSupergraph: string): OpenEvents | undefined
  close(): Promise<void>
}

/** What the ways are made with. */
export interface StreamsOptions {
  readonly placements: Readonly<Record<string, Placement>>
  /** How subgraphs are asked where a placement says nothing else. */
  readonly upstream?: UpstreamOptions | undefined
  readonly viewerSecret: string | undefined
  readonly limits: Limits
  /** Header of a request's id; default x-request-id. */
  readonly requestIdHeader?: string | undefined
  /** The operator's hook, called before each subscription across the network. */
  readonly onFetch?: GatewayExtension['onFetch']
}

type Remote = Exclude<Placement, LocalPlacement>

/** One of the addresses, by their weights. Each subscription is drawn anew. */
function drawUrl(placement: Remote, addressInSupergraph: string): string {
  if ('url' in placement) return placement.url
  if (!('replicas' in placement)) return addressInSupergraph
  const { replicas } = placement
  const weightOf = ({ weight }: { readonly weight?: number | undefined }) => weight ?? 1
  let left = Math.random() * replicas.reduce((sum, replica) => sum + weightOf(replica), 0)
  for (const replica of replicas) {
    left -= weightOf(replica)
    if (left < 0) return replica.url
  }
  return replicas.at(-1)?.url ?? addressInSupergraph
}

/** The same address for the other protocol. */
function addressFor(url: string, kind: 'sse' | 'websocket'): string {
  return url.replace(/^(?:http|ws)(s?):/, kind === 'sse' ? 'http$1:' : 'ws$1:')
}

/** How one subgraph is subscribed to. */
function settingsFor(placement: Remote, options: StreamsOptions) {
  const { upstream = {}, limits, requestIdHeader = 'x-request-id', viewerSecret, onFetch } = options
  const { timeoutMs, headers, tls = {} } = settingsOf(placement, upstream, limits)
  const idHeader = requestIdHeader.toLowerCase()
  return {
    kind: placement.subscriptions ?? upstream.subscriptions ?? defaultUpstream.subscriptions,
    url: placement.subscriptionsUrl,
    idleMs: placement.subscriptionsIdleMs ?? upstream.subscriptionsIdleMs,
    startMs: timeoutMs,
    tls,
    headers: {
      rules: fetchHeaders(headers, [idHeader, 'traceparent']),
      requestIdHeader: idHeader,
      viewerSecret,
      onFetch,
    },
  }
}

type Settings = ReturnType<typeof settingsFor>

/** A way to one address, and how it is closed. */
function reach(url: string, settings: Settings) {
  const { kind, headers, tls, startMs, idleMs } = settings
  if (kind === 'websocket') {
    const { open, close } = webSocketEvents({ url, headers, tls, startMs, idleMs })
    return { open: withStartDeadline(startMs, open), close: async () => close() }
  }
  const dispatcher = new Agent({
    connections: null,
    connect: { ...tls, timeout: startMs },
    headersTimeout: startMs,
    bodyTimeout: idleMs ?? 0,
  })
  const open = sseEvents({ url, dispatcher, headers })
  return { open: withStartDeadline(startMs, open), close: () => dispatcher.destroy() }
}

/** Puts the ways to subgraphs' events together. */
export function createStreams(options: StreamsOptions): Streams {
  const { placements, upstream, limits } = options
  const reached = new Map<string, ReturnType<typeof reach>>()
  const remote = (name: string, placement: Remote, address: string): OpenEvents | undefined => {
    const settings = settingsFor(placement, options)
    const draw = () => addressFor(settings.url ?? drawUrl(placement, address), settings.kind)
    if (!/^(?:http|ws)s?:\/\//.test(draw())) return undefined
    return (fetch, signal) => {
      const url = draw()
      const key = `${name} ${url}`
      const way = reached.get(key) ?? reach(url, settings)
      reached.set(key, way)
      return way.open(fetch, signal)
    }
  }
  return {
    way(name, addressInSupergraph) {
      const placement = (Object.hasOwn(placements, name) ? placements[name] : undefined) ?? {}
      if (!('execute' in placement)) return remote(name, placement, addressInSupergraph)
      if (!placement.subscribe) return undefined
      return withStartDeadline(upstream?.timeoutMs ?? limits.fetchMs, localEvents(placement.subscribe))
    },
    async close() {
      await Promise.all([...reached.values()].map((way) => way.close()))
    },
  }
}
