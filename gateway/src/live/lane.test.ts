import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Delivery } from './delivery.ts'
import { beatMs, Lane, type LaneSource } from './lane.ts'
import type { Subscriber } from './subscriber.ts'

beforeEach(() => {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'clearImmediate', 'performance'],
  })
})
afterEach(() => void vi.useRealTimers())

/** A member that notes when it was given which version. */
interface Member extends Subscriber {
  readonly given: [version: number, atMs: number][]
  isFull: boolean
}

function world(intervalMs: number) {
  const source = {
    version: 0,
    changedIn: 0,
    counted: 0,
    wanted() {},
    give(subscriber: Subscriber) {
      const member = subscriber as Member
      if (member.isFull) return false
      member.given.push([source.version, Math.round(performance.now() - began)])
      member.version = source.version
      return true
    },
    sent(count: number) {
      source.counted += count
    },
  } satisfies LaneSource & Record<string, unknown>
  const lane = new Lane(intervalMs, source, new Delivery())
  const began = performance.now()
  return {
    lane,
    source,
    join(): Member {
      const member = {
        given: [],
        isFull: false,
        version: source.version,
        lastAt: performance.now(),
        index: 0,
      }
      lane.add(member as unknown as Member)
      return member as unknown as Member
    },
    change() {
      source.version += 1
      source.changedIn = source.version
      lane.wake()
    },
    beat() {
      source.version += 1
      lane.wake()
    },
  }
}

test('changes that come faster than the interval are merged into the latest', async () => {
  const { join, change, source } = world(100)
  const member = join()
  await vi.advanceTimersByTimeAsync(1_000)
  for (let count = 0; count < 5; count += 1) change()
  await vi.advanceTimersByTimeAsync(50)
  for (let count = 0; count < 5; count += 1) change()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(member.given.map(([version]) => version)).toEqual([5, 10])
  const [[, first] = [0, 0], [, second] = [0, 0]] = member.given
  expect(second - first).toBeGreaterThanOrEqual(100)
  expect(second - first).toBeLessThan(110)
  expect(source.counted).toBe(2)
})

test('who came a moment ago gets the change when its interval is over, and from then on with the others', async () => {
  const { join, change } = world(100)
  const old = join()
  await vi.advanceTimersByTimeAsync(1_000)
  const young = join()
  await vi.advanceTimersByTimeAsync(10)
  change()
  await vi.advanceTimersByTimeAsync(20)
  expect([old.given.length, young.given.length]).toEqual([1, 0])
  await vi.advanceTimersByTimeAsync(200)
  expect(young.given.map(([version]) => version)).toEqual([1])
  change()
  await vi.advanceTimersByTimeAsync(10)
  expect([old.given.length, young.given.length]).toEqual([2, 2])
})

test('a member that can take nothing gets the latest once it can, and nothing of what came between', async () => {
  const { join, change, lane } = world(0)
  const slow = join()
  const quick = join()
  slow.isFull = true
  for (let count = 0; count < 3; count += 1) {
    change()
    await vi.advanceTimersByTimeAsync(10)
  }
  expect([slow.given.length, quick.given.length]).toEqual([0, 3])
  slow.isFull = false
  lane.drained(slow)
  expect(slow.given.map(([version]) => version)).toEqual([3])
  lane.drained(slow)
  expect(slow.given).toHaveLength(1)
})

test('signs of life are told every two seconds at most, and none where something changed', async () => {
  const { join, beat, change } = world(0)
  const member = join()
  for (let count = 0; count < 40; count += 1) {
    beat()
    await vi.advanceTimersByTimeAsync(500)
  }
  expect(member.given.length).toBeGreaterThanOrEqual(8)
  expect(member.given.length).toBeLessThanOrEqual(10)
  for (const [at, [, now]] of member.given.entries()) {
    const before = member.given[at - 1]?.[1]
    if (before !== undefined) expect(now - before).toBeGreaterThanOrEqual(beatMs - 1)
  }
  const count = member.given.length
  for (let turn = 0; turn < 20; turn += 1) {
    change()
    beat()
    await vi.advanceTimersByTimeAsync(1_000)
  }
  expect(member.given.length - count).toBe(20)
})

test('members that come and go while results are sent: nobody is left out, nobody gets one twice', async () => {
  for (let seed = 1; seed <= 50; seed += 1) {
    const { join, change, lane } = world(0)
    let members = Array.from({ length: 200 }, join)
    let state = seed
    const draw = (end: number) => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
      return (state >>> 8) % end
    }
    change()
    for (let turn = 0; turn < 60; turn += 1) {
      lane.sendSome(1 + draw(8))
      const [gone] = members.splice(draw(members.length), 1)
      if (gone) lane.remove(gone)
      if (draw(3) === 0) members = [...members, join()]
      expect(lane.all().every((member, at) => member.index === at)).toBe(true)
    }
    await vi.advanceTimersByTimeAsync(50)
    change()
    await vi.advanceTimersByTimeAsync(50)
    for (const member of members) {
      expect(member.version).toBe(2)
      expect(new Set(member.given.map(([version]) => version)).size).toBe(member.given.length)
    }
    expect(lane.size).toBe(members.length)
  }
})

test('a lane that all have left holds no timer', async () => {
  const { join, change, lane } = world(1_000)
  const member = join()
  change()
  await vi.advanceTimersByTimeAsync(10)
  change()
  lane.remove(member)
  expect(vi.getTimerCount()).toBe(0)
})
