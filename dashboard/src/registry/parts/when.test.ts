import { expect, it } from 'vitest'
import { localTimes, whenWords } from './when.ts'

const now = Date.parse('2026-11-30T12:00:00Z')
const ago = (ms: number) => whenWords(now - ms, now)

it('says an age while it is easy to grasp, then a date, then its year', () => {
  expect(ago(90_000)).toBe('90 s ago')
  expect(ago(-5000)).toBe('0 s ago')
  expect(ago(47 * 3600_000)).toBe('47 h ago')
  expect(ago(5 * 86_400_000)).toBe(localTimes.dayAndMinute(now - 5 * 86_400_000))
  expect(ago(800 * 86_400_000)).toMatch(/ 2024$/)
})
