import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** What a service counts. */
export interface ServiceMetrics {
  /** Prometheus text of everything. */
  text(): Promise<string>
  /** Notes one answered request and how long it took. */
  answered(seconds: number, hasErrors: boolean): void
  /** Notes one SQL statement of a request or of timed work. */
  sentStatement(): void
  /** Reads the outbox's state whenever the metrics are asked for. */
  watchOutbox(read: () => Promise<{ pending: number; dead: number; lagMs: number }>): void
}

const DURATION_BUCKETS_S = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5]

/** Counters of one service. `process` adds Node's own, for a service that has the process to itself. */
export function createMetrics(service: string, { hasOwnProcess = false } = {}): ServiceMetrics {
  const registry = new Registry()
  registry.setDefaultLabels({ service })
  if (hasOwnProcess) collectDefaultMetrics({ register: registry })
  const duration = new Histogram({
    name: 'headcount_subgraph_request_seconds',
    help: 'Time from a request to its answer, in seconds.',
    buckets: DURATION_BUCKETS_S,
    registers: [registry],
  })
  const failures = new Counter({
    name: 'headcount_subgraph_request_errors_total',
    help: 'Requests whose answer carried errors.',
    registers: [registry],
  })
  const statements = new Counter({
    name: 'headcount_sql_statements_total',
    help: 'SQL statements sent, without those of the outbox relay.',
    registers: [registry],
  })
  return {
    text: () => registry.metrics(),
    sentStatement: () => statements.inc(),
    answered(seconds, hasErrors) {
      duration.observe(seconds)
      if (hasErrors) failures.inc()
    },
    watchOutbox(read) {
      const gauge = (name: string, help: string) => new Gauge({ name, help, registers: [registry] })
      const dead = gauge('headcount_outbox_dead', 'Messages put aside after their last attempt.')
      const lag = gauge('headcount_outbox_lag_seconds', 'Age of the oldest message that waits, in seconds.')
      new Gauge({
        name: 'headcount_outbox_pending',
        help: 'Messages that wait in the outbox.',
        registers: [registry],
        async collect() {
          const state = await read()
          this.set(state.pending)
          dead.set(state.dead)
          lag.set(state.lagMs / 1000)
        },
      })
    },
  }
}
