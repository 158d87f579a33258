import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { RegistrySource } from '../src/options.ts'
import { openSource } from '../src/supergraph/open-source.ts'
import { venueGraph } from './graph.ts'
import { atEnd, endAll } from './http1-calls.ts'
import { publishing, questions, type RegistryServer, registryServer, soon } from './registry-server.ts'
import { compose, type Served, serve } from './support.ts'

afterEach(endAll)

const pollIntervalMs = 20

/** A source that is a registry, the texts that it told, and what it logged. */
async function open(registry: Pick<RegistryServer, 'url'>, options: Partial<RegistrySource> = {}) {
  const told: string[] = []
  const logged: string[] = []
  const log = pino({ base: null }, { write: (line: string) => logged.push(line) })
  const source = await openSource(
    { registry: { url: registry.url, pollIntervalMs, copyDirectory: 'none', ...options } },
    { log, onNext: ({ sdl }) => told.push(sdl) },
  )
  atEnd(() => source.close())
  return { source, told, logged }
}

describe('a server of a file', () => {
  test('is asked with the token, and with the ETag of what it gave last; what has not changed is not told', async () => {
    const registry = await registryServer(publishing('one', '"1"'))
    const { source, told } = await open(registry, { url: `${registry.url}/graphs/x/`, token: 'secret' })
    expect(source.first).toEqual({ sdl: 'one', version: undefined })
    await questions(registry, 4)
    expect(registry.answered.slice(0, 4)).toEqual([200, 304, 304, 304])
    registry.answer(publishing('two', '"2"'))
    await soon(() => expect(told).toEqual(['two']))
    await questions(registry, 2)
    expect(told).toEqual(['two'])
    const [first, second] = registry.asked
    expect(first).toMatchObject({
      url: '/graphs/x/supergraph',
      headers: { authorization: 'Bearer secret', accept: 'application/graphql, text/plain' },
    })
    expect([first?.headers['if-none-match'], second?.headers['if-none-match']]).toEqual([undefined, '"1"'])
    expect(registry.asked.at(-1)?.headers['if-none-match']).toBe('"2"')
  })

  test('without ETags is asked for the whole each time, and what is the same is not told', async () => {
    const registry = await registryServer((response) => response.end('one'))
    const { told } = await open(registry)
    await questions(registry, 3)
    expect(told).toEqual([])
    expect(registry.asked.every(({ headers }) => headers['if-none-match'] === undefined)).toBe(true)
    registry.answer((response) => response.end('two'))
    await soon(() => expect(told).toEqual(['two']))
  })

  test('that answers at once, though it may wait, is asked no more often than the interval says', async () => {
    const registry = await registryServer(publishing('one', '"1"'))
    await open(registry, { pollIntervalMs: 400 })
    await sleep(1_500)
    expect(registry.asked.length).toBeGreaterThan(3)
    // The start, the first wait, and one each 360 to 440 ms.
    expect(registry.asked.length).toBeLessThanOrEqual(6)
    expect(registry.asked[1]?.url).toBe('/supergraph?waitMs=25000')
  })

  test('is asked at once when something new is announced, however long the interval is', async () => {
    const registry = await registryServer(publishing('one', '"1"'))
    let announced = () => {}
    const onAnnounced = (listener: () => void) => {
      announced = listener
      return () => {}
    }
    const { told } = await open(registry, { waitMs: 0, pollIntervalMs: 86_400_000, onAnnounced })
    await sleep(300)
    expect(registry.asked).toHaveLength(1)
    registry.answer(publishing('two', '"2"'))
    announced()
    announced()
    await soon(() => expect(told).toEqual(['two']))
    await sleep(300)
    expect(registry.asked.length).toBeLessThanOrEqual(3)
  })

  test('is not asked to wait where that is switched off', async () => {
    const registry = await registryServer(publishing('one', '"1"'))
    await open(registry, { waitMs: 0 })
    await questions(registry, 4)
    expect(new Set(registry.asked.map(({ url }) => url))).toEqual(new Set(['/supergraph']))
  })

  test('is asked over one connection', async () => {
    const registry = await registryServer(publishing('one', '"1"'))
    const ports = new Set<number | undefined>()
    registry.answer((response, request) => {
      ports.add(request.socket.remotePort)
      publishing('one', '"1"')(response, request)
    })
    await open(registry)
    await questions(registry, 4)
    expect(ports.size).toBe(1)
  })

  test('that goes down is asked until it is back: told once that it is away, and once that it answers', async () => {
    const registry = await registryServer(publishing('one', '"1"'))
    const { told, logged } = await open(registry)
    await registry.down()
    await soon(() => expect(logged.join()).toContain('the last good one serves'))
    await sleep(10 * pollIntervalMs)
    registry.answer(publishing('two', '"2"'))
    await registry.up()
    await soon(() => expect(told).toEqual(['two']))
    const messages = logged.map((line) => JSON.parse(line).msg)
    expect(messages.filter((message) => message.includes('answers again'))).toHaveLength(1)
    // A connection that breaks under a question, and then each one refused: two reasons at most.
    expect(messages.length).toBeLessThanOrEqual(3)
    expect(logged.join()).toContain(`The registry at ${registry.url}/supergraph gave no supergraph: `)
  })

  test('is asked at intervals that differ, so that many gateways do not ask at once', async () => {
    const registry = await registryServer((response) => response.end('one'))
    const random = vi.spyOn(Math, 'random')
    atEnd(() => random.mockRestore())
    const timers = vi.spyOn(globalThis, 'setTimeout')
    atEnd(() => timers.mockRestore())
    random.mockReturnValueOnce(0).mockReturnValueOnce(0.999)
    await open(registry)
    await questions(registry, 2)
    const waits = timers.mock.calls.map(([, ms]) => ms)
    expect(waits).toContain(pollIntervalMs * 0.9)
    expect(waits.some((ms) => ms !== undefined && ms > pollIntervalMs * 1.09)).toBe(true)
  })

  test('is asked no more once the source is closed, nor waited for', async () => {
    let isBroken = false
    const registry = await registryServer(publishing('one', '"1"'))
    const { source, told, logged } = await open(registry)
    registry.answer((response) => {
      response.on('close', () => {
        isBroken = true
      })
    })
    await questions(registry, 1)
    source.close()
    await soon(() => expect(isBroken).toBe(true))
    const before = registry.asked.length
    await sleep(5 * pollIntervalMs)
    expect([registry.asked.length, told, logged]).toEqual([before, [], []])
  })
})

describe('a gateway over a registry', () => {
  const graph = venueGraph()
  const sdl = compose(graph.all)
  const grown = sdl.replace(
    'open: String! @join__field(graph: HALLS)',
    'open: String! @join__field(graph: HALLS)\n  greeting: String @join__field(graph: HALLS)',
  )
  const start = async (registry: RegistryServer): Promise<Served> => {
    const served = await serve(graph.all, 'in-process', {
      supergraph: { registry: { url: registry.url, pollIntervalMs, copyDirectory: 'none' } },
    })
    atEnd(() => served.close())
    return served
  }
  const knows = async (served: Served, field: string) => {
    const { body } = await served.post({ query: `{ ${field} }` })
    return body.errors?.[0]?.extensions.code !== 'GRAPHQL_VALIDATION_FAILED'
  }
  const until = (check: () => Promise<boolean> | boolean) =>
    soon(async () => expect(await check()).toBe(true), { timeout: 5_000, interval: 50 })

  test('serves what is published, refuses a bad one with its reasons while the last good one serves, also when the registry has gone', async () => {
    const registry = await registryServer(publishing(sdl, '"1"'))
    const served = await start(registry)
    expect(await knows(served, 'greeting')).toBe(false)
    registry.answer(publishing(grown, '"2"'))
    await until(() => knows(served, 'greeting'))
    registry.answer(publishing('type Query { nothing: Int }', '"3"'))
    const refused = () => served.log.filter(({ msg }) => String(msg).includes('was refused'))
    await until(() => refused().length > 0)
    expect(JSON.stringify(refused())).toContain('The supergraph was refused')
    await questions(registry, 3)
    expect(refused()).toHaveLength(1)
    expect(await knows(served, 'greeting')).toBe(true)
    await registry.down()
    await until(() => JSON.stringify(served.log).includes('there is no new supergraph'))
    expect((await served.post({ query: '{ open }' })).body).toEqual({ data: { open: 'open' } })
    registry.answer(publishing(sdl, '"4"'))
    await registry.up()
    await until(async () => !(await knows(served, 'greeting')))
  }, 20_000)

  test('does not start while the registry is down, and says so', async () => {
    const registry = await registryServer(() => {})
    await registry.down()
    await expect(start(registry)).rejects.toThrow(
      `The registry at ${registry.url}/supergraph gave no supergraph: it failed with ECONNREFUSED.`,
    )
  })

  test('does not start with a bad supergraph, and asks no more', async () => {
    const registry = await registryServer(publishing('type Query { a: Int }', '"1"'))
    await expect(start(registry)).rejects.toThrow('The supergraph was refused')
    const before = registry.asked.length
    await sleep(5 * pollIntervalMs)
    expect(registry.asked.length).toBe(before)
  })
})
