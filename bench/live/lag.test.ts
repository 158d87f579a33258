import { expect, test } from 'vitest'
import { Lags, longestOf } from './lag.ts'

/** The bucket that native/lag.c puts a time into. */
function bucketOf(micros: number): number {
  if (micros < 64) return micros
  const shift = Math.floor(Math.log2(micros)) - 6
  return shift * 64 + Math.floor(micros / 2 ** shift)
}

test('a bucket tells the longest time that falls into it, at most 1.6 % longer than any of its times', () => {
  for (const micros of [0, 1, 63, 64, 127, 128, 129, 1000, 65_535, 65_536, 1_000_000, 123_456_789]) {
    const longest = longestOf(bucketOf(micros))
    expect(bucketOf(longest)).toBe(bucketOf(micros))
    expect(bucketOf(longest + 1)).toBe(bucketOf(micros) + 1)
    expect(longest).toBeLessThanOrEqual(micros * (1 + 1 / 64))
  }
})

test('percentiles are those of all that was added, whichever process it came from', () => {
  const lags = new Lags()
  lags.add([
    [bucketOf(90_000), 1],
    [bucketOf(10_000), 50],
  ])
  lags.add([[bucketOf(10_000), 48]])
  lags.add([[bucketOf(400_000), 1]])
  expect(lags.percentileMs(50)).toBeCloseTo(10, 0)
  expect(lags.percentileMs(99) / 90).toBeCloseTo(1, 1)
  expect(lags.percentileMs(100) / 400).toBeCloseTo(1, 1)
  expect(new Lags().percentileMs(50)).toBeNaN()
})
