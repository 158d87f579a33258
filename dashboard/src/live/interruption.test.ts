import type { Interruption } from '@headcount/live-client'
import { describe, expect, it } from 'vitest'
import { eventTimes } from '../words/times.ts'
import { describeInterruption } from './interruption.ts'

const OFFSET_MS = 90_000
const from = Date.parse('2026-11-22T19:14:05Z') + OFFSET_MS
const interruption: Interruption = { from, to: from + 30_000, outcome: 'continued' }
const seen = { now: interruption.to, offsetMs: OFFSET_MS, times: eventTimes('Europe/Berlin') }

describe('describeInterruption', () => {
  it("says from when to when nothing was seen, by the server's clock and in the event's time zone", () => {
    expect(describeInterruption(interruption, seen)).toBe(
      'No counts from 20:14:05 to 20:14:35; the number is exact again.',
    )
  })

  it('says what became of the counts meanwhile', () => {
    expect(describeInterruption({ ...interruption, outcome: 'unchanged' }, seen)).toContain(
      'nothing changed meanwhile',
    )
    expect(describeInterruption({ ...interruption, outcome: 'reset' }, seen)).toContain('begun anew')
  })

  it('says so for a minute', () => {
    expect(describeInterruption(interruption, { ...seen, now: interruption.to + 60_000 })).toBeDefined()
    expect(describeInterruption(interruption, { ...seen, now: interruption.to + 60_001 })).toBeUndefined()
  })

  it('does not speak of what is no longer than the time between two heartbeats', () => {
    expect(describeInterruption({ ...interruption, to: from + 2900 }, seen)).toBeUndefined()
    expect(describeInterruption(undefined, seen)).toBeUndefined()
  })
})
