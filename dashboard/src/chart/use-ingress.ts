import { useState } from 'react'
import { IngressDocument } from '../generated/graphql.ts'
import { FORBIDDEN, hasCode } from '../graph/answer.ts'
import { useParts } from '../page/parts.ts'
import { usePoll } from '../page/use-poll.ts'
import {
  bucketStart,
  type ChartRange,
  type ChartSpan,
  chartSpan,
  EARLY_MS,
  type IngressBucket,
  mergeRecord,
} from './bucket.ts'

export interface IngressRecord {
  /** Undefined until the first answer. */
  buckets: readonly IngressBucket[] | undefined
  /** What `buckets` covers; for a moment still the range that was chosen before. */
  range: ChartRange
  bucketS: number
  /** Until when the record can be complete: the server's clock, milliseconds since 1970. */
  settledUntil: number
  problem: 'forbidden' | 'unavailable' | undefined
}

export interface ChartedEvent {
  id: string
  doorsOpenAt: string
  endsAt: string
}

const POLL_MS = 12_000
const FIRST_POLL_MS = 3000
/** Counts of all services agree after this. */
const SETTLE_MS = 5000
/** What may still change: late messages of the queue, and whatever is underway. */
const RECENT_MS = 120_000
/** Every so many polls the whole is read again: an upload from an offline device changes the past. */
const WHOLE_EVERY = 10

interface Held extends IngressRecord {
  polls: number
}

/** The stretch of time that a record is drawn over now. */
export function spanOf(event: ChartedEvent, record: IngressRecord, now: number): ChartSpan {
  const times = { doorsOpenAt: Date.parse(event.doorsOpenAt), endsAt: Date.parse(event.endsAt) }
  const at = (bucket: IngressBucket | undefined) => (bucket ? Date.parse(bucket.at) : undefined)
  const { buckets, range } = record
  return chartSpan(range, times, {
    now,
    firstAt: range === 'all' ? at(buckets?.[0]) : undefined,
    lastAt: at(buckets?.at(-1)),
  })
}

/** What analytics recorded of an event's arrivals, read again every 12 s, mostly just the newest part. */
export function useIngress(event: ChartedEvent, range: ChartRange): IngressRecord {
  const { ask, measuredClock } = useParts()
  const [held, setHeld] = useState<Held>({
    buckets: undefined,
    bucketS: 0,
    settledUntil: 0,
    problem: undefined,
    range,
    polls: 0,
  })
  const record = held.range === range ? held : { ...held, range, buckets: undefined, polls: 0 }

  usePoll(`${event.id} ${range}`, record.buckets ? POLL_MS : FIRST_POLL_MS, async (signal) => {
    const now = measuredClock.serverNow()
    const { from: start, bucketS } = spanOf(event, record, now)
    const isWhole = !record.buckets || record.bucketS !== bucketS || record.polls % WHOLE_EVERY === 0
    const whole = range === 'all' ? Math.min(start, Date.parse(event.doorsOpenAt) - EARLY_MS) : start
    const recent = bucketStart(now - Math.max(RECENT_MS, 2000 * bucketS), bucketS)
    const from = isWhole ? whole : recent
    const variables = { eventId: event.id, bucket: bucketS, from: new Date(from).toISOString() }
    const { data, problems } = await ask(IngressDocument, variables)
    if (signal.aborted) return
    const update = data?.ingress
    if (update) {
      const buckets = isWhole ? update : mergeRecord(record.buckets ?? [], update, from)
      setHeld({
        buckets,
        bucketS,
        settledUntil: now - SETTLE_MS,
        problem: undefined,
        range,
        polls: record.polls + 1,
      })
    } else {
      const problem = hasCode(problems, FORBIDDEN) ? 'forbidden' : 'unavailable'
      setHeld((before) => ({ ...before, problem }))
    }
  })
  return held
}
