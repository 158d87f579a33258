import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { serverAudits } from 'graphql-http'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { badInput, json } from './bad-input.ts'
import { venueGraph } from './graph.ts'
import { type Answer, createTokens, type Served, serve } from './support.ts'

let served: Served
let closed: Served
let token: string

beforeAll(async () => {
  const tokens = await createTokens()
  token = await tokens.withScopes('*')
  const limits = { bodyBytes: 40_000 }
  const corsOrigins = ['https://app.example']
  served = await serve(venueGraph().all, 'in-process', { tokens, limits, corsOrigins, introspection: true })
  closed = await serve(venueGraph().all, 'in-process', { tokens })
})
afterAll(async () => {
  await served.close()
  await closed.close()
})

const modern = 'application/graphql-response+json'

describe('bad input is one clear error, and the process lives', () => {
  test.each(badInput)(
    '$what',
    async ({ method = 'POST', path = '', headers = json, body, status, code, says }) => {
      const response = await fetch(`${served.url}${path}`, {
        method,
        headers: { accept: modern, ...headers },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      })
      const answer = (await response.json()) as Answer
      expect([response.status, answer.errors?.[0]?.extensions.code]).toEqual([status, code])
      expect(answer).not.toHaveProperty('data')
      expect(answer.errors?.length).toBeLessThanOrEqual(5)
      if (says) expect(answer.errors?.[0]?.message).toMatch(says)
      expect(JSON.stringify(answer)).not.toMatch(/node_modules|\.ts:|at \w+ \(/)
      expect((await served.post({ query: '{ open }' })).body).toEqual({ data: { open: 'open' } })
    },
  )

  test('a body that is not UTF-8', async () => {
    const body = Buffer.concat([
      Buffer.from('{"query":"{ open }","operationName":"'),
      Buffer.from([0xff, 0xfe]),
      Buffer.from('"}'),
    ])
    const response = await fetch(served.url, { method: 'POST', headers: json, body })
    expect(response.status).toBe(400)
    expect(((await response.json()) as Answer).errors?.[0]?.message).toBe('The body is not UTF-8.')
  })

  test('a body without a length is cut off while it streams in', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const request = httpRequest(served.url, { method: 'POST', headers: json }, (response) => {
        resolve(response.statusCode)
        request.destroy()
      })
      request.on('error', reject)
      const more = () => !request.destroyed && request.write('x'.repeat(10_000), more)
      more()
    })
    expect(status).toBe(413)
  })

  test('a body that stops half-way is given up', async () => {
    const slow = await serve(venueGraph().all, 'in-process', { limits: { requestMs: 100 } })
    const { hostname, port } = new URL(slow.url)
    const socket = connect(Number(port), hostname)
    socket.write(
      `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"que`,
    )
    const answer = await new Promise<string>((resolve) =>
      socket.once('data', (data) => resolve(String(data))),
    )
    expect(answer).toMatch(/^HTTP\/1\.1 504/)
    socket.destroy()
    await slow.close()
  })
})

test('with the older media type, a request that was well-formed as HTTP is answered with 200', async () => {
  for (const query of ['{ open ', '{ nothing }']) {
    const { status, headers } = await served.post({ query }, { accept: 'application/json' })
    expect([status, headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8'])
  }
})

test('the audits of GraphQL over HTTP are all satisfied', async () => {
  const audits = serverAudits({ url: served.url, fetchFn: fetch })
  const failed: string[] = []
  for (const audit of audits) {
    const result = await audit.fn()
    if (result.status !== 'ok') failed.push(`${result.status}: ${audit.name}`)
  }
  // By design: a GET that any page could make is refused, whatever it asks for.
  expect(failed.filter((line) => !/ GETs?\b|GET requests/.test(line))).toEqual([])
  expect(failed.every((line) => line.startsWith('notice'))).toBe(true)
  expect(audits.length - failed.length).toBeGreaterThanOrEqual(58)
})

describe('schema secrets', () => {
  test('introspection answers only where it is on', async () => {
    const query = '{ __schema { queryType { name } } }'
    expect((await served.post({ query })).body).toEqual({
      data: { __schema: { queryType: { name: 'Query' } } },
    })
    const { body } = await closed.post({ query }, { accept: modern })
    expect(body.errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED')
  })

  test('suggestions are made only where introspection is on', async () => {
    const queries = ['{ opem }', '{ echo(value: 1, list: [HIGHT]) }']
    for (const query of queries) {
      expect((await served.post({ query })).body.errors?.[0]?.message).toContain('Did you mean')
      expect((await closed.post({ query })).body.errors?.[0]?.message).not.toContain('Did you mean')
    }
    const wrong = { query: 'query Q($l: [Level!]) { echo(value: 1, list: $l) }', variables: { l: ['HIGHT'] } }
    expect((await closed.post(wrong)).body.errors?.[0]?.message).not.toContain('Did you mean')
  })

  test('introspection is answered beside fields that are refused', async () => {
    const { body } = await served.post({ query: '{ __type(name: "Hall") { name } hall(id: "a") { id } }' })
    expect(body.data).toEqual({ __type: { name: 'Hall' }, hall: null })
  })
})

describe('browsers', () => {
  const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }

  test('get GraphiQL where introspection is on, with no address but this one', async () => {
    const response = await fetch(served.url, { headers: browser })
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    const html = await response.text()
    expect(html).toContain('GraphiQL')
    expect(html).not.toMatch(/<(script|link|img)[^>]+(src|href)="(https?:)?\/\//)
    expect((await fetch(closed.url, { headers: browser })).status).toBe(400)
  })

  test('on listed sites may read answers, on others not, and no origin is echoed', async () => {
    const ask = (origin: string) =>
      fetch(served.url, { method: 'POST', headers: { ...json, origin }, body: '{"query":"{ open }"}' })
    expect((await ask('https://app.example')).headers.get('access-control-allow-origin')).toBe(
      'https://app.example',
    )
    for (const origin of [
      'https://evil.example',
      'null',
      'https://app.example.evil.example',
      'http://app.example',
    ]) {
      expect((await ask(origin)).headers.get('access-control-allow-origin')).toBeNull()
    }
  })

  test('ask before they send, and are told yes only for listed sites', async () => {
    const ask = (origin: string) =>
      fetch(served.url, {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'content-type',
        },
      })
    const good = await ask('https://app.example')
    expect([good.status, good.headers.get('access-control-allow-headers')]).toEqual([
      204,
      expect.stringContaining('authorization'),
    ])
    expect((await ask('https://evil.example')).headers.get('access-control-allow-headers')).toBeNull()
  })

  test('query by GET from their own page, or with a header that needs a preflight', async () => {
    for (const headers of [
      { 'sec-fetch-site': 'same-origin' },
      { 'apollo-require-preflight': 'true' },
      { 'content-type': 'application/json' },
      { authorization: `Bearer ${token}` },
    ]) {
      const response = await fetch(`${served.url}?query={open}`, {
        headers: headers as Record<string, string>,
      })
      expect(await response.json()).toEqual({ data: { open: 'open' } })
    }
  })
})

test('more requests than the limit are turned away at once, and those under way finish', async () => {
  const graph = venueGraph()
  const small = await serve(graph.all, 'in-process', { limits: { requestsInProgress: 2 } })
  const slow = [1, 2].map(() => small.post({ query: '{ slow(ms: 300) }' }))
  await vi.waitFor(() => expect(graph.halls.asked).toHaveLength(2))
  const { status, headers, body } = await small.post({ query: '{ open }' })
  expect([status, headers.get('retry-after'), body.errors?.[0]?.extensions.code]).toEqual([
    503,
    '1',
    'OVERLOADED',
  ])
  for (const answer of await Promise.all(slow)) expect(answer.body).toEqual({ data: { slow: 'done' } })
  expect((await small.post({ query: '{ open }' })).status).toBe(200)
  await small.close()
})

test('a gateway that is stopping finishes what it has and takes nothing new', async () => {
  const graph = venueGraph()
  const leaving = await serve(graph.all, 'in-process')
  const last = leaving.post({ query: '{ slow(ms: 300) }' })
  await vi.waitFor(() => expect(graph.halls.asked).toHaveLength(1))
  const drained = leaving.gateway.drain(2_000)
  expect(leaving.gateway.problems()).toEqual(['stopping'])
  const { status, headers } = await leaving.post({ query: '{ open }' })
  expect([status, headers.get('connection')]).toEqual([503, 'close'])
  await drained
  expect((await last).body).toEqual({ data: { slow: 'done' } })
  await leaving.close()
})

describe('what the operator says of browsers', () => {
  let own: Served
  beforeAll(async () => {
    own = await serve(venueGraph().all, 'in-process', {
      corsOrigins: ['https://app.example'],
      cors: { allowsCredentials: true, headers: ['X-Tenant'], maxAgeSeconds: 60 },
      csrf: { requiredHeaders: ['X-Mine'] },
      requestIdHeader: 'X-Trace',
      path: '/api',
      graphiql: true,
    })
  })
  afterAll(() => own.close())
  const origin = 'https://app.example'

  test('is what preflights are told', async () => {
    const { headers } = await fetch(own.url, { method: 'OPTIONS', headers: { origin } })
    const told = (name: string) => headers.get(`access-control-${name}`)
    expect([told('allow-credentials'), told('max-age')]).toEqual(['true', '60'])
    expect(told('allow-headers')?.split(', ')).toEqual(expect.arrayContaining(['x-tenant', 'x-trace']))
    expect(told('expose-headers')).toBe('x-trace, retry-after')
    const other = await fetch(own.url, { method: 'OPTIONS', headers: { origin: 'https://evil.example' } })
    expect(other.headers.get('access-control-allow-credentials')).toBeNull()
  })

  test('credentials are allowed only where it says so', async () => {
    const { headers } = await fetch(served.url, { method: 'OPTIONS', headers: { origin } })
    expect(headers.get('access-control-allow-credentials')).toBeNull()
  })

  test('is which headers let a GET in', async () => {
    const get = async (headers: Record<string, string>) =>
      (await fetch(`${own.url}?query={open}`, { headers })).status
    expect(await get({ 'x-mine': '1' })).toBe(200)
    expect(await get({ 'apollo-require-preflight': '1' })).toBe(400)
  })

  test('is where GraphiQL asks, with introspection off too', async () => {
    const page = await fetch(own.url, { headers: { accept: 'text/html' } })
    expect(await page.text()).toContain('"/api"')
  })
})

describe('attacks', () => {
  const many = (count: number, make: (at: number) => string) =>
    Array.from({ length: count }, (_, at) => make(at))
  const errorOf = async (body: unknown, headers: Record<string, string> = {}) => {
    const startedAt = performance.now()
    const { status, body: answer } = await served.post(body, { accept: modern, ...headers })
    const [error] = answer.errors ?? []
    return { status, ms: performance.now() - startedAt, error, size: JSON.stringify(answer).length }
  }

  test('1,000 aliases are refused in less time than they would take', async () => {
    const { status, error, ms } = await errorOf({
      query: `{ ${many(1_000, (at) => `a${at}: open`).join(' ')} }`,
    })
    expect([status, error?.extensions.code]).toEqual([400, 'OPERATION_TOO_LARGE'])
    expect(ms).toBeLessThan(500)
  })

  test('a long operationName is one short error', async () => {
    const large = await serve(venueGraph().all, 'in-process')
    const operationName = 'x'.repeat(500_000)
    const { status, body } = await large.post({ query: '{ open }', operationName }, { accept: modern })
    expect([status, body.errors?.length]).toEqual([400, 1])
    expect(JSON.stringify(body).length).toBeLessThan(300)
    await large.close()
  })

  test('names of an object’s own parts are names like others', async () => {
    const bodies = [
      '{"query":"{ open }","variables":{"__proto__":{"a":1},"constructor":1}}',
      '{"query":"{ open }","extensions":{"__proto__":{"persistedQuery":{"version":1,"sha256Hash":"x"}}}}',
      '{"query":"{ open }","__proto__":{"query":"{ nothing }"}}',
    ]
    for (const body of bodies) expect((await served.post(body)).body).toEqual({ data: { open: 'open' } })
    expect((await errorOf('{"__proto__":{"query":"{ open }"}}')).error?.message).toContain('no "query"')
    expect((await errorOf({ query: '{ __proto__: open }' })).error?.message).toContain('reserved')
    expect({}).not.toHaveProperty('a')
  })

  test.each(['1e400', '-1e400', '12345678901234567890', '0.5', '2147483648'])(
    'the number %s is no Int',
    async (number) => {
      const body = `{"query":"query Q($v: Int!) { echo(value: $v) }","variables":{"v":${number}}}`
      const { status, error } = await errorOf(body)
      expect([status, error?.extensions.code]).toEqual([400, 'BAD_USER_INPUT'])
    },
  )

  test('an answer never repeats what is long, or what a header brought', async () => {
    const long = 'y'.repeat(9_000)
    for (const body of [
      { query: `{ ${long} }` },
      { query: `query Q($v: Level) { open }`, variables: { v: long } },
      { query: '{ open }', extensions: { persistedQuery: { version: 1, sha256Hash: long } } },
      { documentId: long },
    ]) {
      expect((await errorOf(body)).size).toBeLessThan(1_500)
    }
    const { headers } = await served.post({ query: '{ open }' }, { 'x-request-id': 'a b<script>' })
    expect(headers.get('x-request-id')).toMatch(/^[\w.:-]{1,64}$/)
    const media = await errorOf({ query: '{ open }' }, { accept: `image/${long}` })
    expect([media.status, media.size < 300]).toEqual([406, true])
  })
})

test('what happens is counted', async () => {
  const text = await served.gateway.metrics()
  expect(text).toMatch(/headcount_gateway_requests_total\{code="OK"\} [1-9]/)
  expect(text).toMatch(/headcount_gateway_requests_total\{code="UNAUTHENTICATED"\} 2/)
  expect(text).toMatch(/headcount_gateway_fetch_seconds_count\{subgraph="halls",result="answered"\} [1-9]/)
})
