import { latencyBucketsMs } from '@headcount/registry-api'
import { afterEach, expect, test, vi } from 'vitest'
import type { GatewayOptions } from '../src/index.ts'
import { venueGraph } from './graph.ts'
import { compose, createTokens, type Served, serve, subgraph } from './support.ts'
import { UsageRegistry } from './usage-registry.ts'

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

async function start(options: Partial<GatewayOptions> & { graph?: Parameters<typeof serve>[0] } = {}) {
  const registry = await new UsageRegistry().listen()
  ends.push(() => registry.close())
  const { graph = venueGraph().all, ...rest } = options
  const tokens = await createTokens()
  const served: Served = await serve(graph, 'in-process', { tokens, usage: registry.options(), ...rest })
  ends.push(() => served.close())
  const token = { authorization: `Bearer ${await tokens.withScopes('')}` }
  return { registry, served, token }
}

const gates = { 'apollographql-client-name': 'gates', 'apollographql-client-version': '1.0' }
const live = { 'graphql-client-name': 'live' }

test('counts what is asked by operation and client, exactly', async () => {
  const { registry, served } = await start()
  const ask = (times: number, query: string, headers = {}) =>
    Promise.all(Array.from({ length: times }, () => served.post({ query }, headers)))
  await Promise.all([
    ask(7, 'query Open { open }', gates),
    ask(5, 'query Open { open }', { ...gates, 'apollographql-client-version': '1.1' }),
    ask(3, 'query Open { open }', live),
    ask(2, 'query Open { open }'),
    ask(4, 'query Broken { broken open }', live),
    ask(6, '{ open }'),
  ])
  await registry.until(() => expect(registry.requests).toBe(27))
  expect(registry.sums).toEqual({
    'Open by gates 1.0': [7, 0],
    'Open by gates 1.1': [5, 0],
    'Open by live ': [3, 0],
    Open: [2, 0],
    'Broken by live ': [4, 4],
    '{\n  open\n}': [6, 0],
  })
  expect(registry.uncounted).toBe(0)
  expect(registry.authorizations[0]).toBe('Bearer hcr_test')
})

test('an operation is told once, with what its text uses; texts that differ in values alone are one', async () => {
  const { registry, served, token } = await start()
  for (const id of ['a', 'b'])
    await served.post({ query: `query Hall { hall(id: "${id}") { name } }` }, token)
  await registry.until(() => expect(registry.requests).toBe(2))
  for (const id of ['c', 'd'])
    await served.post({ query: `query Hall { hall(id: "${id}") { name } }` }, token)
  await registry.until(() => expect(registry.requests).toBe(4))
  const [told, ...others] = registry.reports.flatMap(({ operations }) => operations)
  expect(others).toEqual([])
  expect(told).toEqual({
    id: expect.stringMatching(/^[0-9a-f]{64}$/),
    name: 'Hall',
    kind: 'query',
    text: 'query Hall($value_0: ID!) {\n  hall(id: $value_0) {\n    name\n  }\n}',
    coordinates: ['Query', 'Query.hall', 'Hall', 'Query.hall.id', 'Hall.name'],
    documentId: null,
  })
})

test('what is refused before its operation is known counts nowhere, and as an error after it', async () => {
  const { registry, served, token } = await start()
  const ask = (query: string, headers = {}, variables = {}) => served.post({ query, variables }, headers)
  for (const query of ['{ open', '{ nothing }', 'query A { open } query B { open }']) await ask(query)
  await ask('query Halls { halls { name } }')
  await ask('mutation Rename { rename(id: "a", name: "b") { id } }', token)
  await ask('query Echo($v: Int!) { echo(value: $v) }', {}, { v: 'text' })
  const get = new URLSearchParams({ query: 'mutation Touch { touch }' })
  await (await fetch(`${served.url}?${get}`, { headers: { 'content-type': 'application/json' } })).text()
  await ask('query Open { open }', { authorization: 'Bearer none' })
  await ask('query Last { open }')
  await registry.until(() => expect(registry.requests).toBe(5))
  expect(registry.sums).toEqual({
    Halls: [1, 1],
    Rename: [1, 1],
    Echo: [1, 1],
    Touch: [1, 1],
    Last: [1, 0],
  })
})

test('each operation of a batch counts', async () => {
  const limits = { rootFields: 3 }
  const { registry, served } = await start({ batching: { isEnabled: true }, limits })
  await served.post(
    [{ query: 'query One { open }' }, { query: 'query Two { broken }' }, { query: '{ nothing }' }],
    gates,
  )
  // Too large together: each is refused.
  await served.post(
    ['One', 'Two', 'Three', 'Four'].map((name) => ({ query: `query ${name} { open }` })),
    gates,
  )
  await registry.until(() => expect(registry.requests).toBe(6))
  expect(registry.sums).toEqual({
    'One by gates 1.0': [2, 1],
    'Two by gates 1.0': [2, 2],
    'Three by gates 1.0': [1, 1],
    'Four by gates 1.0': [1, 1],
  })
})

test('everybody who shares an answer counts', async () => {
  const { registry, served } = await start({ deduplication: { inbound: true } })
  const query = 'query Slow { slow(ms: 150) }'
  await Promise.all(
    [gates, live, {}].map((headers) => served.post({ query }, headers as Record<string, string>)),
  )
  await registry.until(() => expect(registry.requests).toBe(3))
  expect(registry.sums).toEqual({ 'Slow by gates 1.0': [1, 0], 'Slow by live ': [1, 0], Slow: [1, 0] })
})

test('latencies are in their buckets', async () => {
  const { registry, served } = await start()
  for (const ms of [0, 120, 120]) await served.post({ query: `query Slow { slow(ms: ${ms}) }` })
  await registry.until(() => expect(registry.requests).toBe(3))
  const rows = registry.reports.flatMap(({ counts }) => counts)
  const sums = [...latencyBucketsMs, Number.POSITIVE_INFINITY].map((_, at) =>
    rows.reduce((sum, { latencies }) => sum + (latencies[at] ?? 0), 0),
  )
  expect(sums).toHaveLength(latencyBucketsMs.length + 1)
  const beyond = latencyBucketsMs.findIndex((bound) => bound > 120)
  expect(sums.slice(beyond).reduce((sum, one) => sum + one)).toBe(2)
})

/** A subgraph with inputs, in as many shapes as values come. */
function bookings(extra = '') {
  return subgraph(
    'bookings',
    `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
    type Query { bookings(filter: Filter, order: [Order!], any: Any): Int ${extra} }
    input Filter { text: String, state: State = OPEN, any: [Filter!], note: Any }
    enum State { OPEN PAID }
    enum Order { ASC DESC }
    scalar Any`,
    { Query: { bookings: () => 1, more: () => 2 } },
  )
}

const search = 'query Search($f: Filter, $o: [Order!]) { bookings(filter: $f, order: $o) }'

test('inputs and enum values that come in variables are told, and what differs in literals', async () => {
  const { registry, served } = await start({ graph: [bookings()] })
  await served.post({ query: search, variables: { f: { text: 'a', any: [{ state: 'PAID' }] }, o: ['ASC'] } })
  await served.post({ query: search, variables: { f: { note: { secretKey: 1 } } } })
  await registry.until(() => expect(registry.requests).toBe(2))
  const told = ['Filter.any', 'Filter.note', 'Filter.state', 'Filter.text', 'Order.ASC', 'State.PAID']
  expect(registry.inputs('Search')).toEqual(told)
  // What was told is not told with each report.
  await served.post({ query: search, variables: { f: { text: 'b', state: 'OPEN' } } })
  await registry.until(() => expect(registry.requests).toBe(3))
  expect(registry.inputs('Search')).toEqual([...told, 'State.OPEN'].sort())
  await served.post({ query: 'query Literals { bookings(filter: { text: "a" }) }' })
  await served.post({ query: 'query Literals { bookings(filter: { state: PAID }) }' })
  await registry.until(() => expect(registry.requests).toBe(5))
  expect(registry.told('Literals')).toBe(1)
  const literals = registry.operations.find(({ name }) => name === 'Literals')
  const all = [...(literals?.coordinates ?? []), ...registry.inputs('Literals')]
  expect(all).toEqual(expect.arrayContaining(['Filter.text', 'Filter.state', 'State.PAID']))
})

test('an input that one request in four has after the first hundred is found, though one in 16 is looked at', async () => {
  const { registry, served } = await start({ graph: [bookings()] })
  for (let count = 0; count < 1_000; count += 1) {
    const isRare = count > 100 && count % 4 === 0
    await served.post({ query: search, variables: { f: isRare ? { state: 'PAID' } : { text: 'a' } } })
  }
  await registry.until(() => expect(registry.requests).toBe(1_000))
  expect(registry.inputs('Search')).toContain('Filter.state')
})

test('no value is in any report, wherever it stood', async () => {
  const { registry, served } = await start({ graph: [bookings()] })
  const secret = 'seKret'
  await served.post(
    {
      query: `# ${secret}
        query Search($f: Filter = { text: "${secret}" }, $g: Any = "${secret}", $unset: String = "${secret}") {
          bookings(filter: $f, any: { ${secret}: "${secret}", list: ["""${secret}"""], x: $unset })
          two: bookings(any: $g, filter: { text: "${secret}", any: [{ note: { ${secret}: ${secret} } }] })
          ... @include(if: true) { three: bookings(filter: { text: $unset, note: "${secret}" }) }
        }`,
      variables: { f: { text: secret, note: { [secret]: secret } }, g: secret },
      extensions: { note: secret },
    },
    { ...gates, cookie: secret, 'x-request-id': secret },
  )
  // Variables that are wrong are looked at by nobody.
  await served.post({ query: search, variables: { f: { [secret]: secret }, o: [secret] } })
  await registry.until(() => expect(registry.requests).toBe(2))
  expect(registry.sums).toEqual({ 'Search by gates 1.0': [1, 0], Search: [1, 1] })
  expect(JSON.stringify(registry.came)).not.toContain(secret)
})

test('under another supergraph operations are told again, with what they use there', async () => {
  const { registry, served } = await start({ graph: [bookings()] })
  const query = 'query Orders { bookings(order: ASC) }'
  await served.post({ query })
  await registry.until(() => expect(registry.told('Orders')).toBe(1))
  await served.gateway.swap(compose([bookings('more: Int')]))
  await served.post({ query })
  await served.post({ query: 'query More { more }' })
  await registry.until(() => expect(registry.told('More')).toBe(1))
  expect(registry.told('Orders')).toBe(2)
  expect(registry.sums).toEqual({ Orders: [2, 0], More: [1, 0] })
})

test('without usage nothing is counted, and with it /metrics tells what became of reports', async () => {
  const off = await start({ usage: undefined })
  expect(await off.served.gateway.metrics()).not.toContain('headcount_gateway_usage')
  const { registry, served } = await start()
  await served.post({ query: '{ open }' })
  await registry.until(() => expect(registry.requests).toBe(1))
  await vi.waitFor(async () => {
    const metrics = await served.gateway.metrics()
    expect(metrics).toMatch(/usage_reports_total\{result="sent"\} 1/)
    expect(metrics).toMatch(/usage_operations 1/)
    expect(metrics).toMatch(/usage_uncounted_total 0/)
  })
})

test('the log names clients by the same headers, and browsers may send them', async () => {
  const { served } = await start({
    observability: { accessLog: true },
    corsOrigins: ['https://app.example'],
    clientHeaders: { name: ['x-app', 'graphql-client-name'] },
  })
  await served.post({ query: '{ open }' }, { 'x-app': 'gates', 'graphql-client-version': '3' })
  expect(served.log.at(-1)).toMatchObject({ client: 'gates', clientVersion: '3' })
  const preflight = await fetch(served.url, { method: 'OPTIONS', headers: { origin: 'https://app.example' } })
  expect(preflight.headers.get('access-control-allow-headers')?.split(', ')).toEqual(
    expect.arrayContaining([
      'x-app',
      'graphql-client-name',
      'graphql-client-version',
      'apollographql-client-version',
    ]),
  )
})
