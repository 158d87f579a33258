import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Deadlines, type Timed } from './deadlines.ts'

interface Named extends Timed<Named> {
  readonly name: string
}

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }))
afterEach(() => vi.useRealTimers())

test('each is told late when its own time is up, in the order in which they began, and once', () => {
  const late: string[] = []
  const deadlines = new Deadlines<Named>(100, ({ name }) => late.push(name))
  const begin = (name: string) => {
    const one: Named = { name, startedAt: performance.now(), before: undefined, after: undefined }
    deadlines.add(one)
    return one
  }
  begin('a')
  vi.advanceTimersByTime(40)
  const b = begin('b')
  begin('c')
  vi.advanceTimersByTime(59)
  expect(late).toEqual([])
  vi.advanceTimersByTime(2)
  expect(late).toEqual(['a'])
  deadlines.remove(b)
  vi.advanceTimersByTime(41)
  expect(late).toEqual(['a', 'c'])
  // When all are gone it waits for nobody, and begins anew with the next.
  expect(vi.getTimerCount()).toBe(0)
  begin('d')
  vi.advanceTimersByTime(99)
  expect(late).toEqual(['a', 'c'])
  vi.advanceTimersByTime(2)
  expect(late).toEqual(['a', 'c', 'd'])
})
