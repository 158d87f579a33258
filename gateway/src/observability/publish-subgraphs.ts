import type { Registry } from 'prom-client'
import type { Subgraphs } from '../upstream/subgraphs.ts'
import { publish } from './histogram.ts'

/** Publishes what the ways to subgraphs across the network have counted themselves; asked for at each scrape. */
export function publishSubgraphs(registry: Registry, subgraphs: Subgraphs): void {
  const counter = (name: string, help: string, read: Parameters<typeof publish>[2]) =>
    publish(registry, { name, help, type: 'counter' }, read)
  const addresses = () =>
    subgraphs
      .stats()
      .flatMap(({ subgraph, addresses: all }) =>
        all.map((address) => ({ labels: { subgraph, url: address.url }, address })),
      )
  counter(
    'headcount_gateway_fetches_shared_total',
    'Fetches that shared the reply to an identical one that was under way.',
    () => subgraphs.stats().map(({ subgraph, shared }) => ({ labels: { subgraph }, value: shared })),
  )
  counter(
    'headcount_gateway_fetches_repeated_total',
    'Attempts after a first one that came to no answer.',
    () => subgraphs.stats().map(({ subgraph, repeated }) => ({ labels: { subgraph }, value: repeated })),
  )
  counter(
    'headcount_gateway_breaker_openings_total',
    'How often the breaker of an address of a subgraph has opened.',
    () =>
      addresses().flatMap(({ labels, address: { breaker } }) =>
        breaker ? [{ labels, value: breaker.openings }] : [],
      ),
  )
  publish(
    registry,
    {
      name: 'headcount_gateway_address_usable',
      help: 'Whether an address of a subgraph gets fetches (1): its breaker is closed and its health checks succeed.',
      type: 'gauge',
    },
    () =>
      addresses().map(({ labels, address: { breaker, isHealthy } }) => ({
        labels,
        value: (breaker === undefined || breaker.state === 'closed') && isHealthy !== false ? 1 : 0,
      })),
  )
}
