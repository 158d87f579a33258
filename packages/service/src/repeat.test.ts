import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type RepeatOptions, repeat } from './repeat.ts'

const everyMs = 1000
const failure = 'the work could not be done'

/** A job each of whose runs lasts until `finish` or `fail` is called, and what it logs. */
function setUp(options: Partial<RepeatOptions> = {}) {
  const said: unknown[][] = []
  const log = { warn: (...words: unknown[]) => void said.push(words) }
  const open: PromiseWithResolvers<void>[] = []
  const work = {
    begun: 0,
    finish: () => open.shift()?.resolve(),
    fail: (reason: unknown) => open.shift()?.reject(reason),
  }
  const run = () => {
    work.begun++
    const one = Promise.withResolvers<void>()
    open.push(one)
    return one.promise
  }
  return { work, said, log, job: repeat(run, { everyMs, log, failure, ...options }) }
}

/** Whether the turns of a promise that are due now settle it. */
async function isSettled(promise: unknown): Promise<boolean> {
  let settled = false
  void Promise.resolve(promise).then(() => {
    settled = true
  })
  await vi.advanceTimersByTimeAsync(0)
  return settled
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('a run is made each interval, the first an interval after the start', async () => {
  const { work, job } = setUp()
  job.start()
  await vi.advanceTimersByTimeAsync(everyMs - 1)
  expect(work.begun).toBe(0)
  for (const turn of [1, 2, 3]) {
    await vi.advanceTimersByTimeAsync(turn === 1 ? 1 : everyMs)
    expect(work.begun).toBe(turn)
    work.finish()
  }
})

test('where it is asked for, the first run begins at the start', async () => {
  const { work, job } = setUp({ isFirstAtStart: true })
  job.start()
  expect(work.begun).toBe(1)
  work.finish()
  await vi.advanceTimersByTimeAsync(everyMs)
  expect(work.begun).toBe(2)
})

test('a run that lasts longer than the interval takes up turns: no second beside it, none in a heap after it', async () => {
  const { work, job } = setUp()
  job.start()
  await vi.advanceTimersByTimeAsync(3.5 * everyMs)
  expect(work.begun).toBe(1)
  work.finish()
  await vi.advanceTimersByTimeAsync(everyMs / 2 - 1)
  expect(work.begun).toBe(1)
  await vi.advanceTimersByTimeAsync(1)
  expect(work.begun).toBe(2)
})

test('a run that fails is logged once, in words, and the next is made all the same', async () => {
  const { work, said, job } = setUp()
  job.start()
  await vi.advanceTimersByTimeAsync(everyMs)
  const err = new Error('gone')
  work.fail(err)
  await vi.advanceTimersByTimeAsync(everyMs)
  expect(said).toEqual([[{ err }, failure]])
  expect(work.begun).toBe(2)
})

test('a run that throws before it answers a promise has failed too', async () => {
  const err = new Error('thrown')
  const { said, log } = setUp()
  const thrower = () => {
    throw err
  }
  repeat(thrower, { everyMs, log, failure }).start()
  await vi.advanceTimersByTimeAsync(2 * everyMs)
  expect(said).toEqual([
    [{ err }, failure],
    [{ err }, failure],
  ])
})

test.each([
  ['gone', new Error('gone')],
  ['no error', 'no error'],
])('where it is asked for, a failure is its reason alone: %s', async (reason, thrown) => {
  const { work, said, job } = setUp({ isBrief: true })
  job.start()
  await vi.advanceTimersByTimeAsync(everyMs)
  work.fail(thrown)
  await vi.advanceTimersByTimeAsync(0)
  expect(said).toEqual([[{ reason }, failure]])
})

test('its end waits for the run that is under way, and lets none begin any more', async () => {
  const { work, job } = setUp()
  const stop = job.start()
  await vi.advanceTimersByTimeAsync(everyMs)
  const stopped = stop()
  await vi.advanceTimersByTimeAsync(2 * everyMs)
  expect(await isSettled(stopped)).toBe(false)
  work.finish()
  expect(await isSettled(stopped)).toBe(true)
  await vi.advanceTimersByTimeAsync(2 * everyMs)
  expect(work.begun).toBe(1)
})

test('its end is at once where no run is under way, and good where the last one fails', async () => {
  const idle = setUp()
  expect(await isSettled(idle.job.start()())).toBe(true)
  const failing = setUp({ isFirstAtStart: true })
  const stopped = failing.job.start()()
  failing.work.fail(new Error('gone'))
  await expect(stopped).resolves.toBeUndefined()
  expect(failing.said).toHaveLength(1)
})

test('its timer does not keep the process alive', () => {
  vi.useRealTimers()
  // Node lists the timers that keep it alive, and no others.
  const keeping = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length
  const before = keeping()
  const stop = setUp().job.start()
  expect(keeping()).toBe(before)
  void stop()
})
