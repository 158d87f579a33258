import { afterEach, expect, test, vi } from 'vitest'
import type { Parts } from '../../exchange.ts'
import { createMetrics } from '../../metrics.ts'
import type { EventConnection } from './event-connection.ts'
import { OpenConnections } from './open-connections.ts'

afterEach(() => void vi.useRealTimers())

const turn = () => new Promise((resolve) => setImmediate(resolve))

/** Streams that note when they are looked at. */
function open(count: number) {
  const looked: number[] = []
  const connections = new OpenConnections()
  const traffic = { liveConnections: 0 }
  const parts = { traffic, metrics: createMetrics() } as unknown as Parts
  const all = Array.from({ length: count }, (_, at) => {
    const connection = {
      before: undefined,
      after: undefined,
      bufferedBytes: 3,
      keepAlive: () => looked.push(at) > 0,
    }
    return connection as unknown as EventConnection
  })
  for (const connection of all) connections.add(connection, parts)
  return { connections, all, looked, traffic, parts }
}

test('many comments that are due at once are written over several turns, one a stream', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const { looked } = open(450)
  vi.advanceTimersByTime(4_000)
  expect(looked).toHaveLength(200)
  await turn()
  expect(looked).toHaveLength(400)
  await turn()
  await turn()
  expect(looked).toEqual(Array.from({ length: 450 }, (_, at) => at))
})

test('streams that end while all are looked at leave out nobody else', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const { looked, connections, all, parts } = open(300)
  vi.advanceTimersByTime(4_000)
  for (const connection of all.slice(150, 250)) connections.remove(connection, 'client', parts)
  await turn()
  await turn()
  expect(new Set(looked)).toEqual(new Set([...all.keys()].filter((at) => at < 200 || at >= 250)))
})

test('what waits is the sum of all, and nothing runs when there are none', () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const { connections, all, traffic, parts } = open(4)
  expect([connections.bufferedBytes, traffic.liveConnections, vi.getTimerCount()]).toEqual([12, 4, 1])
  for (const connection of all) connections.remove(connection, 'complete', parts)
  expect([connections.bufferedBytes, traffic.liveConnections, vi.getTimerCount()]).toEqual([0, 0, 0])
})
