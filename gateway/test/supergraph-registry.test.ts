import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { openSource } from '../src/supergraph/open-source.ts'
import { createRegistryClient } from '../src/supergraph/registry-client.ts'
import { venueGraph } from './graph.ts'
import { atEnd, endAll } from './http1-calls.ts'
import { type Handle, publishing, questions, type RegistryServer, registryServer } from './registry-server.ts'
import { compose, type Served, serve } from './support.ts'

afterEach(endAll)

const pollIntervalMs = 20

/** A source that is a registry, the texts that it told, and what it logged. */
async function open(registry: RegistryServer, options: { readonly url?: string; token?: string } = {}) {
  const told: string[] = []
  const logged: string[] = []
  const log = pino({ base: null }, { write: (line: string) => logged.push(line) })
  const source = await openSource(
    { registry: { url: registry.url, ...options, pollIntervalMs } },
    { log, onText: (text) => told.push(text) },
  )
  atEnd(() => source.close())
  return { source, told, logged }
}

describe('a registry', () => {
  test('is asked with the token, and with the ETag of what it gave last; what has not changed is not told', async () => {
    const registry = await registryServer(publishing('one', '"1"'))
    const { source, told } = await open(registry, { url: `${registry.url}/graphs/x/`, token: 'secret' })
    expect(source.text).toBe('one')
    await questions(registry, 4)
    expect(registry.answered.slice(0, 4)).toEqual([200, 304, 304, 304])
    registry.answer(publishing('two', '"2"'))
    await vi.waitFor(() => expect(told).toEqual(['two']))
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
    await vi.waitFor(() => expect(told).toEqual(['two']))
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
    await vi.waitFor(() => expect(logged.join()).toContain('the last good one serves'))
    await sleep(10 * pollIntervalMs)
    registry.answer(publishing('two', '"2"'))
    await registry.up()
    await vi.waitFor(() => expect(told).toEqual(['two']))
    const messages = logged.map((line) => JSON.parse(line).msg)
    expect(messages.filter((message) => message.includes('answers again'))).toHaveLength(1)
    // A connection that breaks under a question, and then each one refused: two reasons at most.
    expect(messages.length).toBeLessThanOrEqual(3)
    expect(logged.join()).toContain(`The registry at ${registry.url}/supergraph gave no supergraph: `)
  })

  test('is asked at intervals that differ, so that many gateways do not ask at once', async () => {
    const registry = await registryServer(publishing('one', '"1"'))
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
    await vi.waitFor(() => expect(isBroken).toBe(true))
    const before = registry.asked.length
    await sleep(5 * pollIntervalMs)
    expect([registry.asked.length, told, logged]).toEqual([before, [], []])
  })
})

describe('no supergraph, and the reason said, where a registry', () => {
  const html = { 'content-type': 'text/html; charset=utf-8' }
  const mebibyte = Buffer.alloc(1_048_576, 'x')
  const cases: readonly (readonly [string, Handle, string | RegExp])[] = [
    ['fails', (response) => response.writeHead(503).end('no'), 'it answered HTTP 503'],
    ['knows no gateway', (response) => response.writeHead(401).end('{}'), 'it answered HTTP 401'],
    ['answers 304 to who has nothing', (response) => response.writeHead(304).end(), /HTTP 304/],
    [
      'redirects',
      (response) => response.writeHead(302, { location: '/elsewhere' }).end(),
      'it redirects (HTTP 302, to /elsewhere)',
    ],
    ['answers a page', (response) => response.writeHead(200, html).end('<html>'), /it answered text\/html/],
    [
      'breaks off',
      (response) => {
        response.writeHead(200, { 'content-length': 100 }).write('half')
        setTimeout(() => response.socket?.destroy(), 10)
      },
      /it failed with UND_ERR/,
    ],
    [
      'breaks off in a body of no length',
      (response) => {
        response.write('half')
        setTimeout(() => response.socket?.destroy(), 10)
      },
      /it failed with UND_ERR/,
    ],
    [
      'answers more than any supergraph has',
      (response) => {
        const more = () => {
          while (!response.destroyed && response.write(mebibyte));
          response.once('drain', more)
        }
        more()
      },
      `it answered more than ${64 * 1_048_576} bytes`,
    ],
    ['is silent', () => {}, 'it did not answer in time'],
    [
      'answers a word at a time',
      (response) => {
        const timer = setInterval(() => response.write('word '), 20)
        response.on('close', () => clearInterval(timer))
      },
      'it did not answer in time',
    ],
  ]
  test.each(cases)('%s', async (...row) => {
    const [name, handle, reason] = row
    const isSlow = name === 'is silent' || name === 'answers a word at a time'
    const registry = await registryServer(handle)
    const { url } = registry
    const client = createRegistryClient({ url, token: undefined, ...(isSlow && { deadlineMs: 200 }) })
    const asking = client.supergraph(new AbortController().signal)
    await expect(asking).rejects.toThrow(`The registry at ${url}/supergraph gave no supergraph: `)
    await expect(asking).rejects.toThrow(reason)
    expect(registry.asked.map(({ url: path }) => path)).toEqual(['/supergraph'])
    // After trouble as at any other time the next answer counts.
    registry.answer(publishing('good', '"1"'))
    expect(await client.supergraph(new AbortController().signal)).toBe('good')
  })

  test('has a password in its address: it is not told', async () => {
    const registry = await registryServer((response) => response.writeHead(500).end())
    const url = registry.url.replace('//', '//me:hunter2@')
    const client = createRegistryClient({ url, token: undefined })
    const error = await client.supergraph(new AbortController().signal).catch(String)
    expect(error).toContain('HTTP 500')
    expect(error).not.toContain('hunter2')
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
      supergraph: { registry: { url: registry.url, pollIntervalMs } },
    })
    atEnd(() => served.close())
    return served
  }
  const knows = async (served: Served, field: string) => {
    const { body } = await served.post({ query: `{ ${field} }` })
    return body.errors?.[0]?.extensions.code !== 'GRAPHQL_VALIDATION_FAILED'
  }
  const until = (check: () => Promise<boolean> | boolean) =>
    vi.waitFor(async () => expect(await check()).toBe(true), { timeout: 5_000, interval: 50 })

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
