import type { ChartSpan, IngressBucket } from './bucket.ts'
import type { Observed } from './observed.ts'

/** People a minute; null = nobody knows yet, which is not the same as nobody. */
export type PerMinute = number | null

/** What the chart draws: people a minute, one value a bucket, whatever the bucket's length. */
export interface Columns {
  /** Start of each bucket, milliseconds since 1970. */
  times: number[]
  /** Entries a minute at each gate, in the order of `gateIds`. */
  byGate: PerMinute[][]
  /** Entries a minute at all gates, those that are not listed any more among them. */
  entries: PerMinute[]
  /** Exits a minute at all gates. */
  exits: PerMinute[]
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
  const isHole = times.map((at) => isUnknown(at, Math.min(at + stepMs, to), { observed, settledUntil }))
  const perMinute = (peopleIn: (sums: Sums) => number) =>
    buckets.map((sums, index) => (isHole[index] ? null : (peopleIn(sums) * 60) / bucketS))
  return {
    times,
    byGate: gateIds.map((id) => perMinute(({ entries }) => entries.get(id) ?? 0)),
    entries: perMinute(({ entries }) => total(entries)),
    exits: perMinute(({ exits }) => total(exits)),
    openFrom: times.find((at) => at + stepMs > settledUntil),
  }
}

/** A time that is mostly neither in the record yet nor seen by the page is a hole, not a time in which nobody came. */
function isUnknown(
  from: number,
  to: number,
  { observed, settledUntil }: Pick<ColumnsSource, 'observed' | 'settledUntil'>,
): boolean {
  if (to <= settledUntil || to <= from) return false
  return observed.unseenMs(Math.max(from, settledUntil), to) * 2 >= to - from
}

/** The stretches without a value, neighbours put together: from and to in milliseconds since 1970. */
export function holesOf({ times, entries }: Columns, bucketS: number): { from: number; to: number }[] {
  const holes: { from: number; to: number }[] = []
  times.forEach((from, index) => {
    if (entries[index] !== null) return
    const last = holes.at(-1)
    const to = from + bucketS * 1000
    if (last?.to === from) last.to = to
    else holes.push({ from, to })
  })
  return holes
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

/** The last bucket whose number does not grow any more. */
export function latestClosed({ times, openFrom }: Columns): number {
  const open = openFrom === undefined ? times.length : times.indexOf(openFrom)
  return Math.max(0, open - 1)
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
export function stack(series: readonly (readonly PerMinute[])[]): PerMinute[][] {
  const stacked: PerMinute[][] = []
  for (const values of series) {
    const below = stacked.at(-1)
    stacked.push(values.map((value, index) => (value === null ? null : value + (below?.[index] ?? 0))))
  }
  return stacked
}
