import { describe, expect, it } from 'vitest'
import { RepeatGuard } from './repeat-guard.ts'

describe('RepeatGuard', () => {
  it('lets a code through once within 2 s, another one at once', () => {
    const guard = new RepeatGuard()
    expect(guard.isNew('a', 0)).toBe(true)
    expect(guard.isNew('a', 1999)).toBe(false)
    expect(guard.isNew('b', 2000)).toBe(true)
    expect(guard.isNew('a', 3999)).toBe(true)
  })

  it('scans two tickets once each that lie before the camera together', () => {
    const guard = new RepeatGuard()
    const seen = Array.from({ length: 100 }, (_, index) => guard.isNew(index % 2 ? 'a' : 'b', index * 50))
    expect(seen.filter(Boolean)).toHaveLength(2)
  })

  it('does not scan a ticket again that stays before the camera', () => {
    const guard = new RepeatGuard()
    const seen = Array.from({ length: 100 }, (_, index) => guard.isNew('a', index * 100))
    expect(seen.filter(Boolean)).toHaveLength(1)
    expect(guard.isNew('a', 9900 + 2000)).toBe(true)
  })
})
