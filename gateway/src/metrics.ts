import { Counter, Gauge, Histogram, Registry } from 'prom-client'

/** What the gateway counts. Nothing here is computed: each number comes from the event itself. */
export interface Metrics {
  readonly registry: Registry
  readonly requests: Counter<'code'>
  readonly requestSeconds: Histogram
  readonly fetchSeconds: Histogram<'subgraph' | 'result'>
  readonly persisted: Counter<'result'>
  readonly connections: Gauge<'transport'>
  readonly subscriptions: Gauge
  readonly messages: Counter<'source'>
  readonly snapshots: Counter
}

/** The gateway's metrics in a registry of their own, so that several gateways can live in one process. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  const registers = [registry]
  const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2.5, 5, 10]
  return {
    registry,
    requests: new Counter({
      name: 'headcount_gateway_requests_total',
      help: 'GraphQL requests over HTTP, by the code of their outcome: OK, PARTIAL (data with errors) or an error code.',
      labelNames: ['code'],
      registers,
    }),
    requestSeconds: new Histogram({
      name: 'headcount_gateway_request_seconds',
      help: 'Time from the first byte of a GraphQL request to its answer, in seconds.',
      buckets,
      registers,
    }),
    fetchSeconds: new Histogram({
      name: 'headcount_gateway_fetch_seconds',
      help: 'Time of one fetch to a subgraph, in seconds, by subgraph and by whether it came to an answer.',
      labelNames: ['subgraph', 'result'],
      buckets,
      registers,
    }),
    persisted: new Counter({
      name: 'headcount_gateway_persisted_documents_total',
      help: 'Look-ups of documents by hash: hit, miss, and stored.',
      labelNames: ['result'],
      registers,
    }),
    connections: new Gauge({
      name: 'headcount_gateway_live_connections',
      help: 'Open WebSockets and event streams.',
      labelNames: ['transport'],
      registers,
    }),
    subscriptions: new Gauge({
      name: 'headcount_gateway_subscriptions',
      help: 'Subscriptions under way.',
      registers,
    }),
    messages: new Counter({
      name: 'headcount_gateway_live_messages_total',
      help: 'Results given to subscribers, by what they came from: message, snapshot or heartbeat.',
      labelNames: ['source'],
      registers,
    }),
    snapshots: new Counter({
      name: 'headcount_gateway_live_snapshots_total',
      help: 'Snapshot queries run for subscribers.',
      registers,
    }),
  }
}
