import { describe, expect, it } from 'vitest'
import { ageMs, isStale } from './staleness.ts'

const AS_OF = '2026-11-22T17:00:00.000Z'
const AT = Date.parse(AS_OF)

describe('the age of a number', () => {
  it("goes by the server's clock", () => {
    expect(ageMs(AS_OF, AT + 90_000 + 2000, 90_000)).toBe(2000)
  })

  it('is never negative', () => {
    expect(ageMs(AS_OF, AT - 50, 0)).toBe(0)
  })

  it('is stale beyond 6 s, not before', () => {
    expect(isStale(6000)).toBe(false)
    expect(isStale(6001)).toBe(true)
  })
})
