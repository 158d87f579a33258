import { Counter, Gauge, Histogram, Registry } from 'prom-client'

/** What the registry counts; each number comes from the event itself. */
export interface RegistryMetrics {
  /** Prometheus text of all of it. */
  text(): Promise<string>
  /** A version was made. */
  published(kind: string, composes: boolean, errors: readonly { readonly code: string }[]): void
  /** A call was answered with a problem. */
  refused(code: string): void
  /** The judge did a job. */
  judged(job: string, seconds: number): void
  /** Reads what is live whenever the metrics are asked for. */
  watchLive(live: LiveNumbers): void
}

/** What of the live state is a number. */
export interface LiveNumbers {
  readonly waiting: number
  readonly isListening: boolean
  readonly state: { readonly number: number | null } | undefined
}

const secondsBuckets = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]

/** Counters of one registry in this process. */
export function createMetrics(): RegistryMetrics {
  const registry = new Registry()
  const registers = [registry]
  const versions = new Counter({
    name: 'headcount_registry_versions_total',
    help: 'Versions that were made in this process, by kind and by what became of them (live, refused).',
    labelNames: ['kind', 'outcome'],
    registers,
  })
  const compositionErrors = new Counter({
    name: 'headcount_registry_composition_errors_total',
    help: 'Errors of versions that do not compose, by code.',
    labelNames: ['code'],
    registers,
  })
  const problems = new Counter({
    name: 'headcount_registry_problems_total',
    help: 'Calls that were answered with a problem, by code.',
    labelNames: ['code'],
    registers,
  })
  const jobs = new Histogram({
    name: 'headcount_registry_composition_seconds',
    help: 'Time that the judge took to compose and compare, by job, in seconds.',
    labelNames: ['job'],
    buckets: secondsBuckets,
    registers,
  })
  return {
    text: () => registry.metrics(),
    published(kind, composes, errors) {
      versions.inc({ kind, outcome: composes ? 'live' : 'refused' })
      for (const { code } of errors) compositionErrors.inc({ code })
    },
    refused: (code) => problems.inc({ code }),
    judged: (job, seconds) => jobs.observe({ job }, seconds),
    watchLive: (live) => watchLive(live, registers),
  }
}

function watchLive(live: LiveNumbers, registers: Registry[]): void {
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read())
      },
    })
  gauge('headcount_registry_feeds_waiting', 'Long polls that wait for something newer.', () => live.waiting)
  gauge(
    'headcount_registry_listening',
    'Whether this process hears of changes from the database at once (1) or lost it (0).',
    () => Number(live.isListening),
  )
  gauge(
    'headcount_registry_live_version',
    'Number of the version that this process serves; 0 = none yet.',
    () => live.state?.number ?? 0,
  )
}
