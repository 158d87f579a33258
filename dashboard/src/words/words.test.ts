import { describe, expect, it } from 'vitest'
import { formatCount, formatRate, formatShare } from './numbers.ts'
import { eventTimes, formatAge } from './times.ts'

describe('numbers', () => {
  it('groups thousands', () => {
    expect(formatCount(47_013)).toBe('47,013')
    expect(formatRate(1063.6)).toBe('1,064 / min')
  })

  it('does not call 99.7 % full, nor 80 % less', () => {
    expect(formatShare(0.997)).toBe('99 %')
    expect(formatShare(0.8)).toBe('80 %')
    expect(formatShare(0.29)).toBe('29 %')
  })
})

describe('times', () => {
  const at = Date.parse('2026-11-22T17:30:05Z')

  it("are those of the event's time zone", () => {
    const times = eventTimes('Europe/Berlin')
    expect(times.minute(at)).toBe('18:30')
    expect(times.second(at)).toBe('18:30:05')
    expect(times.zoneName(at)).toBe('CET')
    expect(eventTimes('America/New_York').minute(at)).toBe('12:30')
  })

  it('are UTC, and say so, when the time zone is unknown', () => {
    const times = eventTimes('Mars/Olympus')
    expect(times.minute(at)).toBe('17:30')
    expect(times.zoneName(at)).toBe('UTC')
  })

  it('names ages as people do', () => {
    expect([900, 14_200, 119_999, 180_000, 7_200_000].map(formatAge)).toEqual([
      '0 s',
      '14 s',
      '119 s',
      '3 min',
      '2 h',
    ])
  })
})
