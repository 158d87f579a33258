import { describe, expect, it } from 'vitest'
import { START } from '../../test/occupancy.ts'
import { bucketSeconds, bucketStart, chartSpan, type IngressBucket, mergeRecord } from './bucket.ts'

const MIN = 60_000
const HOUR = 60 * MIN
const bucket = (atMs: number, entries: number): IngressBucket => ({
  at: new Date(START + atMs).toISOString(),
  entries,
  exits: 0,
  rejected: 0,
  gate: { id: 'g1' },
})

describe('bucketSeconds', () => {
  it('keeps nine minutes, three hours and a week readable', () => {
    expect([9 * MIN, 3 * HOUR, 12 * HOUR, 7 * 24 * HOUR].map(bucketSeconds)).toEqual([10, 60, 300, 3600])
  })
})

describe('mergeRecord', () => {
  it('replaces everything from the asked moment on and keeps what was before', () => {
    const record = [bucket(0, 1), bucket(MIN, 2), bucket(2 * MIN, 3)]
    const merged = mergeRecord(record, [bucket(2 * MIN, 9), bucket(3 * MIN, 1)], START + MIN)
    expect(merged.map(({ entries }) => entries)).toEqual([1, 9, 1])
  })
})

describe('chartSpan', () => {
  const event = { doorsOpenAt: START, endsAt: START + 6 * HOUR }
  const nothing = { firstAt: undefined, lastAt: undefined }

  it('begins with the doors and ends now', () => {
    const now = START + 3 * HOUR
    expect(chartSpan('all', event, { now, ...nothing })).toEqual({ from: START, to: now, bucketS: 60 })
  })

  it('begins with the first people when doors opened early', () => {
    const span = chartSpan('all', event, { now: START + HOUR, ...nothing, firstAt: START - 10 * MIN })
    expect(span.from).toBe(START - 10 * MIN)
  })

  it('shows the last quarter of an hour in fine steps, from the start of a bucket', () => {
    const now = START + 3 * HOUR + 4321
    const span = chartSpan('quarter', event, { now, ...nothing })
    expect(span.bucketS).toBe(10)
    expect(span.from).toBe(bucketStart(now - 15 * MIN, 10))
  })

  it('ends with the event, or with the last who left, long after', () => {
    const now = START + 30 * 24 * HOUR
    expect(chartSpan('all', event, { now, ...nothing }).to).toBe(event.endsAt)
    const lastAt = event.endsAt + HOUR
    expect(chartSpan('all', event, { now, firstAt: undefined, lastAt }).to).toBe(lastAt)
  })

  it('is not upside down before the doors open', () => {
    const now = START - 24 * HOUR
    const { from, to } = chartSpan('all', event, { now, ...nothing })
    expect(from).toBeLessThanOrEqual(to)
  })
})
