import { latencyBucketsMs } from '@headcount/registry-api'

/** Buckets with the one for what took longer than all ends. */
export const bucketCount = latencyBucketsMs.length + 1

/** SQL that puts buckets together one by one, for example `sum(latencies[1])`. */
function eachBucket(sql: (bucket: number) => string): string {
  return `ARRAY[${Array.from({ length: bucketCount }, (_, index) => sql(index + 1)).join(', ')}]::bigint[]`
}

/** SQL of the sum of many rows' buckets, to be read: the driver takes an int8[] for texts. */
export const summedLatencies = `${eachBucket((bucket) => `sum(latencies[${bucket}])`)}::float8[]`

/** SQL of the buckets of a row that is there and of one that comes. */
export const addedLatencies = eachBucket(
  (bucket) => `kept.latencies[${bucket}] + excluded.latencies[${bucket}]`,
)

/**
 * The time within which this share (0 to 1) of requests was answered, in milliseconds: within its bucket as if the requests
 * were spread evenly. What took longer than all ends counts as the last end. Null = there were none.
 */
export function percentile(latencies: readonly number[], share: number): number | null {
  const total = latencies.reduce((sum, count) => sum + count, 0)
  if (total === 0) return null
  const wanted = share * total
  let before = 0
  for (const [index, count] of latencies.entries()) {
    if (count > 0 && before + count >= wanted) return within(index, (wanted - before) / count)
    before += count
  }
  return lastEndMs
}

const lastEndMs = latencyBucketsMs.at(-1) ?? 0

function within(bucket: number, share: number): number {
  const upper = latencyBucketsMs[bucket]
  if (upper === undefined) return lastEndMs
  const lower = latencyBucketsMs[bucket - 1] ?? 0
  return Math.round((lower + (upper - lower) * share) * 100) / 100
}
