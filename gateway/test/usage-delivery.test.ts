import { setTimeout as sleep } from 'node:timers/promises'
import { reportBounds } from '@headcount/registry-api'
import { afterEach, expect, test } from 'vitest'
import type { GatewayOptions } from '../src/index.ts'
import { venueGraph } from './graph.ts'
import { type Served, serve } from './support.ts'
import { UsageRegistry } from './usage-registry.ts'

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

async function start(options: Partial<GatewayOptions> = {}, intervalMs = 50) {
  const registry = await new UsageRegistry().listen()
  ends.push(() => registry.close())
  const usage = registry.options({ intervalMs })
  const served: Served = await serve(venueGraph().all, 'in-process', { usage, ...options })
  ends.push(() => served.close())
  return { registry, served }
}

const open = { query: 'query Open { open }' }

test('while the registry is away requests go on as they did, and it hears of them later', async () => {
  const { registry, served } = await start()
  registry.how = 'is down'
  for (let count = 0; count < 50; count += 1) {
    expect((await served.post(open)).body).toEqual({ data: { open: 'open' } })
    await sleep(5)
  }
  expect(registry.came).toEqual([])
  registry.how = 'takes'
  await registry.until(() => expect(registry.sums).toEqual({ Open: [50, 0] }))
  expect(registry.uncounted).toBe(0)
  expect(served.log.filter(({ msg }) => msg === 'a report of usage was not taken')).toHaveLength(1)
})

test('a report whose answer is lost comes again as it was, and counts once', async () => {
  const { registry, served } = await start()
  registry.how = 'loses its answers'
  for (let count = 0; count < 20; count += 1) {
    await served.post(open)
    await sleep(10)
  }
  await registry.until(() => expect(registry.came.length).toBeGreaterThan(2))
  registry.how = 'takes'
  await registry.until(() => expect(registry.sums).toEqual({ Open: [20, 0] }))
  const byNumber = Map.groupBy(registry.came, ({ sequence }) => sequence)
  expect(registry.came.length).toBeGreaterThan(byNumber.size)
  for (const same of byNumber.values()) for (const one of same) expect(one).toEqual(same[0])
  expect([...byNumber.keys()]).toEqual(Array.from({ length: byNumber.size }, (_, index) => index + 1))
})

test('what was dropped while it was away for too long is told as uncounted, and its operations again', async () => {
  const { registry, served } = await start()
  registry.how = 'is down'
  for (let count = 0; count < 60; count += 1) {
    await served.post({ query: `query Q${count} { open }` })
    await sleep(70)
  }
  registry.how = 'takes'
  await registry.until(() => expect(registry.requests + registry.uncounted).toBe(60))
  expect(registry.uncounted).toBeGreaterThan(10)
  expect(await served.gateway.metrics()).toMatch(/usage_reports_total\{result="dropped"\} [1-9]/)
  await served.post({ query: 'query Q3 { open }' })
  await registry.until(() => expect(registry.told('Q3')).toBe(1))
}, 20_000)

test('an operation that the registry does not know is told again', async () => {
  const { registry, served } = await start()
  await served.post(open)
  await registry.until(() => expect(registry.told('Open')).toBe(1))
  registry.unknown = registry.operations.map(({ id }) => id)
  await served.post(open)
  await registry.until(() => expect(registry.told('Open')).toBe(2))
  expect(registry.sums).toEqual({ Open: [2, 0] })
})

test('the end sends what is left', async () => {
  const { registry, served } = await start({}, 60_000)
  await served.post(open)
  await served.gateway.close()
  expect(registry.sums).toEqual({ Open: [1, 0] })
})

test('a registry that does not answer holds the end up for two seconds, and no more', async () => {
  const { registry, served } = await start({}, 60_000)
  registry.how = 'hangs'
  await served.post(open)
  const began = performance.now()
  await served.gateway.close()
  expect(performance.now() - began).toBeLessThan(4_000)
})

test('processes are told apart, and where nothing is asked nothing is reported', async () => {
  const registry = await new UsageRegistry().listen()
  ends.push(() => registry.close())
  for (let count = 0; count < 3; count += 1) {
    const served = await serve(venueGraph().all, 'in-process', { usage: registry.options() })
    ends.push(() => served.close())
    await served.post(open)
  }
  await registry.until(() => expect(registry.sums).toEqual({ Open: [3, 0] }))
  expect(new Set(registry.reports.map(({ gateway }) => gateway)).size).toBe(3)
  await sleep(200)
  expect(registry.came).toHaveLength(3)
})

test('thousands of operations and clients of nobody’s making stay within the bounds, and each is counted or told as uncounted', async () => {
  const { registry, served } = await start({ limits: { knownDocuments: 100 } })
  const asked = 3_000
  for (let from = 0; from < asked; from += 50) {
    await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        served.post(
          { query: `query Q${from + index} { open }` },
          { 'graphql-client-name': `c${from + index}` },
        ),
      ),
    )
  }
  await registry.until(() => expect(registry.requests + registry.uncounted).toBe(asked))
  for (const { operations, counts, inputs } of registry.reports) {
    expect(operations.length).toBeLessThanOrEqual(reportBounds.operations)
    expect(counts.length).toBeLessThanOrEqual(reportBounds.counts)
    expect(inputs.length).toBeLessThanOrEqual(reportBounds.inputs)
  }
}, 30_000)
