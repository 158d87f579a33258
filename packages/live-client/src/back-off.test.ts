import { describe, expect, it } from 'vitest'
import { backOffMs } from './back-off.ts'

describe('backOffMs', () => {
  it('doubles and ends at 15 s', () => {
    const longest = [0, 1, 2, 3, 10, 1000].map((attempt) => backOffMs(attempt, () => 1))
    expect(longest).toEqual([400, 800, 1600, 3200, 15_000, 15_000])
  })

  it('spreads the attempts over half of the wait', () => {
    expect(backOffMs(3, () => 0)).toBe(1600)
    expect(backOffMs(3, () => 0.5)).toBe(2400)
  })
})
