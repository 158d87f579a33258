import { inProcessTopics } from '@headcount/live'
import { createClient } from 'graphql-ws'
import { pino } from 'pino'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import type { GatewayExtension, GatewayOptions } from '../src/index.ts'
import { countsGraph } from './counts.ts'
import { venueGraph } from './graph.ts'
import { createTokens, type Served, serve, subgraph } from './support.ts'

let closing: Served[] = []
afterEach(async () => {
  await Promise.all(closing.map((served) => served.close()))
  closing = []
})

async function start(extension: GatewayExtension, options: Partial<GatewayOptions> = {}) {
  const graph = venueGraph()
  const served = await serve(graph.all, 'in-process', { extension, ...options })
  closing.push(served)
  return { served, asked: graph.halls.asked }
}

const open = { query: 'query Open { open }' }

test('the hooks of one request share its context, in the order of its life', async () => {
  const seen: unknown[] = []
  const { served } = await start({
    onRequest({ method, url, headers }, { state, requestId }) {
      state.tenant = headers['x-tenant']
      seen.push(['request', method, url, requestId])
    },
    async onOperation({ name, kind, document, variables, viewer }, { state }) {
      seen.push(['operation', name, kind, document, variables, viewer, state.tenant])
    },
    onAnswer({ status, errors, milliseconds }, { state, requestId }) {
      seen.push(['answer', status, errors, milliseconds > 0, state.tenant, requestId])
    },
  })
  const headers = { 'x-tenant': 'one', 'x-request-id': 'r-1' }
  const { body } = await served.post({ ...open, variables: { a: 1 } }, headers)
  expect(body).toEqual({ data: { open: 'open' } })
  await vi.waitFor(() => expect(seen).toHaveLength(3))
  expect(seen).toEqual([
    ['request', 'POST', '/graphql', 'r-1'],
    ['operation', 'Open', 'query', open.query, { a: 1 }, undefined, 'one'],
    ['answer', 200, 0, true, 'one', 'r-1'],
  ])
})

describe('a hook that throws a refusal', () => {
  const refusal = { code: 'QUOTA', status: 429, message: 'Come back tomorrow.' }
  const answered = { errors: [{ message: refusal.message, extensions: { code: 'QUOTA' } }] }
  test.each<[string, GatewayExtension]>([
    ['onRequest', { onRequest: () => Promise.reject(refusal) }],
    [
      'onOperation',
      {
        onOperation() {
          throw refusal
        },
      },
    ],
  ])('in %s is the answer, and nothing is fetched', async (...row) => {
    const [, extension] = row
    const { served, asked } = await start(extension)
    const { status, body } = await served.post(open)
    expect([status, body]).toEqual([429, answered])
    expect(asked).toHaveLength(0)
    expect(await served.gateway.metrics()).toMatch(/requests_total\{code="QUOTA"\} 1/)
  })

  test('in onOperation refuses one operation of a batch', async () => {
    const onOperation: GatewayExtension['onOperation'] = ({ name }) => {
      if (name === 'Open') throw refusal
    }
    const { served } = await start({ onOperation }, { batching: { isEnabled: true } })
    const { body } = await served.post([open, { query: '{ open }' }])
    expect(body).toEqual([answered, { data: { open: 'open' } }])
  })

  test('over a WebSocket turns the connection away, or the operation', async () => {
    let isClosed = true
    const { served } = await start({
      onRequest({ headers }, { state }) {
        if (isClosed) throw refusal
        state.protocol = headers['sec-websocket-protocol']
      },
      onOperation(_, { state }) {
        if (state.protocol === 'graphql-transport-ws') throw refusal
      },
    })
    const url = served.url.replace('http', 'ws')
    const socket = new WebSocket(url, 'graphql-transport-ws')
    const failed = await new Promise<Error>((resolve) => socket.once('error', resolve))
    expect(failed.message).toContain('429')
    isClosed = false
    const client = createClient({ url, webSocketImpl: WebSocket, retryAttempts: 0 })
    const { value } = await client.iterate(open).next()
    expect(value).toEqual(answered)
    await client.dispose()
  })
})

test('subscriptions are operations too: for onOperation, and for the limit of cost', async () => {
  const topics = inProcessTopics({ log: pino({ level: 'silent' }) })
  const tokens = await createTokens()
  const cost = { maximum: 1, defaultListSize: 10, mode: 'enforce' } as const
  const kinds: string[] = []
  const onOperation: GatewayExtension['onOperation'] = ({ kind }) => {
    kinds.push(kind)
    throw { code: 'QUOTA', status: 429, message: 'Come back tomorrow.' }
  }
  const served = await serve(countsGraph().all, 'in-process', {
    tokens,
    topics,
    limits: { cost },
    extension: { onOperation },
  })
  closing.push(served)
  const client = createClient({
    url: served.url.replace('http', 'ws'),
    webSocketImpl: WebSocket,
    connectionParams: { accessToken: await tokens.withScopes('*') },
    retryAttempts: 0,
  })
  const first = async (selection: string) => {
    const query = `subscription { occupancyChanged(eventId: "e1") { ${selection} } }`
    return client
      .iterate({ query })
      .next()
      .catch((error: unknown) => error)
  }
  expect(JSON.stringify(await first('seq'))).toContain('QUOTA')
  expect(kinds).toEqual(['subscription'])
  expect(JSON.stringify(await first('zones { name }'))).toContain('OPERATION_TOO_LARGE')
  expect(kinds).toHaveLength(1)
  await client.dispose()
  await topics.close()
})

test('what else a hook throws is logged, and the client learns nothing of it', async () => {
  const { served } = await start({
    onOperation() {
      throw new Error('no database at 10.0.0.9')
    },
  })
  const { status, body } = await served.post(open)
  expect([status, body.errors?.[0]?.extensions.code]).toEqual([500, 'INTERNAL_SERVER_ERROR'])
  expect(JSON.stringify(body)).not.toContain('10.0.0.9')
  expect(JSON.stringify(served.log)).toContain('10.0.0.9')
})

test('what onAnswer throws changes nothing', async () => {
  let count = 0
  const { served } = await start({
    onAnswer() {
      count += 1
      if (count === 1) throw new Error('at once')
      return Promise.reject(new Error('later'))
    },
  })
  expect((await served.post(open)).status).toBe(200)
  expect((await served.post(open)).status).toBe(200)
  await vi.waitFor(() => {
    const logged = JSON.stringify(served.log)
    expect([logged.includes('at once'), logged.includes('later')]).toEqual([true, true])
  })
})

test('the extension’s word on policies decides, beside the token’s', async () => {
  const asked: unknown[] = []
  const safes = subgraph(
    'safes',
    `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@policy"])
    type Query { gold: Int @policy(policies: [["gold"]])  silver: Int @policy(policies: [["silver"]])  free: Int }`,
    { Query: { gold: () => 1, silver: () => 2, free: () => 3 } },
  )
  const served = await serve([safes], 'in-process', {
    tokens: await createTokens(),
    extension: {
      async policies({ policies, viewer }, { requestId }) {
        asked.push([policies, viewer, typeof requestId])
        return ['silver']
      },
    },
  })
  closing.push(served)
  const { body } = await served.post({ query: '{ gold silver free }' })
  expect(body.data).toEqual({ gold: null, silver: 2, free: 3 })
  expect(asked).toEqual([[['gold', 'silver'], undefined, 'string']])
  await served.post({ query: '{ free }' })
  expect(asked).toHaveLength(1)
})

test.each<[string, GatewayExtension]>([
  ['onRequest', { onRequest: () => new Promise(() => {}) }],
  ['onOperation', { onOperation: () => new Promise(() => {}) }],
])('an %s that never answers is waited for no longer than a request may take', async (_name, extension) => {
  const { served } = await start(extension, { limits: { requestMs: 150, requestsInProgress: 1 } })
  for (let count = 0; count < 2; count += 1) {
    const { status, body } = await served.post(open)
    expect([status, body.errors?.[0]?.extensions.code]).toEqual([504, 'DEADLINE_EXCEEDED'])
  }
})
