import type { Registry } from 'prom-client'
import type { Usage } from '../usage/usage.ts'
import { publish } from './histogram.ts'

/** Publishes what became of reports of usage. */
export function publishUsage(registry: Registry, usage: Usage): void {
  const number = (metric: Omit<Parameters<typeof publish>[1], 'name'>, name: string, value: () => number) =>
    publish(registry, { ...metric, name: `headcount_gateway_usage_${name}` }, () => [
      { labels: {}, value: value() },
    ])
  publish(
    registry,
    {
      name: 'headcount_gateway_usage_reports_total',
      help: 'Reports of usage: sent; failed = attempts that are repeated; dropped since too many waited; refused by the registry for good.',
      type: 'counter',
    },
    () => {
      const { waiting: _, ...results } = usage.reports
      return Object.entries(results).map(([result, value]) => ({ labels: { result }, value }))
    },
  )
  number(
    { type: 'gauge', help: 'Reports of usage that wait to be taken.' },
    'reports_waiting',
    () => usage.reports.waiting,
  )
  number(
    { type: 'gauge', help: 'Operations that were told to the registry, and are remembered.' },
    'operations',
    () => usage.operations,
  )
  number(
    {
      type: 'counter',
      help: 'Requests that are in no report that arrived: there was no room, or it was dropped.',
    },
    'uncounted_total',
    () => usage.uncounted,
  )
}
