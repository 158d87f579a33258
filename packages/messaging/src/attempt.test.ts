import { expect, test } from 'vitest'
import { defaultPolicy, retryDelayMs } from './attempt.ts'

test('the pauses between attempts grow to a minute and together outlast an ordinary restart', () => {
  const pauses = Array.from({ length: defaultPolicy.maximum - 1 }, (_, index) =>
    retryDelayMs(index + 1, () => 1),
  )
  expect(pauses).toEqual([100, 300, 900, 2700, 8100, 24_300, 60_000, 60_000, 60_000])
})

test('chance takes up to half of a pause', () => {
  expect(retryDelayMs(2, () => 0)).toBe(150)
  expect(retryDelayMs(2, () => 0.5)).toBe(225)
})
