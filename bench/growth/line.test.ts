import { expect, test } from 'vitest'
import { lineThrough } from './line.ts'

test('points on a line give that line, with none away from it', () => {
  const { start, slope, farthest } = lineThrough([1, 10, 100, 1000].map((x) => [x, 120 + 7 * x]))
  expect(start).toBeCloseTo(120)
  expect(slope).toBeCloseTo(7)
  expect(farthest).toBeCloseTo(0)
})

test('costs that grow with the square are seen to be far from any line', () => {
  expect(lineThrough([1, 10, 100, 1000].map((x) => [x, 120 + x * x])).farthest).toBeGreaterThan(0.5)
})

test('a small cost counts as much as a large one', () => {
  const points: [number, number][] = [
    [1, 100],
    [1000, 10_000],
    [2000, 20_400],
  ]
  // A line that took all distances alike would miss the first by more than its height.
  expect(lineThrough(points).farthest).toBeLessThan(0.03)
})
