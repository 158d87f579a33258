import { expect, test } from 'vitest'
import { sharesOf } from './subscribers.ts'
import { Received, readLine, together } from './taken.ts'
import { runMicros } from './usage.ts'

const line =
  '{"kind":"taken","received":10,"lost":2,"repeated":1,"closed":0,"refused":0,"bytes":6740,"behind":3,"lastMicros":900,"cpuMicros":40,"lags":[[64,9],[200,1]]}'

test('lines of the load are read, and any other is refused and shown', () => {
  expect(readLine('{"kind":"subscribed","micros":1500}')).toEqual({ kind: 'subscribed', micros: 1500 })
  expect(readLine(line)).toMatchObject({
    received: 10,
    lags: [
      [64, 9],
      [200, 1],
    ],
  })
  expect(() => readLine('{"kind":"tired"}')).toThrow('The load wrote what nobody knows: {"kind":"tired"}')
})

test('processes are summed up as if they were one, and what comes later is added', () => {
  const taken = readLine(line)
  if (taken.kind !== 'taken') throw new Error('It is not what it was.')
  const both = together([taken, { ...taken, lost: 5, behind: 0, lastMicros: 1200 }])
  expect(both).toMatchObject({
    received: 20,
    lost: 7,
    repeated: 2,
    behind: 3,
    lastMicros: 1200,
    bytes: 13_480,
  })
  const received = new Received()
  received.add(both)
  received.add({ ...taken, lastMicros: 1100 })
  expect(received).toMatchObject({ received: 30, lost: 9, lastMicros: 1200 })
  // 27 of 30 in the bucket of 64 µs.
  expect(received.lags.percentileMs(90)).toBe(0.064)
  expect(received.lags.percentileMs(91)).toBeGreaterThan(0.064)
})

test('subscribers are dealt to processes evenly, and none is left over', () => {
  expect(sharesOf(50_000, 3)).toEqual([16_666, 16_667, 16_667])
  expect(sharesOf(10, 1)).toEqual([10])
})

test('time on a core is the first number of a schedstat', () => {
  expect(runMicros('1234567890 42 7\n')).toBe(1_234_567.89)
  expect(() => runMicros('')).toThrow('This is no schedstat: ""')
})
