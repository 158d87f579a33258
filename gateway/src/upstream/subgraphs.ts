import { type Logger, pino } from 'pino'
import type { GatewayExtension } from '../extension.ts'
import type { Limits } from '../limits.ts'
import type { ListedPlacement, Placement, RemotePlacement, ReplicatedPlacement } from '../options.ts'
import type { Replica, UpstreamOptions } from '../upstream-options.ts'
import type { Dispatch } from './dispatch.ts'
import { localDispatch } from './local.ts'
import { withMeasure } from './measure.ts'
import { openRemote, type Remote, type RemoteStats } from './remote.ts'
import { settingsOf } from './settings.ts'

/** The ways to all subgraphs. Pools outlive a supergraph: a swap opens no connection anew. */
export interface Subgraphs {
  /** The way to a subgraph; undefined when it has neither a placement nor an address in the supergraph. */
  dispatcher(name: string, addressInSupergraph: string): Dispatch | undefined
  /** How those across the network do. */
  stats(): readonly RemoteStats[]
  close(): Promise<void>
}

/** What the ways are made of. */
export interface SubgraphsOptions {
  readonly placements: Readonly<Record<string, Placement>>
  /** How subgraphs across the network are asked where their placement says nothing else. */
  readonly upstream?: UpstreamOptions | undefined
  readonly viewerSecret: string | undefined
  readonly limits: Limits
  /** Whether identical queries on their way are one; default true. */
  readonly isDeduplicated?: boolean | undefined
  /** Header of a request's id; default x-request-id. */
  readonly requestIdHeader?: string | undefined
  readonly extension?: GatewayExtension | undefined
  /** Told how long each fetch took; left out = nothing is measured. */
  readonly observe?: ((subgraph: string, seconds: number, isAnswered: boolean) => void) | undefined
  readonly log?: Logger | undefined
  /** A clock in milliseconds that never goes back, for tests. */
  readonly now?: (() => number) | undefined
}

type NetworkPlacement = RemotePlacement | ReplicatedPlacement | ListedPlacement

function replicasOf(placement: NetworkPlacement, addressInSupergraph: string): readonly Replica[] {
  if ('replicas' in placement) return placement.replicas
  return [{ url: 'url' in placement ? placement.url : addressInSupergraph }]
}

const isAddress = ({ url }: Replica) => /^https?:\/\//.test(url)

/** Puts the ways together; each is opened when a supergraph first names it, and kept. */
export function createSubgraphs(options: SubgraphsOptions): Subgraphs {
  const { placements, upstream = {}, limits, observe } = options
  const { requestIdHeader = 'x-request-id', log = pino({ level: 'silent' }) } = options
  const ways = new Map<string, Dispatch>()
  const remotes: Remote[] = []
  const reach = (name: string, placement: NetworkPlacement, replicas: readonly Replica[]): Dispatch => {
    const remote = openRemote({
      name,
      replicas,
      settings: settingsOf(placement, upstream, limits),
      viewerSecret: options.viewerSecret,
      requestIdHeader: requestIdHeader.toLowerCase(),
      isDeduplicated: options.isDeduplicated ?? true,
      onFetch: options.extension?.onFetch,
      log,
      now: options.now ?? (() => performance.now()),
    })
    remotes.push(remote)
    return remote.dispatch
  }
  const dispatcher = (name: string, addressInSupergraph: string): Dispatch | undefined => {
    const placement = (Object.hasOwn(placements, name) ? placements[name] : undefined) ?? {}
    const replicas = 'execute' in placement ? [] : replicasOf(placement, addressInSupergraph)
    // What else a way depends on stays the same for as long as the gateway runs.
    const key = [name, ...replicas.map(({ url }) => url)].join(' ')
    const known = ways.get(key)
    if (known) return known
    let way: Dispatch
    if ('execute' in placement) way = localDispatch(placement, upstream.timeoutMs ?? limits.fetchMs)
    else if (replicas.length > 0 && replicas.every(isAddress)) way = reach(name, placement, replicas)
    else return undefined
    const measured = observe ? withMeasure(observe.bind(undefined, name), way) : way
    ways.set(key, measured)
    return measured
  }
  return {
    dispatcher,
    stats: () => remotes.map((remote) => remote.stats()),
    async close() {
      await Promise.all(remotes.map((remote) => remote.close()))
    },
  }
}
