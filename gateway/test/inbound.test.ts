import { afterEach, expect, test, vi } from 'vitest'
import { venueGraph } from './graph.ts'
import { createTokens, type Served, serve } from './support.ts'

let closing: Served[] = []
afterEach(async () => {
  await Promise.all(closing.map((served) => served.close()))
  closing = []
})

async function start(options: Parameters<typeof serve>[2] = {}, inbound = true) {
  const graph = venueGraph()
  const served = await serve(graph.all, 'in-process', {
    deduplication: { inbound, upstream: false },
    ...options,
  })
  closing.push(served)
  return { served, asked: graph.halls.asked }
}

const slow = { query: 'query Slow { slow(ms: 400) }' }
const done = { data: { slow: 'done' } }

/** Sends the same body several times; each is under way before the first is answered. */
const together = (
  served: Served,
  bodies: readonly unknown[],
  headers: readonly Record<string, string>[] = [],
) => Promise.all(bodies.map((body, index) => served.post(body, headers[index])))

test('identical queries that are under way at once are run once, and each has its own request id', async () => {
  const { served, asked } = await start()
  const answers = await together(served, [slow, slow, slow])
  expect(answers.map(({ body }) => body)).toEqual([done, done, done])
  expect(asked).toHaveLength(1)
  expect(new Set(answers.map(({ headers }) => headers.get('x-request-id'))).size).toBe(3)
  expect(await served.gateway.metrics()).toMatch(/shared_requests_total\{result="joined"\} 2/)
})

test('nothing is shared unless the operator wants it, nor after the answer', async () => {
  const off = await start({}, false)
  await together(off.served, [slow, slow])
  expect(off.asked).toHaveLength(2)
  const on = await start()
  await on.served.post(slow)
  await on.served.post(slow)
  expect(on.asked).toHaveLength(2)
})

test('GETs are shared, by hash or text', async () => {
  const { served, asked } = await start()
  const get = () =>
    fetch(`${served.url}?query={slow(ms:400)}`, { headers: { 'apollo-require-preflight': '1' } })
  for (const response of await Promise.all([get(), get()])) expect(await response.json()).toEqual(done)
  expect(asked).toHaveLength(1)
})

test('mutations are not shared', async () => {
  const tokens = await createTokens()
  const { served, asked } = await start({ tokens })
  const headers = { authorization: `Bearer ${await tokens.withScopes('*')}` }
  const touch = { query: 'mutation { touch }' }
  await together(served, [touch, touch], [headers, headers])
  expect(asked).toHaveLength(2)
})

test('another viewer, other variables, another media type or another forwarded header is another query', async () => {
  const tokens = await createTokens()
  const upstream = { headers: [{ propagate: { name: 'x-tenant' } }] }
  const { served, asked } = await start({ tokens, upstream })
  const withVariables = (ms: number) => ({ query: 'query S($ms: Int!) { slow(ms: $ms) }', variables: { ms } })
  const headers = [
    {},
    { authorization: `Bearer ${await tokens.sign({ scope: 'a' })}` },
    { accept: 'application/graphql-response+json' },
    { 'x-tenant': 'one' },
    { 'x-tenant': 'two' },
  ]
  await together(
    served,
    headers.map(() => withVariables(400)),
    headers,
  )
  expect(asked).toHaveLength(5)
  await together(served, [withVariables(400), withVariables(401)])
  expect(asked).toHaveLength(7)
  const others = [{ 'x-other': 'one' }, { 'x-other': 'two' }]
  await together(
    served,
    others.map(() => withVariables(402)),
    others,
  )
  expect(asked).toHaveLength(8)
})

test('ids of requests do not keep queries apart, though a rule hands their header on', async () => {
  const upstream = { headers: [{ propagate: { matching: '^x-' } }] }
  const { served, asked } = await start({ upstream, requestIdHeader: 'X-Mine' })
  await together(served, [slow, slow], [{ 'x-mine': 'one' }, { 'x-mine': 'two' }])
  expect(asked).toHaveLength(1)
})

test('errors are shared too', async () => {
  const { served, asked } = await start()
  const bad = { query: '{ broken slow(ms: 400) }' }
  const [one, two] = await together(served, [bad, bad])
  expect(one?.body.errors?.[0]?.extensions.code).toBe('INTERNAL_SERVER_ERROR')
  expect(two?.body).toEqual(one?.body)
  expect(asked).toHaveLength(1)
})

test('when the first client goes, those who wait with it get their answer', async () => {
  const { served, asked } = await start()
  const leaving = new AbortController()
  const body = JSON.stringify(slow)
  const headers = { 'content-type': 'application/json' }
  const first = fetch(served.url, { method: 'POST', headers, body, signal: leaving.signal })
  first.catch(() => undefined)
  await vi.waitFor(() => expect(asked).toHaveLength(1))
  const second = served.post(slow)
  await new Promise((resolve) => setTimeout(resolve, 100))
  leaving.abort()
  expect((await second).body).toEqual(done)
  expect(asked).toHaveLength(1)
})

test('who joins late has a deadline of its own, and a query that nobody waits for is given up', async () => {
  const { served, asked } = await start({ limits: { requestMs: 700 } })
  const long = { query: '{ slow(ms: 1100) }' }
  const first = served.post(long)
  await vi.waitFor(() => expect(asked).toHaveLength(1))
  await new Promise((resolve) => setTimeout(resolve, 550))
  const second = served.post(long)
  expect((await first).body.errors?.[0]?.extensions.code).toBe('DEADLINE_EXCEEDED')
  expect((await second).body).toEqual(done)
  expect(asked).toHaveLength(1)
  expect((await served.post(long)).status).toBe(504)
  await vi.waitFor(async () => expect((await served.post({ query: '{ open }' })).status).toBe(200))
})

test('where an extension has a say in operations, nothing is shared', async () => {
  const { served, asked } = await start({ extension: { onOperation() {} } })
  await together(served, [slow, slow])
  expect(asked).toHaveLength(2)
  expect(served.log.some(({ msg }) => String(msg).startsWith('deduplication.inbound is off'))).toBe(true)
})
