import type { Registry } from 'prom-client'
import type { Live } from '../live/live.ts'
import { publish } from './histogram.ts'

/** Publishes what the live engine holds and has done. */
export function publishLive(registry: Registry, live: Live): void {
  const { counts } = live
  const number = (metric: Omit<Parameters<typeof publish>[1], 'name'>, name: string, value: () => number) =>
    publish(registry, { ...metric, name: `headcount_gateway_live_${name}` }, () => [
      { labels: {}, value: value() },
    ])
  number(
    { type: 'gauge', help: 'Groups of subscribers that share one resolution and one text.' },
    'groups',
    () => live.groupCount,
  )
  number(
    { type: 'gauge', help: 'Subscribers in groups; divided by the groups, how many share one resolution.' },
    'members',
    () => live.memberCount,
  )
  number(
    { type: 'counter', help: 'Messages of topics, heartbeats among them, once a group.' },
    'received_total',
    () => counts.received,
  )
  number(
    { type: 'counter', help: 'Results that a subscriber did not get since a newer one took their place.' },
    'merged_total',
    () => counts.merged,
  )
  publish(
    registry,
    {
      name: 'headcount_gateway_live_resolved_total',
      help: 'States and events worked out once for all of a group, by what they came from.',
      type: 'counter',
    },
    () => Object.entries(counts.resolved).map(([source, value]) => ({ labels: { source }, value })),
  )
}
