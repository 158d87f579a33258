import { setTimeout as sleep } from 'node:timers/promises'
import type { UsageReport } from '@headcount/registry-api'
import { pino } from 'pino'
import { expect, test, vi } from 'vitest'
import { ReportSender } from './report-sender.ts'
import { UsageRefused, type UsageSink } from './usage-sink.ts'

const report = (sequence: number): UsageReport => ({
  gateway: 'g',
  sequence,
  from: '2026-11-30T00:00:00.000Z',
  to: '2026-11-30T00:00:10.000Z',
  operations: [],
  counts: [],
  inputs: [],
  uncounted: 0,
})

function world(send: UsageSink['send']) {
  const asked: number[] = []
  const lost: number[] = []
  const lines: { msg: string }[] = []
  const sender = new ReportSender({
    sink: {
      send(one, signal) {
        asked.push(one.sequence)
        return send(one, signal)
      },
    },
    log: pino({}, { write: (line: string) => void lines.push(JSON.parse(line)) }),
    pauses: { firstMs: 5, mostMs: 20 },
    onAnswer: () => {},
    onLost: ({ sequence }) => void lost.push(sequence),
  })
  const add = (sequence: number, bytes = 100) => sender.add({ report: report(sequence), bytes })
  return { sender, add, asked, lost, lines }
}

const taken = { unknown: [] }

test('reports go one after another, and one that was not taken comes again before the next', async () => {
  let failures = 3
  const { sender, add, asked, lines } = world(async () => {
    failures -= 1
    if (failures >= 0) throw new Error('down')
    return taken
  })
  for (const sequence of [1, 2, 3]) add(sequence)
  await vi.waitFor(() => expect(sender.size).toBe(0))
  expect(asked).toEqual([1, 1, 1, 1, 2, 3])
  expect(sender.counts).toEqual({ sent: 3, failed: 3, dropped: 0, refused: 0 })
  // What is wrong is said once, and that it is over.
  expect(lines.map(({ msg }) => msg)).toEqual([
    'a report of usage was not taken',
    'reports of usage are taken again',
  ])
})

test('what the registry never takes is not sent again, and those after it go on', async () => {
  const { sender, add, asked, lost } = world(async ({ sequence }) => {
    if (sequence === 1) throw new UsageRefused('too large')
    return taken
  })
  add(1)
  add(2)
  await vi.waitFor(() => expect(sender.size).toBe(0))
  expect(asked).toEqual([1, 2])
  expect(lost).toEqual([1])
  expect(sender.counts).toEqual({ sent: 1, failed: 0, dropped: 0, refused: 1 })
})

test('while nobody takes them 30 wait, and the oldest is dropped for the newest', async () => {
  let isUp = false
  const { sender, add, asked, lost } = world(async () => {
    if (!isUp) throw new Error('down')
    return taken
  })
  for (let sequence = 1; sequence <= 100; sequence += 1) add(sequence)
  await vi.waitFor(() => expect(sender.counts.failed).toBeGreaterThan(0))
  expect(sender.size).toBe(30)
  isUp = true
  await vi.waitFor(() => expect(sender.size).toBe(0))
  // The first was on its way and may have arrived: it stays.
  expect(lost).toEqual(Array.from({ length: 70 }, (_, index) => index + 2))
  expect(asked.slice(-30)).toEqual([1, ...Array.from({ length: 29 }, (_, index) => index + 72)])
})

test('those that wait are bounded in bytes too, and one that is larger than that is sent all the same', async () => {
  const { sender, add, lost } = world(() => new Promise(() => {}))
  add(1, 3_000_000)
  for (const sequence of [2, 3, 4]) add(sequence, 3_000_000)
  expect(sender.size).toBe(2)
  expect(lost).toEqual([2, 3])
  await sender.close(10)
})

test('the end makes one more attempt for what waits', async () => {
  let isUp = false
  const { sender, add, asked } = world(async () => {
    if (!isUp) throw new Error('down')
    return taken
  })
  add(1)
  await vi.waitFor(() => expect(asked).toEqual([1]))
  isUp = true
  await sender.close(1_000)
  expect(sender.size).toBe(0)
})

test('the end does not wait for a sink that never answers, nor try again after it', async () => {
  const { sender, add, asked, lines } = world(() => new Promise(() => {}))
  add(1)
  add(2)
  const began = performance.now()
  await sender.close(100)
  expect(performance.now() - began).toBeLessThan(1_000)
  await sleep(50)
  expect(asked).toEqual([1])
  expect(lines.map(({ msg }) => msg)).toContain('reports of usage were not sent before the end')
})

test('where the registry is away, the end waits for no pause', async () => {
  const { sender, add, asked } = world(async () => {
    throw new Error('down')
  })
  add(1)
  await sender.close(1_000)
  await sleep(60)
  expect(asked).toEqual([1, 1])
  expect(sender.size).toBe(1)
})
