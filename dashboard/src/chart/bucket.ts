import type { IngressQuery } from '../generated/graphql.ts'

/** What passed one gate in one span of time, as analytics recorded it. */
export type IngressBucket = NonNullable<IngressQuery['ingress']>[number]

/** Spans to choose from, in seconds. Each is a multiple of the first, in which the page itself counts. */
const STEPS_S = [10, 30, 60, 300, 900, 3600, 21_600, 86_400] as const
/** More bars than this are thinner than people can tell apart. */
const MOST_BUCKETS = 200

export const CELL_S = STEPS_S[0]

/** Length of a bucket in seconds that keeps a span of time readable. */
export function bucketSeconds(spanMs: number): number {
  return STEPS_S.find((step) => spanMs / 1000 / step <= MOST_BUCKETS) ?? 86_400
}

/** Start of the bucket that holds a moment; both in milliseconds. */
export function bucketStart(at: number, bucketS: number): number {
  return Math.floor(at / (bucketS * 1000)) * bucketS * 1000
}

/** Newer answers replace everything from the moment on that they were asked for. */
export function mergeRecord(
  record: readonly IngressBucket[],
  update: readonly IngressBucket[],
  from: number,
): IngressBucket[] {
  return [...record.filter(({ at }) => Date.parse(at) < from), ...update]
}

export type ChartRange = 'quarter' | 'hour' | 'all'

export const RANGES: readonly { range: ChartRange; text: string; spanMs: number }[] = [
  { range: 'quarter', text: '15 min', spanMs: 15 * 60_000 },
  { range: 'hour', text: '1 hour', spanMs: 60 * 60_000 },
  { range: 'all', text: 'Since doors', spanMs: Number.POSITIVE_INFINITY },
]

export interface ChartSpan {
  /** Milliseconds since 1970, at the start of a bucket. */
  from: number
  /** Milliseconds since 1970. */
  to: number
  bucketS: number
}

/** What the record says of itself. */
export interface RecordEnds {
  /** Start of the first bucket, in milliseconds, for doors that opened early. */
  firstAt: number | undefined
  /** Start of the last bucket, in milliseconds, for people who stayed on. */
  lastAt: number | undefined
}

/** Doors may open early by this much and still be "since doors". */
export const EARLY_MS = 3 * 3_600_000
/** Until this long after its end an event is drawn up to now. */
const LATE_MS = 3 * 3_600_000

/** The stretch of time to draw: up to now, or up to the end of an event that is over. */
export function chartSpan(
  range: ChartRange,
  event: { doorsOpenAt: number; endsAt: number },
  { now, firstAt, lastAt }: RecordEnds & { now: number },
): ChartSpan {
  const to = now < event.endsAt + LATE_MS ? now : Math.max(event.endsAt, lastAt ?? 0)
  const opened = Math.min(event.doorsOpenAt, firstAt ?? Number.POSITIVE_INFINITY, to)
  const chosen = RANGES.find((one) => one.range === range)?.spanMs ?? Number.POSITIVE_INFINITY
  const start = Math.max(opened, to - chosen)
  const bucketS = bucketSeconds(to - start)
  return { from: bucketStart(start, bucketS), to, bucketS }
}
