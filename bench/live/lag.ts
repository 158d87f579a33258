/** Buckets of a histogram that hold something, as `native/lag.c` writes them. */
export type LagBuckets = readonly (readonly [bucket: number, count: number])[]

const PARTS_BITS = 6
const PARTS = 1 << PARTS_BITS

/** The longest time that falls into a bucket, in microseconds. */
export function longestOf(bucket: number): number {
  if (bucket < 2 * PARTS) return bucket
  const shift = Math.floor(bucket / PARTS) - 1
  return (bucket - shift * PARTS + 1) * 2 ** shift - 1
}

/** Times of many messages, in buckets of 1.6 %. */
export class Lags {
  readonly #counts = new Map<number, number>()
  #total = 0

  add(buckets: LagBuckets): void {
    for (const [bucket, count] of buckets) {
      this.#counts.set(bucket, (this.#counts.get(bucket) ?? 0) + count)
      this.#total += count
    }
  }

  /** The time that so many percent do not exceed, in milliseconds, at most 1.6 % too long; NaN of nothing. */
  percentileMs(percent: number): number {
    const rank = Math.max(1, Math.ceil((percent / 100) * this.#total))
    let seen = 0
    for (const [bucket, count] of [...this.#counts].sort(([one], [other]) => one - other)) {
      seen += count
      if (seen >= rank) return longestOf(bucket) / 1000
    }
    return Number.NaN
  }
}
