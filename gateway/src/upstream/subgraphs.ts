import type { Limits } from '../limits.ts'
import type { Placement } from '../options.ts'
import { withDeadline } from './deadline.ts'
import type { Dispatch } from './dispatch.ts'
import { httpDispatch } from './http.ts'
import { localDispatch } from './local.ts'
import { withMeasure } from './measure.ts'
import { withRetry } from './retry.ts'

/** The ways to all subgraphs. Pools outlive a supergraph: a swap opens no connection anew. */
export interface Subgraphs {
  /** The way to a subgraph; undefined when it has neither a placement nor an address in the supergraph. */
  dispatcher(name: string, addressInSupergraph: string): Dispatch | undefined
  close(): Promise<void>
}

/** Puts a fetch's life together: measure → retry → deadline → pool, or a direct call. */
export function createSubgraphs(options: {
  readonly placements: Readonly<Record<string, Placement>>
  readonly viewerSecret: string | undefined
  readonly limits: Limits
  readonly observe: (subgraph: string, seconds: number, isAnswered: boolean) => void
}): Subgraphs {
  const { placements, viewerSecret, limits, observe } = options
  const ways = new Map<string, Dispatch>()
  const closers: (() => Promise<void>)[] = []
  const reach = (placement: Placement): Dispatch => {
    if ('execute' in placement) return localDispatch(placement)
    const url = 'url' in placement ? placement.url : ''
    const way = httpDispatch({ url, viewerSecret, connections: limits.connectionsPerSubgraph })
    closers.push(way.close)
    return way.dispatch
  }
  return {
    dispatcher(name, addressInSupergraph) {
      const own = Object.hasOwn(placements, name) ? placements[name] : undefined
      const placement = own ?? { url: addressInSupergraph }
      if ('url' in placement && !/^https?:\/\//.test(placement.url)) return undefined
      const key = 'url' in placement ? `${name} ${placement.url}` : name
      const known = ways.get(key)
      if (known) return known
      const way = withMeasure(
        (seconds, isAnswered) => observe(name, seconds, isAnswered),
        withRetry(withDeadline(limits.fetchMs, reach(placement))),
      )
      ways.set(key, way)
      return way
    },
    async close() {
      await Promise.all(closers.map((close) => close()))
    },
  }
}
