import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { closedLoop } from './closed-loop.ts'
import { median, medianRatio, percentile } from './percentile.ts'

test('so many requests are under way at once, never more, and each that was sent is counted', async () => {
  let now = 0
  let most = 0
  let sent = 0
  const load = await closedLoop({
    inFlight: 7,
    seconds: 0.1,
    async send() {
      sent++
      most = Math.max(most, ++now)
      await sleep(5)
      now--
    },
  })
  expect(most).toBe(7)
  expect(now).toBe(0)
  expect(load.answered).toBe(sent)
  expect(load.p50Ms).toBeLessThanOrEqual(load.p95Ms)
})

test('a request that fails ends the run: no rate is shown of errors', async () => {
  const send = () => Promise.reject(new Error('503'))
  await expect(closedLoop({ inFlight: 2, seconds: 0.1, send })).rejects.toThrow('503')
})

test.each([
  [50, 50],
  [95, 95],
  [99, 99],
  [100, 100],
])('of the numbers from 1 to 100 the percentile %d is %d', (percent, value) => {
  const numbers = Array.from({ length: 100 }, (_, index) => index + 1)
  expect(percentile(numbers, percent)).toBe(value)
})

test('the median of three runs is the one in the middle', () => {
  expect(median([30, 10, 20])).toBe(20)
})

test('a ratio compares runs of the same round: a round in which everything was slow changes nothing', () => {
  expect(medianRatio([20, 2, 22], [10, 1, 11])).toBe(2)
})
