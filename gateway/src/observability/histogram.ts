import type { Metric, Registry } from 'prom-client'

/** Values of one combination of labels. Plain numbers: a library's own look-up by labels takes a microsecond. */
export class Series {
  readonly labels: Readonly<Record<string, string>>
  readonly counts: Float64Array
  sum = 0
  private readonly bounds: readonly number[]

  constructor(labels: Readonly<Record<string, string>>, bounds: readonly number[]) {
    this.labels = labels
    this.bounds = bounds
    this.counts = new Float64Array(bounds.length + 1)
  }

  /** Counts a value, or the same value so often. */
  observe(value: number, times = 1): void {
    const { bounds, counts } = this
    let at = 0
    while (at < bounds.length && value > (bounds[at] ?? 0)) at += 1
    counts[at] = (counts[at] ?? 0) + times
    this.sum += value * times
  }
}

interface Sample {
  readonly metricName: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

function samplesOf(name: string, bounds: readonly number[], series: Series): Sample[] {
  const { labels, counts, sum } = series
  const samples: Sample[] = []
  let total = 0
  for (const [at, count] of counts.entries()) {
    total += count
    const le = String(bounds[at] ?? '+Inf')
    samples.push({ metricName: `${name}_bucket`, labels: { le, ...labels }, value: total })
  }
  samples.push({ metricName: `${name}_sum`, labels, value: sum })
  samples.push({ metricName: `${name}_count`, labels, value: total })
  return samples
}

/** Puts a metric of our own into a registry; what it holds is asked for when somebody reads the registry. */
export function publish(
  registry: Registry,
  metric: { readonly name: string; readonly help: string; readonly type: 'counter' | 'gauge' | 'histogram' },
  values: () => readonly { readonly labels: Readonly<Record<string, string>>; readonly value: number }[],
): void {
  const own = { ...metric, get: async () => ({ ...metric, aggregator: 'sum', values: values() }) }
  registry.registerMetric(own as unknown as Metric)
}

/** How values are spread, by labels. */
export interface Histogram {
  /** The series of labels; whoever counts often keeps it. */
  series(labels?: Readonly<Record<string, string>>): Series
}

/** Makes a histogram and publishes it. */
export function createHistogram(
  registry: Registry,
  options: { readonly name: string; readonly help: string; readonly bounds: readonly number[] },
): Histogram {
  const { name, help, bounds } = options
  const all = new Map<string, Series>()
  publish(registry, { name, help, type: 'histogram' }, () =>
    [...all.values()].flatMap((series) => samplesOf(name, bounds, series)),
  )
  return {
    series(labels = {}) {
      const key = JSON.stringify(labels)
      let series = all.get(key)
      if (!series) {
        series = new Series(labels, bounds)
        all.set(key, series)
      }
      return series
    },
  }
}
