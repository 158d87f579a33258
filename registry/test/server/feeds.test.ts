import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { admin, events, gates, sdl, small, startRegistry, type TestRegistry } from './harness.ts'

let test: TestRegistry
beforeAll(async () => {
  test = await startRegistry()
  await test.publish({ name: 'events', sdl: events })
})
afterAll(() => test?.stop())

async function etag(path = '/supergraph') {
  return (await test.call('GET', path)).headers.get('etag') ?? ''
}

async function until(condition: () => boolean) {
  for (let i = 0; i < 500 && !condition(); i += 1) await sleep(10)
  expect(condition()).toBe(true)
}

const waiting = async () => Number(/feeds_waiting (\d+)/.exec(await test.registry.metrics())?.[1])

async function untilWaiting(count: number) {
  for (let i = 0; i < 500 && (await waiting()) !== count; i += 1) await sleep(10)
  expect(await waiting()).toBe(count)
}

describe('a feed', () => {
  it('answers 304 at once to one who has it, and 200 to one who has another', async () => {
    const known = await etag()
    const same = await test.call('GET', '/supergraph', { headers: { 'if-none-match': known } })
    expect(same).toMatchObject({ status: 304, text: '' })
    expect(same.headers.get('etag')).toBe(known)
    expect(same.headers.get('cache-control')).toBe('no-cache')
    const weak = await test.call('GET', '/supergraph', { headers: { 'if-none-match': `"x", W/${known}` } })
    expect(weak.status).toBe(304)
    const other = await test.call('GET', '/supergraph?waitMs=60000', { headers: { 'if-none-match': '"x"' } })
    expect(other.status).toBe(200)
  })

  it('waits as long as it is asked to, then answers 304', async () => {
    const start = performance.now()
    const headers = { 'if-none-match': await etag() }
    expect((await test.call('GET', '/supergraph?waitMs=300', { headers })).status).toBe(304)
    expect(performance.now() - start).toBeGreaterThan(290)
    expect((await test.call('GET', '/supergraph?waitMs=60001', { headers })).status).toBe(400)
    expect((await test.call('GET', '/supergraph?waitMs=-1', { headers })).status).toBe(400)
  })

  it('gives a publish to everybody who waits, in less than two seconds, in other processes too', async () => {
    const other = await startRegistry({ testDatabase: test.testDatabase })
    try {
      const headers = { 'if-none-match': await etag() }
      const polls = [test, test, other].map(async (one) => {
        const answer = await one.call('GET', '/supergraph?waitMs=30000', { headers })
        return { answer, at: performance.now() }
      })
      await untilWaiting(2)
      await sleep(100)
      const start = performance.now()
      await test.publish({ name: 'gates', sdl: gates })
      for (const { answer, at } of await Promise.all(polls)) {
        expect(answer.status).toBe(200)
        expect(answer.text).toContain('inside: Int!')
        expect(at - start).toBeLessThan(2_000)
      }
    } finally {
      await other.stop()
    }
  })

  it('tells nobody of a version that does not compose', async () => {
    const headers = { 'if-none-match': await etag() }
    const poll = test.call('GET', '/supergraph?waitMs=1000', { headers })
    await untilWaiting(1)
    expect((await test.publish({ name: 'gates', sdl: 'type Query { a: }' })).status).toBe(422)
    expect((await poll).status).toBe(304)
  })

  it('lets 2,000 wait for the price of a timer each', async () => {
    const headers = { 'if-none-match': await etag() }
    const polls = Array.from({ length: 2_000 }, () =>
      test.call('GET', '/supergraph?waitMs=30000', { headers }),
    )
    await untilWaiting(2_000)
    const cpu = process.cpuUsage()
    await sleep(500)
    const { user, system } = process.cpuUsage(cpu)
    expect((user + system) / 1000).toBeLessThan(250)
    await test.publish(small('many'))
    const answers = await Promise.all(polls)
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
  }, 60_000)

  it('forgets who hangs up', async () => {
    const aborted = new AbortController()
    const headers = { 'if-none-match': await etag() }
    const poll = test.call('GET', '/supergraph?waitMs=30000', { headers, signal: aborted.signal })
    await untilWaiting(1)
    aborted.abort()
    await expect(poll).rejects.toThrow()
    await untilWaiting(0)
  })

  it('is taken in the same process without HTTP, every change once, by the same rules', async () => {
    const feed = test.registry.supergraph()
    const { sdl: first } = await feed.first()
    const texts: string[] = []
    const end = feed.watch(({ sdl: text }) => texts.push(text))
    const request = { subgraphs: [{ name: 'near', url: 'http://near.test', sdl: small('near').sdl }] }
    const { version } = await test.registry.publish(request, { ...admin, name: 'platform' })
    expect(version).toMatchObject({ by: 'platform', isLive: true })
    await until(() => texts.length === 1)
    expect(texts[0]).toContain('type Near')
    expect(first).not.toContain('type Near')
    end()
    await test.registry.rollback({ to: version.number - 1 }, admin)
    expect(texts).toHaveLength(1)
    feed.close()
  })

  it('gives what came between the first text and the watching', async () => {
    const feed = test.registry.supergraph()
    await feed.first()
    await test.publish(small('between'))
    const texts: string[] = []
    feed.watch(({ sdl: text }) => texts.push(text))
    await until(() => texts.length === 1)
    feed.close()
  })
})

it('answers those who wait at once when it stops, and asks nobody to wait any more', async () => {
  const short = await startRegistry()
  await short.publish({ name: 'events', sdl: events })
  const { headers } = await short.call('GET', '/supergraph')
  const asks = { headers: { 'if-none-match': headers.get('etag') ?? '' } }
  const poll = short.call('GET', '/supergraph?waitMs=30000', asks)
  await sleep(200)
  const start = performance.now()
  short.registry.drain()
  expect((await poll).status).toBe(304)
  expect((await short.call('GET', '/supergraph?waitMs=30000', asks)).status).toBe(304)
  expect(performance.now() - start).toBeLessThan(1_000)
  await short.stop()
})

it('says at its start that it waits for a database, and begins when there is one', async () => {
  const away = await startRegistry({ database: 'postgres://nobody:x@127.0.0.1:1/none' })
  expect(away.registry.notReady()).toEqual(['The registry has not reached its database yet.'])
  expect(await away.call('GET', '/supergraph')).toMatchObject({
    status: 503,
    json: { error: { code: 'UNAVAILABLE' } },
  })
  expect(await away.call('GET', '/versions')).toMatchObject({
    status: 503,
    json: { error: { code: 'UNAVAILABLE', message: expect.stringContaining('does not reach its database') } },
  })
  await away.stop()
})

it('composes what a schema of another subgraph is tagged with', async () => {
  expect(
    (await test.publish({ name: 'tagged', sdl: sdl('type Query { t: Int @tag(name: "x") }') })).status,
  ).toBe(200)
})
