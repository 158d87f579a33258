import type { OperationUsageDetail } from '@headcount/registry-api'

type Series = OperationUsageDetail['series']

/** Rows of a plot: seconds, then values; a bucket without a request has none. */
export interface SeriesRows {
  times: readonly number[]
  requests: readonly number[]
  errors: readonly number[]
  p95Ms: readonly (number | null)[]
}

/** A registry keeps no buckets without requests: those between two are 0, not a straight line. */
export function seriesRows(series: Series, bucketS: number): SeriesRows {
  const byTime = new Map(series.map((bucket) => [secondsOf(bucket.at), bucket]))
  const [first] = series
  const last = series.at(-1)
  if (!first || !last) return { times: [], requests: [], errors: [], p95Ms: [] }
  const from = secondsOf(first.at)
  const count = Math.round((secondsOf(last.at) - from) / bucketS) + 1
  const times = Array.from({ length: count }, (_, index) => from + index * bucketS)
  const buckets = times.map((time) => byTime.get(time))
  return {
    times,
    requests: buckets.map((bucket) => bucket?.requests ?? 0),
    errors: buckets.map((bucket) => bucket?.errors ?? 0),
    p95Ms: buckets.map((bucket) => bucket?.p95Ms ?? null),
  }
}

function secondsOf(at: string): number {
  return Math.floor(Date.parse(at) / 1000)
}
