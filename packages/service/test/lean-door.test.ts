import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { documentIdOf, signViewer, viewerHeader } from '@headcount/access'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createAsk } from '../src/index.ts'
import { ada, leanHeaders, startSmallService, unmarkedHeaders } from '../testing/small-service.ts'
import { viewerSecret } from '../testing/viewer-secret.ts'

let small: Awaited<ReturnType<typeof startSmallService>>
beforeAll(async () => {
  small = await startSmallService()
})
afterAll(() => small.stop())

const notFound = {
  errors: [{ message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }],
}

async function answerTo(body: unknown, headers?: Record<string, string>) {
  const response = await small.post(body, headers)
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

function codes({ body }: { body: Record<string, unknown> }): unknown {
  return (body['errors'] as { extensions?: { code?: string } }[])?.map(({ extensions }) => extensions?.code)
}

test('a fetch is answered for its signed viewer, as JSON of a known length', async () => {
  const query = 'query ($id: ID!) { me book(id: $id) { title } }'
  const response = await small.post({ query, variables: { id: '7' } })
  const text = await response.text()
  expect(JSON.parse(text)).toEqual({ data: { me: 'usr_ada', book: { title: 'Über Ähren' } } })
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('application/json')
  expect(response.headers.get('content-length')).toBe(String(Buffer.byteLength(text)))
})

test('a text that was answered is known by its hash; one that was refused is not', async () => {
  const query = 'query Known { me }'
  expect(await answerTo({ documentId: documentIdOf(query) })).toEqual({ status: 200, body: notFound })
  await answerTo({ query })
  expect(await answerTo({ documentId: documentIdOf(query) })).toEqual({
    status: 200,
    body: { data: { me: 'usr_ada' } },
  })
  for (const bad of ['{ nothing }', '{ me']) {
    expect(codes(await answerTo({ query: bad, documentId: documentIdOf(bad) }))).toEqual(['BAD_USER_INPUT'])
    expect((await answerTo({ documentId: documentIdOf(bad) })).body).toEqual(notFound)
  }
})

test('a text that comes with a hash is known by it, and refused when it is another', async () => {
  const query = 'query Both { me }'
  const documentId = documentIdOf(query)
  const mismatch = await answerTo({ query: '{ me }', documentId })
  expect(mismatch.status).toBe(400)
  expect(codes(mismatch)).toEqual(['PERSISTED_QUERY_MISMATCH'])
  expect((await answerTo({ documentId })).body).toEqual(notFound)
  expect((await answerTo({ query, documentId })).body).toEqual({ data: { me: 'usr_ada' } })
  // Once it is known the text beside it is not looked at.
  for (const more of [{}, { query: '{ me' }]) {
    expect((await answerTo({ documentId, ...more })).body).toEqual({ data: { me: 'usr_ada' } })
  }
})

test('what is known in the process is known over HTTP', async () => {
  const query = 'query InProcess { me }'
  const viewer = { ...ada, id: 'usr_2' }
  expect(await small.service.execute({ query, viewer, requestId: 'r' })).toEqual({ data: { me: 'usr_2' } })
  expect((await answerTo({ documentId: documentIdOf(query) })).body).toEqual({ data: { me: 'usr_ada' } })
})

test('the operation of a name is run', async () => {
  const query = 'query A { me } query B { book(id: "1") { id } }'
  expect((await answerTo({ query, operationName: 'B' })).body).toEqual({ data: { book: { id: '1' } } })
})

test('a fetch without a good signature goes no further, known document or not', async () => {
  const query = 'query Mine { me }'
  await answerTo({ query })
  const [payload] = leanHeaders()[viewerHeader]?.split('.') ?? []
  const forged = { ...leanHeaders(), [viewerHeader]: `${payload}.${'A'.repeat(43)}` }
  const { [viewerHeader]: _viewer, ...unsigned } = leanHeaders()
  for (const headers of [forged, unsigned]) {
    expect(codes(await answerTo({ query }, headers))).toEqual(['UNAUTHENTICATED'])
    const { body, status } = await answerTo({ documentId: documentIdOf(query) }, headers)
    expect([body['data'], status]).toEqual([undefined, 400])
  }
})

test('only marked JSON takes the lean path', async () => {
  const documentId = documentIdOf('query Unheard { me }')
  for (const headers of [
    unmarkedHeaders(),
    { ...leanHeaders(), 'x-headcount-fetch': '2' },
    { ...leanHeaders(), 'content-type': 'application/x-www-form-urlencoded' },
  ]) {
    const { body } = await answerTo({ documentId }, headers)
    expect(body['errors']).toHaveLength(1)
    expect(body).not.toEqual(notFound)
  }
  expect((await answerTo({ documentId })).body).toEqual(notFound)
})

test('both doors enforce access, and say the same of every error', async () => {
  const nobody = { kind: 'service', id: 'x', organizationId: 'org_a', scopes: [] } as const
  for (const [query, code] of [
    ['{ broken }', 'INTERNAL_SERVER_ERROR'],
    ['{ refused me }', 'BAD_USER_INPUT'],
  ] as const) {
    const lean = await answerTo({ query }, leanHeaders(nobody))
    const { body } = await answerTo({ query }, unmarkedHeaders(nobody))
    const withoutLocations = JSON.parse(
      JSON.stringify(body, (key, value) => (key === 'locations' ? undefined : value)),
    )
    expect(lean).toEqual({ status: 200, body: withoutLocations })
    expect(codes(lean)).toEqual([code])
    expect(JSON.stringify(lean)).not.toContain('the secret inside')
  }
})

test('the signed nobody is nobody, and gets no further than the schema lets them', async () => {
  const headers = {
    ...leanHeaders(),
    [viewerHeader]: signViewer(undefined, viewerSecret),
  }
  const answer = await answerTo({ query: '{ me secret }' }, headers)
  expect(answer.body['data']).toEqual({ me: null, secret: null })
  expect(codes(answer)).toEqual(['UNAUTHENTICATED'])
})

test('a subscription is refused, not run as a query', async () => {
  expect(codes(await answerTo({ query: 'subscription { ticked }' }))).toEqual(['BAD_REQUEST'])
})

test.each([
  ['no JSON', '{"query":'],
  ['a list', '[{"query":"{ me }"}]'],
  ['null', 'null'],
  ['nothing', ''],
  ['neither text nor hash', '{}'],
  ['a query of another type', '{"query":1}'],
  ['variables that are a list', '{"query":"{ me }","variables":[]}'],
  ['an operation name of another type', '{"query":"{ me }","operationName":{}}'],
])('a body that is %s is a BAD_REQUEST', async (_name, body) => {
  const answer = await answerTo(body)
  expect(answer.status).toBe(400)
  expect(codes(answer)).toEqual(['BAD_REQUEST'])
})

test('a body over 10 MB is refused with 413, its length announced or not, and one of 9 MB is read', async () => {
  const bodyOf = (megabytes: number) =>
    JSON.stringify({ query: '{ me }', variables: { x: 'x'.repeat(megabytes * 1_048_576) } })
  const announced = await answerTo(bodyOf(10))
  expect([announced.status, codes(announced)]).toEqual([413, ['PAYLOAD_TOO_LARGE']])
  const chunked = await fetch(small.url, {
    method: 'POST',
    headers: leanHeaders(),
    body: new Blob([bodyOf(10)]).stream(),
    duplex: 'half',
  } as RequestInit)
  expect(chunked.status).toBe(413)
  expect((await answerTo(bodyOf(9))).body).toEqual({ data: { me: 'usr_ada' } })
})

test('a body in several pieces, cut within a letter, is one body', async () => {
  const body = Buffer.from(JSON.stringify({ query: '{ me } # ä' }))
  for (const headers of [leanHeaders(), { ...leanHeaders(), 'content-length': String(body.length) }]) {
    const req = request(small.url, { method: 'POST', headers })
    req.write(body.subarray(0, body.length - 3))
    await new Promise((resolve) => setTimeout(resolve, 20))
    req.end(body.subarray(body.length - 3))
    const [res] = await once(req, 'response')
    let text = ''
    for await (const chunk of res) text += chunk
    expect(JSON.parse(text)).toEqual({ data: { me: 'usr_ada' } })
  }
})

test("a line that a resolver logs carries the client's request id", async () => {
  await answerTo({ query: '{ logged }' }, { ...leanHeaders(), 'x-request-id': 'req-42' })
  expect(small.lines).toContainEqual(expect.objectContaining({ msg: 'a line', requestId: 'req-42' }))
})

test('every door counts its answers, and those with errors', async () => {
  const read = async (name: string) =>
    Number(new RegExp(`^${name}.* (\\d+)$`, 'm').exec(await small.service.metrics())?.[1])
  const counts = async () => [
    await read('headcount_subgraph_request_seconds_count'),
    await read('headcount_subgraph_request_errors_total'),
  ]
  const [answered = 0, failed = 0] = await counts()
  for (const query of ['{ me }', '{ broken }']) {
    await answerTo({ query })
    await answerTo({ query }, unmarkedHeaders())
    await small.service.execute({ query, viewer: ada, requestId: 'r' })
  }
  expect(await counts()).toEqual([answered + 6, failed + 3])
})

test('a question of another service takes the lean path', async () => {
  let mark: unknown
  const server = createServer((req, res) => {
    mark = req.headers['x-headcount-fetch']
    void small.service.handle(req, res)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`
  try {
    const ask = createAsk({ from: 'gates', placements: new Map([['small', { url }]]), viewerSecret })
    const answer = await ask({ service: 'small', organizationId: 'org_a', query: '{ me }' })
    expect([answer, mark]).toEqual([{ me: 'gates' }, '1'])
  } finally {
    server.closeAllConnections()
    server.close()
  }
})

test('a viewer whose token ended is not believed at either door', async () => {
  let now = new Date('2026-06-01T12:00:00Z')
  const other = await startSmallService({ now: () => now })
  const viewer = { ...ada, expiresAtMs: now.getTime() + 1000 }
  const ask = async (headers: Record<string, string>) =>
    codes({ body: (await (await other.post({ query: '{ me }' }, headers)).json()) as never })
  try {
    expect(await ask(leanHeaders(viewer))).toBeUndefined()
    now = new Date(viewer.expiresAtMs + 59_000)
    expect(await ask(leanHeaders(viewer))).toBeUndefined()
    now = new Date(viewer.expiresAtMs + 61_000)
    expect(await ask(leanHeaders(viewer))).toEqual(['UNAUTHENTICATED'])
    expect(await ask(unmarkedHeaders(viewer))).toEqual(['UNAUTHENTICATED'])
  } finally {
    await other.stop()
  }
})
