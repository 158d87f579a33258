import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createLanes } from './lanes.ts'

test('a key runs one at a time and in order, keys side by side up to the limit', async () => {
  const lanes = createLanes({ concurrency: 2 })
  const log: string[] = []
  const running = new Set<string>()
  let most = 0
  const task = (key: string, name: string) =>
    lanes.run(key, async () => {
      expect(running.has(key)).toBe(false)
      running.add(key)
      most = Math.max(most, running.size)
      await sleep(5)
      running.delete(key)
      log.push(name)
    })
  await Promise.all([task('a', 'a1'), task('a', 'a2'), task('a', 'a3'), task('b', 'b1'), task('c', 'c1')])
  expect(log.filter((name) => name.startsWith('a'))).toEqual(['a1', 'a2', 'a3'])
  expect(most).toBe(2)
  // Keys take turns: c does not wait for the whole lane of a.
  expect(log.indexOf('c1')).toBeLessThan(log.indexOf('a3'))
})

test('a task that fails fails alone', async () => {
  const lanes = createLanes({ concurrency: 1 })
  const failed = lanes.run('a', () => Promise.reject(new Error('no')))
  const fine = lanes.run('a', async () => 'fine')
  await expect(failed).rejects.toThrow('no')
  expect(await fine).toBe('fine')
})

test('idle waits for what runs and what waits', async () => {
  const lanes = createLanes({ concurrency: 1 })
  let done = 0
  for (const key of ['a', 'a', 'b']) {
    void lanes.run(key, async () => {
      await sleep(5)
      done++
    })
  }
  await lanes.idle()
  expect(done).toBe(3)
  await lanes.idle()
})
