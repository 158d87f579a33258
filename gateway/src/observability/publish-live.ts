import type { Registry } from 'prom-client'
import type { Live } from '../live/live.ts'
import { publish } from './histogram.ts'

/** Publishes what the live engine holds and has done. */
export function publishLive(registry: Registry, live: Live): void {
  const number = (name: string, type: 'gauge' | 'counter', help: string, value: () => number) =>
    publish(registry, { name: `headcount_gateway_live_${name}`, help, type }, () => [
      { labels: {}, value: value() },
    ])
  const { counts } = live
  number(
    'groups',
    'gauge',
    'Groups of subscribers that share one resolution and one text.',
    () => live.groupCount,
  )
  number(
    'members',
    'gauge',
    'Subscribers in groups; divided by groups, how many share one.',
    () => live.memberCount,
  )
  number(
    'received_total',
    'counter',
    'Messages of topics, heartbeats among them, once a group.',
    () => counts.received,
  )
  number(
    'merged_total',
    'counter',
    'Results that a subscriber did not get since a newer one took their place.',
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
