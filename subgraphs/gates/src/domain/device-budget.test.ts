import { expect, test } from 'vitest'
import { createDeviceBudget, type DeviceCall } from './device-budget.ts'

function budgetOf(scansPerMinute: number) {
  const clock = { ms: 1_000_000_000_000 }
  const budget = createDeviceBudget({ scansPerMinute, now: () => new Date(clock.ms) })
  const call = (kind: DeviceCall, id = 'dev_1') => budget.take(kind, { kind: 'device', id })?.retryAfterMs
  /** How many calls go through before one is refused; 1,000 at most. */
  const burst = (kind: DeviceCall, id?: string) => {
    for (let count = 0; count < 1000; count++) if (call(kind, id) !== undefined) return count
    return 1000
  }
  return { clock, budget, call, burst }
}

test('360 scans a minute: 60 at once, then one each 166.7 ms, and after a pause 60 at once again', () => {
  const { clock, call, burst } = budgetOf(360)
  expect(burst('scan')).toBe(60)
  expect(call('scan')).toBe(167)
  clock.ms += 167
  expect([call('scan'), call('scan')]).toEqual([undefined, 167])
  let taken = 0
  for (const end = clock.ms + 60_000; clock.ms <= end; clock.ms += 10)
    if (call('scan') === undefined) taken += 1
  expect(taken).toBe(360)
  clock.ms += 3_600_000
  expect(burst('scan')).toBe(60)
})

test('whoever comes back after what it was told gets through', () => {
  const { clock, call, burst } = budgetOf(7)
  expect(burst('scan')).toBe(7)
  for (let round = 0; round < 20; round++) {
    clock.ms += call('scan') ?? 0
    expect(call('scan')).toBeUndefined()
  }
})

test('each device, and each kind of call, has a budget of its own', () => {
  const { call, burst } = budgetOf(360)
  expect(burst('scan', 'dev_1')).toBe(60)
  expect(burst('upload', 'dev_1')).toBe(60)
  expect(call('upload', 'dev_1')).toBe(1000)
  expect(burst('heartbeat', 'dev_1')).toBe(60)
  expect(burst('scan', 'dev_2')).toBe(60)
})

test('people are not limited, and a budget of 0 limits nobody', () => {
  const { budget } = budgetOf(1)
  for (let n = 0; n < 100; n++) expect(budget.take('scan', { kind: 'user', id: 'usr_1' })).toBeUndefined()
  const { burst } = budgetOf(0)
  expect([burst('scan'), burst('upload'), burst('heartbeat')]).toEqual([1000, 1000, 1000])
})

test('a clock that is set back keeps no device waiting for longer than a minute', () => {
  const { clock, call, burst } = budgetOf(360)
  burst('upload')
  clock.ms -= 3_600_000
  expect(call('upload')).toBeLessThanOrEqual(60_000)
})

test('a device that scans all the time is not forgotten, however many others call once', () => {
  const { call, burst } = budgetOf(360)
  expect(burst('scan', 'busy')).toBe(60)
  for (let n = 0; n < 19_000; n++) call('scan', `dev_${n}`)
  expect(call('scan', 'busy')).toBe(167)
  // So many that called later: only now is it one of those that are let go.
  for (let n = 19_000; n < 21_000; n++) call('scan', `dev_${n}`)
  expect(call('scan', 'busy')).toBeUndefined()
})
