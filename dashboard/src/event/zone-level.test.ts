import { describe, expect, it } from 'vitest'
import { zoneLevel } from './zone-level.ts'

describe('zoneLevel', () => {
  it.each([
    [0, 'calm', ''],
    [799, 'calm', ''],
    [800, 'filling', 'Filling'],
    [899, 'filling', 'Filling'],
    [900, 'high', 'High'],
    [950, 'critical', 'Critical'],
    [999, 'critical', 'Critical'],
    [1000, 'full', 'Full'],
    [1001, 'over', 'Over'],
  ])('calls %i of 1,000 %s', (inside, level, text) => {
    expect(zoneLevel(inside, 1000)).toEqual({ level, text, share: inside / 1000 })
  })

  it('has no level without a capacity', () => {
    expect(zoneLevel(5000, null)).toEqual({ level: 'unlimited', text: '', share: undefined })
  })
})
