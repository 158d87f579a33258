import type { Registry } from 'prom-client'
import type { Generations } from '../supergraph/generations.ts'
import { publish } from './histogram.ts'

interface Counts {
  readonly hits: number
  readonly misses: number
}

/**
 * Publishes what the caches of the supergraph that serves have counted themselves. A swap begins them anew, which
 * counters may do: https://prometheus.io/docs/concepts/metric_types/#counter
 */
export function publishCaches(registry: Registry, generations: Generations): void {
  const counter = (name: string, help: string, read: () => Counts) =>
    publish(registry, { name, help, type: 'counter' }, () => {
      const { hits, misses } = read()
      return [
        { labels: { result: 'hit' }, value: hits },
        { labels: { result: 'miss' }, value: misses },
      ]
    })
  const { current } = generations
  counter(
    'headcount_gateway_documents_total',
    'Look-ups of documents by their text: hit, or miss when one was parsed and validated.',
    () => current().operations.counts,
  )
  counter(
    'headcount_gateway_plans_total',
    'Look-ups of plans: hit, or miss when one was planned.',
    () => current().plans.counts,
  )
  counter(
    'headcount_gateway_programs_total',
    'Look-ups of compiled plans: hit, or miss when one was compiled.',
    () => current().programs.counts,
  )
  publish(
    registry,
    {
      name: 'headcount_gateway_cache_entries',
      help: 'Entries that are kept: documents, plans and compiled plans (programs).',
      type: 'gauge',
    },
    () => {
      const { operations, plans, programs } = current()
      return Object.entries({ documents: operations, plans, programs }).map(([cache, { counts }]) => ({
        labels: { cache },
        value: counts.entries,
      }))
    },
  )
}
