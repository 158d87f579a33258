import type { ChartSpan, IngressBucket } from './bucket.ts'
import type { Observed } from './observed.ts'

/** What the chart draws: people a minute, one value a bucket, whatever the bucket's length. */
export interface Columns {
  /** Start of each bucket, milliseconds since 1970. */
  times: number[]
  /** Entries a minute at each gate, in the order of `gateIds`. */
  byGate: number[][]
  /** Entries a minute at all gates, those that are not listed any more among them. */
  entries: number[]
  /** Exits a minute at all gates. */
  exits: number[]
  /** Start of the first bucket whose number may still grow; undefined when there is none. */
  openFrom: number | undefined
}

export interface ColumnsSource {
  record: readonly IngressBucket[]
  observed: Observed
  gateIds: readonly string[]
  /** Until when the record can be complete, milliseconds since 1970. */
  settledUntil: number
}

interface Sums {
  entries: Map<string, number>
  exits: Map<string, number>
}

/** Gates without a name in the answer are summed under this. */
const NO_GATE = ''

/**
 * Fills the buckets of a span. Analytics is the record; in the newest two buckets, which it may not have seen the
 * end of, the greater of its number and of what this page saw itself counts.
 */
export function toColumns(
  { record, observed, gateIds, settledUntil }: ColumnsSource,
  { from, to, bucketS }: ChartSpan,
): Columns {
  const stepMs = bucketS * 1000
  const count = Math.max(0, Math.floor((to - from) / stepMs) + 1)
  const times = Array.from({ length: count }, (_, index) => from + index * stepMs)
  const buckets = times.map((): Sums => ({ entries: new Map(), exits: new Map() }))
  for (const { at, gate, entries, exits } of record) {
    const sums = buckets[Math.floor((Date.parse(at) - from) / stepMs)]
    if (!sums) continue
    add(sums.entries, gate?.id ?? NO_GATE, entries)
    add(sums.exits, gate?.id ?? NO_GATE, exits)
  }
  times.slice(-2).forEach((at, index) => {
    const sums = buckets[buckets.length - Math.min(2, count) + index]
    if (sums) raise(sums, { observed, gateIds, at, stepMs })
  })
  const perMinute = (people: number) => (people * 60) / bucketS
  return {
    times,
    byGate: gateIds.map((id) => buckets.map(({ entries }) => perMinute(entries.get(id) ?? 0))),
    entries: buckets.map(({ entries }) => perMinute(total(entries))),
    exits: buckets.map(({ exits }) => perMinute(total(exits))),
    openFrom: times.find((at) => at + stepMs > settledUntil),
  }
}

function raise(
  sums: Sums,
  {
    observed,
    gateIds,
    at,
    stepMs,
  }: Pick<ColumnsSource, 'observed' | 'gateIds'> & { at: number; stepMs: number },
): void {
  for (const id of gateIds) {
    const seen = observed.between(id, at, at + stepMs)
    sums.entries.set(id, Math.max(sums.entries.get(id) ?? 0, seen.entries))
    sums.exits.set(id, Math.max(sums.exits.get(id) ?? 0, seen.exits))
  }
}

function add(sums: Map<string, number>, key: string, value: number): void {
  sums.set(key, (sums.get(key) ?? 0) + value)
}

function total(sums: Map<string, number>): number {
  return [...sums.values()].reduce((sum, value) => sum + value, 0)
}

/** The bucket with the most entries a minute that is settled; undefined while there is none. */
export function peakOf({ times, entries, openFrom }: Columns): { at: number; perMinute: number } | undefined {
  const closed = times.filter((at) => openFrom === undefined || at < openFrom)
  return closed.reduce<{ at: number; perMinute: number } | undefined>((best, at, index) => {
    const perMinute = entries[index] ?? 0
    return perMinute > (best?.perMinute ?? 0) ? { at, perMinute } : best
  }, undefined)
}

/** Each series under the sum of those before it: values to draw from the last to the first. */
export function stack(series: readonly (readonly number[])[]): number[][] {
  const stacked: number[][] = []
  for (const values of series) {
    const below = stacked.at(-1)
    stacked.push(values.map((value, index) => value + (below?.[index] ?? 0)))
  }
  return stacked
}
