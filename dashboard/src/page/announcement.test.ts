import { describe, expect, it } from 'vitest'
import { nextAnnouncement } from './announcement.ts'

const said = (text: string, at: number, isStale = false) => ({ text, at, isStale })

describe('nextAnnouncement', () => {
  it('says the first number at once', () => {
    expect(nextAnnouncement(undefined, said('1', 0)).text).toBe('1')
  })

  it('says a changed number at most every 20 s', () => {
    const last = said('1', 0)
    expect(nextAnnouncement(last, said('2', 19_999))).toBe(last)
    expect(nextAnnouncement(last, said('3', 20_000)).text).toBe('3')
  })

  it('says at once that the number became stale, once, and that it is fresh again', () => {
    const stale = said('1, stale, 6 s old', 1000, true)
    expect(nextAnnouncement(said('1', 0), stale)).toBe(stale)
    expect(nextAnnouncement(stale, said('1, stale, 90 s old', 90_000, true))).toBe(stale)
    expect(nextAnnouncement(stale, said('2', 2000)).text).toBe('2')
  })
})
