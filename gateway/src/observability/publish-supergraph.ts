import type { Registry } from 'prom-client'
import type { Generations, SupergraphState } from '../supergraph/generations.ts'
import { publish } from './histogram.ts'

/** Publishes which supergraph serves, and what became of those that the source gave. */
export function publishSupergraph(registry: Registry, { state }: Generations): void {
  const number = (
    metric: Omit<Parameters<typeof publish>[1], 'name'> & { readonly name: string },
    read: (state: SupergraphState) => number,
  ) => publish(registry, metric, () => [{ labels: {}, value: read(state()) }])
  publish(
    registry,
    {
      name: 'headcount_gateway_supergraph_info',
      help: 'The supergraph that serves, by the SHA-256 of its text and its version in the registry (empty = it has none): 1, and of several workers how many serve it.',
      type: 'gauge',
    },
    () => {
      const { serving } = state()
      if (!serving) return []
      const { hash, version } = serving
      return [{ labels: { hash, version: version === undefined ? '' : String(version) }, value: 1 }]
    },
  )
  number(
    {
      name: 'headcount_gateway_supergraph_swap_timestamp_seconds',
      help: 'When the supergraph that serves began to, in seconds since 1970.',
      type: 'gauge',
    },
    ({ serving }) => (serving ? serving.sinceMs / 1000 : 0),
  )
  number(
    {
      name: 'headcount_gateway_supergraph_swaps_total',
      help: 'Supergraphs that took the place of another one.',
      type: 'counter',
    },
    ({ swaps }) => swaps,
  )
  number(
    {
      name: 'headcount_gateway_supergraph_refused_total',
      help: 'Supergraphs of the source that were refused; the last good one served on.',
      type: 'counter',
    },
    ({ refused }) => refused,
  )
  number(
    {
      name: 'headcount_gateway_supergraph_source_up',
      help: 'Whether the source of the supergraph (registry, subgraphs) answered when it was last asked: 1, and of several workers for how many.',
      type: 'gauge',
    },
    ({ isSourceAnswering }) => (isSourceAnswering ? 1 : 0),
  )
}
