import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { afterEach, expect, test, vi } from 'vitest'
import type { PublishedSupergraph } from '../src/feeds/feed.ts'
import { registrySupergraph } from '../src/feeds/registry-supergraph.ts'
import type { RegistrySource } from '../src/options.ts'
import { atEnd, endAll } from './http1-calls.ts'
import { type PublishingRegistry, publishingRegistry } from './publishing-registry.ts'
import { type Handle, questions, soon } from './registry-server.ts'

afterEach(endAll)

/** What a gateway would be told, and what it logged. */
async function follow(registry: PublishingRegistry, options: Partial<RegistrySource> = {}) {
  const told: PublishedSupergraph[] = []
  const logged: Record<string, unknown>[] = []
  const log = pino({ base: null }, { write: (line: string) => logged.push(JSON.parse(line)) })
  const source = { url: registry.url, pollIntervalMs: 60_000, copyDirectory: 'none', ...options }
  const feed = registrySupergraph(source, log)
  atEnd(() => feed.close())
  const first = await feed.first()
  feed.watch((next) => void told.push(next))
  return { feed, first, told, logged }
}

async function published(...texts: readonly string[]): Promise<PublishingRegistry> {
  const registry = await publishingRegistry()
  for (const text of texts) registry.publish(text)
  return registry
}

const waits = (registry: PublishingRegistry, count = 1) => soon(() => expect(registry.waiting()).toBe(count))

test('what is published reaches all who wait at once, with its version, and each that follows as well', async () => {
  const registry = await published('one')
  const gateways = await Promise.all([follow(registry), follow(registry), follow(registry)])
  expect(gateways.map(({ first }) => first)).toEqual(Array(3).fill({ sdl: 'one', version: 1 }))
  await waits(registry, 3)
  for (const number of [2, 3, 4]) {
    registry.publish(`text ${number}`)
    const askedAt = performance.now()
    await soon(
      () => {
        for (const { told } of gateways)
          expect(told.at(-1)).toEqual({ sdl: `text ${number}`, version: number })
      },
      { interval: 5 },
    )
    expect(performance.now() - askedAt).toBeLessThan(5_000)
  }
  expect(gateways.map(({ told }) => told.length)).toEqual([3, 3, 3])
})

test('a wait that is over without news is followed by the next at once, and nothing is told', async () => {
  const registry = await published('one')
  const { told, logged } = await follow(registry, { waitMs: 500, pollIntervalMs: 500 })
  await questions(registry, 4)
  const times = registry.asked.slice(1).map(({ atMs }) => atMs)
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0))
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(500)
  expect(Math.min(...gaps)).toBeLessThan(900)
  expect([told, logged]).toEqual([[], []])
})

test('what was published while the registry could not be reached is told as soon as it can', async () => {
  const registry = await published('one')
  const { told, logged, feed } = await follow(registry, { pollIntervalMs: 50 })
  await waits(registry)
  await registry.down()
  registry.publish('two')
  await soon(() => expect(feed.isAnswered).toBe(false))
  await registry.up()
  await soon(() => expect(told).toEqual([{ sdl: 'two', version: 2 }]))
  expect(feed.isAnswered).toBe(true)
  // And it waits again.
  await waits(registry)
  expect(logged.at(-1)?.msg).toBe('the source of the supergraph answers again')
})

test('a registry that is back without news is known to be there at once, not after a wait', async () => {
  const registry = await published('one')
  const { told, feed } = await follow(registry, { pollIntervalMs: 50 })
  await waits(registry)
  await registry.down()
  await soon(() => expect(feed.isAnswered).toBe(false))
  await registry.up()
  await soon(() => expect(feed.isAnswered).toBe(true), { timeout: 3_000 })
  expect(told).toEqual([])
})

test.each<readonly [string, Handle]>([
  ['fails', (response) => response.writeHead(502).end()],
  ['answers a page', (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>')],
  ['answers nothing', (response) => response.writeHead(200, { etag: '"2"' }).end()],
  ['has lost everything', (response) => response.writeHead(404).end()],
  ['redirects', (response) => response.writeHead(302, { location: '/login' }).end()],
  ['breaks off', (response) => response.socket?.destroy()],
  [
    'answers half and breaks off',
    (response) => {
      response.writeHead(200, { etag: '"2"', 'content-length': 100 }).write('half')
      setTimeout(() => response.socket?.destroy(), 10)
    },
  ],
])('while a registry %s nothing is told, and what comes after is', async (...row) => {
  const registry = await published('one')
  const good = registry.handle
  const { feed, told, logged } = await follow(registry, { pollIntervalMs: 50 })
  await waits(registry)
  registry.answer(row[1])
  registry.publish('one')
  await soon(() => expect(feed.isAnswered).toBe(false))
  await questions(registry, 2)
  expect(told).toEqual([])
  expect(logged).toHaveLength(1)
  registry.answer(good)
  registry.publish('two')
  await soon(() => expect(told).toEqual([{ sdl: 'two', version: 3 }]), { timeout: 5_000 })
})

test('a registry that goes back, as one from a backup does, is followed once it has said so twice', async () => {
  const registry = await published('one', 'two', 'three')
  const { told } = await follow(registry, { pollIntervalMs: 200 })
  await waits(registry)
  registry.publish('two', 2)
  await soon(() => expect(told).toEqual([{ sdl: 'two', version: 2 }]))
  expect(registry.answered.filter((status) => status === 200)).toHaveLength(3)
  await waits(registry)
})

test('one process of a registry that is a moment behind the others takes no gateway back', async () => {
  const registry = await published('one', 'two')
  const { told } = await follow(registry, { pollIntervalMs: 200 })
  await waits(registry)
  registry.publish('one', 1)
  await soon(() => expect(registry.answered.filter((status) => status === 200)).toHaveLength(2))
  registry.publish('two', 2)
  await waits(registry)
  registry.publish('three', 3)
  await soon(() => expect(told).toEqual([{ sdl: 'three', version: 3 }]))
})

test('pauses grow while there is no answer, and differ', async () => {
  const registry = await published('one')
  await follow(registry, { pollIntervalMs: 100 })
  await waits(registry)
  const timers = vi.spyOn(globalThis, 'setTimeout')
  atEnd(() => timers.mockRestore())
  await registry.down()
  await sleep(1_800)
  // Of those are the limits of the questions (10 s) and what the pool of connections looks at every now and then.
  const pauses = timers.mock.calls.map(([, ms]) => ms ?? 0).filter((ms) => !Number.isInteger(ms))
  expect(pauses.length).toBeGreaterThanOrEqual(3)
  expect(pauses.length).toBeLessThanOrEqual(8)
  for (const [index, pause] of pauses.entries()) {
    expect(pause).toBeGreaterThanOrEqual(100 * 2 ** index * 0.5)
    expect(pause).toBeLessThanOrEqual(100 * 2 ** index)
  }
})

test('a token that is refused is told with what to look at, and not tried again soon', async () => {
  const registry = await publishingRegistry({ token: 'right' })
  registry.publish('one')
  const { logged } = await follow(registry, { token: 'right', waitMs: 100, pollIntervalMs: 50 })
  registry.answer((response) => response.writeHead(401).end())
  await soon(() => expect(logged).toHaveLength(1))
  const before = registry.asked.length
  await sleep(1_000)
  expect(registry.asked.length).toBe(before)
  expect(JSON.stringify(logged)).toContain('it does not know the token (supergraph.registry.token')
})

test('an answer that stops in its middle is given up, though it came after a long wait', async () => {
  const registry = await published('one')
  const { told, logged } = await follow(registry, { waitMs: 60_000, pollIntervalMs: 50 })
  await waits(registry)
  registry.answer((response) => {
    response.writeHead(200, { etag: '"2"', 'content-length': 100 }).write('half')
  })
  const publishedAt = performance.now()
  registry.publish('one')
  await soon(() => expect(logged).toHaveLength(1), { timeout: 15_000, interval: 100 })
  expect(JSON.stringify(logged)).toContain('it did not answer in time')
  expect(performance.now() - publishedAt).toBeLessThan(13_000)
  expect(told).toEqual([])
}, 20_000)

test('a feed that is closed breaks its question off and asks no more', async () => {
  const registry = await published('one')
  const { feed, told, logged } = await follow(registry)
  await waits(registry)
  feed.close()
  await waits(registry, 0)
  const before = registry.asked.length
  registry.publish('two')
  await sleep(300)
  expect([registry.asked.length, told, logged]).toEqual([before, [], []])
})

test('a contract is asked for where it stands', async () => {
  const registry = await published('whole')
  registry.publishContract('partners', 'part')
  const { first } = await follow(registry, { url: `${registry.contractUrl('partners')}/` })
  expect(first).toEqual({ sdl: 'part', version: 1 })
  expect(registry.asked[0]?.url).toBe('/registry/contracts/partners/supergraph')
})

test('a feed is not watched before it has begun', () => {
  const feed = registrySupergraph(
    { url: 'http://127.0.0.1:9', copyDirectory: 'none' },
    pino({ level: 'silent' }),
  )
  expect(() => feed.watch(() => {})).toThrow('A feed is watched after its first value.')
  feed.close()
})
