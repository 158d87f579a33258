import { expect, test } from 'vitest'
import { courseOf } from './memory.ts'

const samples = (megabytes: (seconds: number) => number) =>
  Array.from({ length: 121 }, (_, index) => ({ seconds: index * 5, megabytes: megabytes(index * 5) }))

test('memory that grows by 6 MB a minute is said to do so', () => {
  expect(courseOf(samples((seconds) => 100 + seconds / 10)).megabytesPerMinute).toBeCloseTo(6)
})

test('what grows in the first half alone is flat', () => {
  const course = courseOf(samples((seconds) => Math.min(200, 100 + seconds)))
  expect(course.megabytesPerMinute).toBeCloseTo(0)
  expect(course).toMatchObject({ firstMegabytes: 100, mostMegabytes: 200, lastMegabytes: 200 })
})
