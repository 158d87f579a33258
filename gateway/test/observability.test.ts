import { createHash } from 'node:crypto'
import { pino } from 'pino'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { venueGraph } from './graph.ts'
import { createTokens, type Served, serve, type Tokens } from './support.ts'

let closing: Served[] = []
afterEach(async () => {
  await Promise.all(closing.map((served) => served.close()))
  closing = []
})

type Options = NonNullable<Parameters<typeof serve>[2]>

async function start(options: Options = {}) {
  const served = await serve(venueGraph().all, 'in-process', options)
  closing.push(served)
  return served
}

const show = { query: 'query Show { show { title hall { name next } } }' }

/** The value of one sample. */
function sample(text: string, name: string): number | undefined {
  const line = text.split('\n').find((candidate) => candidate.startsWith(`${name} `))
  return line === undefined ? undefined : Number(line.slice(name.length))
}

describe('metrics', () => {
  test('each step that ran is timed, and each fetch by its subgraph', async () => {
    const served = await start()
    await served.post(show)
    const text = await served.gateway.metrics()
    for (const stage of ['identify', 'receive', 'findOperation', 'plan', 'execute']) {
      expect(sample(text, `headcount_gateway_stage_seconds_count{stage="${stage}"}`)).toBe(1)
    }
    expect(
      sample(text, 'headcount_gateway_fetch_seconds_count{subgraph="shows",result="answered"}'),
    ).toBeGreaterThanOrEqual(1)
    expect(sample(text, 'headcount_gateway_request_seconds_count')).toBe(1)
    expect(sample(text, 'headcount_gateway_request_seconds_bucket{le="+Inf"}')).toBe(1)
    expect(sample(text, 'headcount_gateway_request_seconds_sum')).toBeGreaterThan(0)
  })

  test('a preflight and the page of GraphiQL are no GraphQL requests', async () => {
    const served = await start({ graphiql: true })
    await fetch(served.url, { method: 'OPTIONS' })
    await (await fetch(served.url, { headers: { accept: 'text/html' } })).text()
    const text = await served.gateway.metrics()
    expect(text).not.toContain('headcount_gateway_requests_total{')
    expect(sample(text, 'headcount_gateway_request_seconds_count')).toBe(0)
  })

  test('one request in sixteen is timed by steps', async () => {
    const served = await start()
    for (let count = 0; count < 17; count += 1) await served.post({ query: '{ open }' })
    const text = await served.gateway.metrics()
    expect(sample(text, 'headcount_gateway_stage_seconds_count{stage="execute"}')).toBe(2)
  })

  test('caches count their hits, misses and entries', async () => {
    const served = await start()
    await served.post(show)
    await served.post(show)
    await served.post({ query: 'query Other { show { title hall { name next } } }' })
    const text = await served.gateway.metrics()
    const counts = (cache: string) =>
      ['hit', 'miss'].map((result) => sample(text, `headcount_gateway_${cache}_total{result="${result}"}`))
    expect(counts('documents')).toEqual([1, 2])
    // Another name is the same operation.
    expect(counts('programs')).toEqual([2, 1])
    expect(counts('plans')).toEqual([0, 1])
    const entries = ['documents', 'plans', 'programs'].map((cache) =>
      sample(text, `headcount_gateway_cache_entries{cache="${cache}"}`),
    )
    expect(entries).toEqual([2, 1, 1])
  })

  test('subgraphs across the network tell how they do', async () => {
    const served = await serve(venueGraph().all, 'network')
    closing.push(served)
    await Promise.all([1, 2].map(() => served.post({ query: '{ slow(ms: 200) }' })))
    const text = await served.gateway.metrics()
    expect(text).toMatch(/headcount_gateway_address_usable\{subgraph="halls",url="http[^"]+"\} 1\n/)
    expect(sample(text, 'headcount_gateway_fetches_shared_total{subgraph="halls"}')).toBe(1)
    expect(text).toMatch(/headcount_gateway_breaker_openings_total\{subgraph="halls",url="[^"]+"\} 0\n/)
  })

  test('where they are off, nothing of it is counted', async () => {
    const served = await start({ observability: { metrics: false } })
    await served.post(show)
    const text = await served.gateway.metrics()
    expect(text).not.toMatch(/headcount_gateway_(?:stage_seconds_count|plans_total|requests_total)\{/)
    expect(sample(text, 'headcount_gateway_request_seconds_count')).toBe(0)
  })
})

describe('the log', () => {
  async function linesOf(options: Options, level: string) {
    const lines: Record<string, unknown>[] = []
    const log = pino({ level }, { write: (line) => void lines.push(JSON.parse(line)) })
    const served = await start({ ...options, log })
    const headers = {
      'apollographql-client-name': 'gate',
      'apollographql-client-version': '1.2',
      'x-request-id': 'r-1',
      authorization: `Bearer ${await options.tokens?.withScopes('*')}`,
    }
    const { headers: answered } = await served.post(show, headers)
    const bytes = Number(answered.get('content-length'))
    return { lines: lines.filter(({ msg }) => msg === 'request'), bytes }
  }

  test('has a line for each request where the operator wants it', async () => {
    const tokens = await createTokens()
    const { lines, bytes } = await linesOf({ tokens, observability: { accessLog: true } }, 'info')
    expect(lines).toEqual([
      expect.objectContaining({
        level: 30,
        requestId: 'r-1',
        method: 'POST',
        status: 200,
        code: 'OK',
        operation: 'Show',
        hash: createHash('sha256').update(show.query).digest('hex'),
        client: 'gate',
        clientVersion: '1.2',
        organizationId: 'org_1',
        plannedFetches: 2,
        bytes,
        milliseconds: expect.any(Number),
      }),
    ])
  })

  test('tells no status where the client has gone before it was told one', async () => {
    const lines: Record<string, unknown>[] = []
    const log = pino({ level: 'info' }, { write: (line) => void lines.push(JSON.parse(line)) })
    const served = await start({ log, observability: { accessLog: true } })
    const signal = AbortSignal.timeout(150)
    const headers = { 'content-type': 'application/json' }
    const body = '{"query":"{ slow(ms: 600) }"}'
    await expect(fetch(served.url, { method: 'POST', headers, body, signal })).rejects.toThrow()
    await vi.waitFor(() => expect(lines).toEqual([expect.objectContaining({ code: 'BAD_REQUEST' })]))
    expect(lines[0]).not.toHaveProperty('status')
  })

  test('has none otherwise, but at level debug', async () => {
    const tokens = await createTokens()
    expect((await linesOf({ tokens }, 'info')).lines).toEqual([])
    expect((await linesOf({ tokens }, 'debug')).lines).toHaveLength(1)
  })
})

describe('plans', () => {
  const wanted = { 'x-headcount-plan': '1' }
  const bearer = async (tokens: Tokens, scope: string) => ({
    ...wanted,
    authorization: `Bearer ${await tokens.withScopes(scope)}`,
  })
  const planHeader = { isEnabled: true, scope: 'plan:read' }

  test('are in the answer for a viewer who may see them and asks', async () => {
    const tokens = await createTokens()
    const served = await start({ tokens, observability: { planHeader } })
    const { body } = await served.post(show, await bearer(tokens, 'plan:*'))
    expect(body).toEqual({
      data: { show: { title: 'Tosca', hall: { name: 'Hall a', next: 'next at a' } } },
      extensions: { plan: expect.objectContaining({ kind: 'sequence' }) },
    })
    const plain = { ...(await bearer(tokens, 'plan:*')), 'x-headcount-plan': '0' }
    expect((await served.post(show, plain)).body).not.toHaveProperty('extensions')
  })

  test('are nobody else’s, and where they are off nobody’s', async () => {
    const tokens = await createTokens()
    const served = await start({ tokens, observability: { planHeader } })
    const off = await start({ tokens })
    for (const answer of [
      await served.post(show, await bearer(tokens, 'event:read')),
      await served.post(show, wanted),
      await off.post(show, await bearer(tokens, '*')),
    ]) {
      expect(answer.body).toEqual({
        data: { show: { title: 'Tosca', hall: { name: 'Hall a', next: 'next at a' } } },
      })
    }
  })
})
