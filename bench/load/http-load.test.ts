import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AnswerServer, serveAnswers } from '../http/serve-answers.ts'
import { startLoad } from './start-load.ts'
import { hasWrk } from './wrk.ts'

let server: AnswerServer
let url: string
beforeAll(async () => {
  server = serveAnswers((path, body) =>
    path === '/graphql' ? `{"to":${JSON.stringify(`${body}`)}}` : undefined,
  )
  url = await server.listen()
})
afterAll(() => server.close())

const sources = [
  { name: 'sockets', isOwn: true, isThere: true, refusal: '404' },
  { name: 'wrk', isOwn: false, isThere: hasWrk(), refusal: 'requests failed' },
].filter(({ isThere }) => isThere)

test.each(sources)(
  'load by $name counts what was answered, and ends at a request that fails',
  async ({ isOwn, refusal }) => {
    const load = startLoad(isOwn)
    try {
      const run = { url: `${url}/graphql`, body: '{"query":"{ me }"}', connections: 3, seconds: 1 }
      const before = server.counts().requests
      const { answered, p50Ms, p99Ms } = await load.run(run)
      const asked = server.counts().requests - before
      // What was under way at the end may count or not.
      expect(asked - answered).toBeLessThanOrEqual(3)
      expect(answered).toBeGreaterThan(0)
      expect(p50Ms).toBeLessThanOrEqual(p99Ms)
      await expect(load.run({ ...run, url: `${url}/nothing` })).rejects.toThrow(refusal)
    } finally {
      await load.stop()
    }
  },
)

test.each(sources)('load by $name sends a mix by turns, each with its own headers', async ({ isOwn }) => {
  const seen = new Map<string, number>()
  const other = createServer(({ headers }, response) => {
    const key = `${headers['x-who']} ${headers['content-type']} ${headers['content-length']}`
    seen.set(key, (seen.get(key) ?? 0) + 1)
    response.end('{}')
  })
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const load = startLoad(isOwn)
  try {
    const { port } = other.address() as AddressInfo
    const mix = ['a', 'bb', 'ccc'].map((body) => ({ body, headers: { 'x-who': body } }))
    await load.run({ url: `http://127.0.0.1:${port}/`, body: '', mix, connections: 2, seconds: 1 })
    expect([...seen.keys()].sort()).toEqual([
      'a application/json 1',
      'bb application/json 2',
      'ccc application/json 3',
    ])
    const counts = [...seen.values()]
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(3)
  } finally {
    await load.stop()
    other.closeAllConnections()
    other.close()
  }
})

test.each(sources)('load by $name that is stopped in the middle of a run is no run', async ({ isOwn }) => {
  const load = startLoad(isOwn)
  const run = load.run({ url: `${url}/graphql`, body: '1', connections: 1, seconds: 20 })
  const refused = expect(run).rejects.toThrow()
  const before = server.counts().requests
  await expect.poll(() => server.counts().requests, { timeout: 10_000 }).toBeGreaterThan(before)
  const startedAt = performance.now()
  await load.stop()
  await refused
  expect(performance.now() - startedAt).toBeLessThan(10_000)
})

test('our own load ends at an answer that is not the expected one', async () => {
  const load = startLoad(true)
  try {
    const run = { url: `${url}/graphql`, body: '1', connections: 1, seconds: 1 }
    await expect(load.run({ ...run, expected: '{"to":"1"}' })).resolves.toBeDefined()
    await expect(load.run({ ...run, expected: '{"to":"2"}' })).rejects.toThrow('{"to":"1"}')
  } finally {
    await load.stop()
  }
})
