import { describe, expect, it } from 'vitest'
import { occupancyAt, START } from '../../test/occupancy.ts'
import { freshnessOf } from './freshness.ts'

const OFFSET_MS = 90_000
const occupancy = occupancyAt(1)
const at = (ms: number) => ({ now: START + OFFSET_MS + ms, offsetMs: OFFSET_MS })

describe('freshnessOf', () => {
  it('calls a number of a live connection old once it is stale, since it was counted', () => {
    const feed = { live: { phase: 'live' }, occupancy, isMissing: false } as const
    expect(freshnessOf(feed, at(6000))).toMatchObject({ ageMs: 6000, isStale: false, oldSince: undefined })
    expect(freshnessOf(feed, at(6001))).toMatchObject({ isStale: true, oldSince: START })
  })

  it("calls it old at once when the connection is away, since something was heard, by the server's clock", () => {
    const live = { phase: 'lost', since: START + OFFSET_MS + 1500 } as const
    const freshness = freshnessOf({ live, occupancy, isMissing: false }, at(1600))
    expect(freshness).toMatchObject({ isStale: false, oldSince: START + 1500 })
  })

  it('calls it old when nothing will come any more', () => {
    const freshness = freshnessOf({ live: { phase: 'ended' }, occupancy, isMissing: false }, at(10))
    expect(freshness.oldSince).toBe(START)
  })

  it('is nothing without a number', () => {
    const freshness = freshnessOf({ live: { phase: 'lost', since: 0 }, isMissing: false }, at(0))
    expect(freshness).toMatchObject({ ageMs: undefined, isStale: false, oldSince: undefined })
  })
})
