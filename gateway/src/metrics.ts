import { Counter, Gauge, Registry } from 'prom-client'
import { BufferedBytes } from './observability/buffered-bytes.ts'
import { FetchTimes } from './observability/fetch-times.ts'
import { createHistogram, type Series } from './observability/histogram.ts'
import { StageTimes } from './observability/stage-times.ts'
import { createTally, type Tally } from './observability/tally.ts'

/** What the gateway counts. Nothing here is computed: each number comes from the event itself. */
export interface Metrics {
  readonly registry: Registry
  readonly requests: Tally
  readonly requestSeconds: Series
  readonly stageTimes: StageTimes
  readonly fetchTimes: FetchTimes
  readonly persisted: Tally
  readonly trusted: Tally
  readonly shared: Tally
  readonly batchOperations: Series
  readonly operationCost: Series
  readonly connections: Gauge<'transport'>
  readonly closes: Counter<'transport' | 'code'>
  readonly bufferedBytes: BufferedBytes
  readonly subscriptions: Gauge
  readonly messages: Tally
  readonly liveLag: Series
  readonly snapshots: Counter
}

const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2.5, 5, 10]
const stageSeconds = [0.000_002, 0.000_005, 0.000_01, 0.000_025, 0.000_1, 0.000_5, 0.001, 0.01, 0.1, 1, 10]

function requestMetrics(registry: Registry) {
  return {
    requests: createTally(registry, {
      name: 'headcount_gateway_requests_total',
      help: 'GraphQL requests over HTTP, by the code of their outcome: OK, PARTIAL (data with errors) or an error code. Each operation of a batch counts.',
      label: 'code',
    }),
    requestSeconds: createHistogram(registry, {
      name: 'headcount_gateway_request_seconds',
      help: 'Time from the first byte of a GraphQL request to its answer, in seconds.',
      bounds: seconds,
    }).series(),
    stageTimes: new StageTimes(
      createHistogram(registry, {
        name: 'headcount_gateway_stage_seconds',
        help: 'Time of one step of a request, what it waits for included, in seconds. One request in 16 is timed.',
        bounds: stageSeconds,
      }),
    ),
    fetchTimes: new FetchTimes(
      createHistogram(registry, {
        name: 'headcount_gateway_fetch_seconds',
        help: 'Time of one fetch to a subgraph, in seconds, by subgraph and by whether it came to an answer.',
        bounds: seconds,
      }),
    ),
  }
}

function optionMetrics(registry: Registry) {
  return {
    persisted: createTally(registry, {
      name: 'headcount_gateway_persisted_documents_total',
      help: 'Look-ups of documents by hash: hit, miss, and stored.',
      label: 'result',
    }),
    trusted: createTally(registry, {
      name: 'headcount_gateway_trusted_document_requests_total',
      help: 'Operations held against the trusted documents: found by hash, id or text; refused since the gateway is locked; untrusted ones that ran under audit.',
      label: 'result',
    }),
    shared: createTally(registry, {
      name: 'headcount_gateway_shared_requests_total',
      help: 'Queries under inbound de-duplication: run, or joined to one that was under way.',
      label: 'result',
    }),
    batchOperations: createHistogram(registry, {
      name: 'headcount_gateway_batch_operations',
      help: 'Operations in one batch.',
      bounds: [1, 2, 5, 10, 20, 50, 100],
    }).series(),
    operationCost: createHistogram(registry, {
      name: 'headcount_gateway_operation_cost',
      help: 'Cost of an operation by @cost and @listSize, where a limit of cost is set; refused ones too.',
      bounds: [1, 10, 30, 100, 300, 1_000, 3_000, 10_000, 100_000, 1_000_000],
    }).series(),
  }
}

function liveMetrics(registry: Registry) {
  const registers = [registry]
  return {
    connections: new Gauge({
      name: 'headcount_gateway_live_connections',
      help: 'Open WebSockets and event streams.',
      labelNames: ['transport'],
      registers,
    }),
    closes: new Counter({
      name: 'headcount_gateway_live_closes_total',
      help: 'Ends of live connections. WebSockets by the code of the first Close frame: 1005 = it had none, 1006 = there was no frame, other = a code that only the client knows. Event streams by a word: client (it went), complete, drain or error.',
      labelNames: ['transport', 'code'],
      registers,
    }),
    bufferedBytes: new BufferedBytes(registry),
    subscriptions: new Gauge({
      name: 'headcount_gateway_subscriptions',
      help: 'Subscriptions under way.',
      registers,
    }),
    messages: createTally(registry, {
      name: 'headcount_gateway_live_messages_total',
      help: 'Results given to subscribers, by what they came from: message, snapshot, heartbeat, or event of a subgraph.',
      label: 'source',
    }),
    liveLag: createHistogram(registry, {
      name: 'headcount_gateway_live_lag_seconds',
      help: 'Time from a message’s `asOf` to its result’s being written to a subscriber’s socket, in seconds.',
      bounds: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    }).series(),
    snapshots: new Counter({
      name: 'headcount_gateway_live_snapshots_total',
      help: 'Snapshot queries run for subscribers.',
      registers,
    }),
  }
}

/** The gateway's metrics in a registry of their own, so that several gateways can live in one process. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  return { registry, ...requestMetrics(registry), ...optionMetrics(registry), ...liveMetrics(registry) }
}
