import { describe, expect, it } from 'vitest'
import { occupancyAt } from '../../test/occupancy.ts'
import { newerOf } from './occupancy.ts'

describe('newerOf', () => {
  it('takes a higher seq', () => {
    const next = occupancyAt(8)
    expect(newerOf(occupancyAt(7), next)).toBe(next)
  })

  it('drops a lower seq that arrived late', () => {
    const shown = occupancyAt(8)
    expect(newerOf(shown, occupancyAt(7, { atMs: 9000 }))).toBe(shown)
  })

  it('takes a heartbeat: the same seq at a later time', () => {
    const beat = occupancyAt(8, { atMs: 2000 })
    expect(newerOf(occupancyAt(8), beat)).toBe(beat)
    expect(newerOf(beat, occupancyAt(8, { atMs: 1000 }))).toBe(beat)
  })

  it('starts again from a reset, however low its seq', () => {
    const reset = occupancyAt(1, { reset: true })
    expect(newerOf(occupancyAt(8), reset)).toBe(reset)
  })
})
