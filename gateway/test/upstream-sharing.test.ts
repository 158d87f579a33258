import type { ServerResponse } from 'node:http'
import { afterEach, describe, expect, test } from 'vitest'
import { endAll } from './http1-calls.ts'
import {
  ask,
  type FetchParts,
  fetchOf,
  type GraphServer,
  graphServer,
  outcome,
  reach,
  start,
  until,
  viewer,
  viewerSecret,
  wayTo,
} from './upstream-fetches.ts'

afterEach(endAll)

/** A subgraph that answers when the test says so. */
async function patient(now?: () => number) {
  const waiting: ServerResponse[] = []
  let broken = 0
  const server: GraphServer = await graphServer((response) => {
    waiting.push(response)
    response.on('close', () => {
      if (!response.writableFinished) broken += 1
    })
  })
  const { way, stats } = reach(server.url, {
    isDeduplicated: undefined,
    viewerSecret,
    now,
    upstream: { headers: [{ propagate: { matching: '.' } }] },
  })
  return {
    way,
    server,
    stats,
    /** Requests whose connection was closed before they were answered. */
    broken: () => broken,
    async answer(count: number, text = '{"data":{"a":{"b":1}}}') {
      await until(() => waiting.length >= count)
      for (const response of waiting.splice(0)) response.end(text)
    },
  }
}

describe('identical queries on their way', () => {
  test('are one request, and each has an answer of its own to write into', async () => {
    const { way, server, stats, answer } = await patient()
    const asked = [1, 2, 3].map((number) => ask(way, { context: { viewer, requestId: `r${number}` } }))
    await answer(1)
    const [first, second, third] = await Promise.all(asked)
    expect([server.asked.length, stats()?.shared]).toEqual([1, 2])
    if (first?.data) first.data.a = 'changed'
    expect(second?.data).toEqual({ a: { b: 1 } })
    expect(third?.data?.a).not.toBe(second?.data?.a)
  })

  test('may differ in what follows a request or a trace, and in nothing else that is sent', async () => {
    const { way, server, answer } = await patient()
    const parts: FetchParts[] = [
      {},
      { context: { requestId: 'r2', traceparent: `00-${'1'.repeat(32)}-${'2'.repeat(16)}-01` } },
      { context: { headers: { tracestate: 'a=b', 'x-request-id': 'r9' } } },
      // From here on each differs.
      { context: { viewer } },
      { context: { viewer: { ...viewer, id: 'u2' } } },
      { context: { headers: { authorization: 'Bearer x' } } },
      { context: { headers: { 'accept-language': 'de' } } },
      { variables: { b: 1 } },
      { document: '{ b }' },
      { document: 'query A { a }', name: 'A' },
    ]
    const asked = parts.map((one) => ask(way, one))
    await answer(8)
    await Promise.all(asked)
    expect(server.asked.length).toBe(8)
  })

  test('are told apart by every character of long variables', async () => {
    const { way, server, answer } = await patient()
    const text = 'x'.repeat(5_000)
    const other = `${text.slice(0, 100)}y${text.slice(101)}`
    const asked = [text, other, text].map((b) => ask(way, { variables: { b } }))
    await answer(2)
    await Promise.all(asked)
    expect(server.asked.length).toBe(2)
  })

  test('are never mutations', async () => {
    const { way, server, answer } = await patient()
    const asked = [ask(way, { kind: 'mutation' }), ask(way, { kind: 'mutation' })]
    await answer(2)
    await Promise.all(asked)
    expect(server.asked.length).toBe(2)
  })

  test('are no longer joined once a mutation is sent, and once it is answered', async () => {
    const held: ServerResponse[] = []
    const server = await graphServer((response, { body }) => {
      if (body.query?.startsWith('mutation')) response.end('{"data":{"a":1}}')
      else held.push(response)
    })
    const way = wayTo(server.url, { isDeduplicated: true })
    const before = ask(way)
    const change = ask(way, { kind: 'mutation', document: 'mutation { a }' })
    const during = ask(way)
    await change
    const after = ask(way)
    await until(() => held.length === 3)
    for (const response of held) response.end('{"data":{"a":1}}')
    await Promise.all([before, during, after])
    expect(server.asked.length).toBe(4)
  })

  test('are sent anew once the first is answered', async () => {
    const { way, server, answer } = await patient()
    for (let time = 0; time < 2; time += 1) {
      const asked = ask(way)
      await answer(1)
      await asked
    }
    expect(server.asked.length).toBe(2)
  })

  test('go on when one of them is given up, and end on the wire with the last', async () => {
    const { way, server, broken, answer } = await patient()
    const [first, second] = [start(way), start(way)]
    first.call.cancel(new Error('enough'))
    expect(await outcome(first.answer)).toBe('enough')
    await answer(1)
    expect(await outcome(second.answer)).toBe('{"a":{"b":1}}')
    expect([server.asked.length, first.ends(), second.ends()]).toEqual([1, 1, 1])

    const alone = [start(way), start(way)]
    await until(() => server.asked.length === 2)
    for (const { call } of alone) call.cancel(new Error('enough'))
    await until(() => broken() === 1)
    const anew = start(way)
    await until(() => server.asked.length === 3)
    await answer(2)
    expect(await outcome(anew.answer)).toBe('{"a":{"b":1}}')
    expect(alone.map(({ ends }) => ends())).toEqual([1, 1])
  })

  test('join none that has been on its way for a second: one that hangs fails nobody but those it has', async () => {
    let nowMs = 0
    const { way, server, answer } = await patient(() => nowMs)
    const asked = [ask(way)]
    nowMs = 999
    asked.push(ask(way))
    nowMs = 1_000
    asked.push(ask(way), ask(way))
    await answer(2)
    await Promise.all(asked)
    expect(server.asked.length).toBe(2)
    // The older one has landed, and has taken no newer one along.
    nowMs = 1_001
    const last = ask(way)
    await answer(1)
    await last
    expect(server.asked.length).toBe(3)
  })

  test('share a failure too', async () => {
    const { way, server, answer } = await patient()
    const asked = [outcome(ask(way)), outcome(ask(way))]
    await answer(1, '[]')
    expect(await Promise.all(asked)).toEqual(Array(2).fill('not a GraphQL response (HTTP 200)'))
    expect(server.asked.length).toBe(1)
  })

  test('are sent each where de-duplication is off', async () => {
    const server = await graphServer((response) => response.end('{"data":{"a":1}}'))
    const way = wayTo(server.url, { isDeduplicated: false })
    await Promise.all([ask(way), ask(way)])
    expect(server.asked.length).toBe(2)
  })
})

describe('lean fetches', () => {
  const long = `{ ${'a '.repeat(300)}}`

  /** A subgraph that knows documents by their hash, and forgets them when the test says so. */
  async function knowing() {
    const known = new Set<string>()
    let isRefused = false
    const server = await graphServer((response, { body }) => {
      const id = body.documentId ?? ''
      if (isRefused && body.query !== undefined) return response.end('{"errors":[{"message":"refused"}]}')
      if (body.query !== undefined) known.add(id)
      const isKnown = body.query !== undefined || known.has(id)
      const unknown = { message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }
      response.end(JSON.stringify(isKnown ? { data: { a: 1 } } : { errors: [unknown] }))
    })
    const way = wayTo(server.url, { upstream: { leanFetches: true } })
    const fetch = fetchOf({ document: long, name: 'A', variables: { b: 1 } })
    const refuse = () => {
      isRefused = true
    }
    return { server, known, refuse, ask: () => outcome(start(way, fetch).answer), way }
  }

  const said = ({ asked }: GraphServer) =>
    asked.map(({ body }) =>
      [body.query !== undefined && 'text', body.documentId && 'id'].filter(Boolean).join('+'),
    )

  test('carry the text of a long document once, and then its hash', async () => {
    const { server, ask } = await knowing()
    for (let time = 0; time < 3; time += 1) expect(await ask()).toBe('{"a":1}')
    expect(said(server)).toEqual(['text+id', 'id', 'id'])
    expect(server.asked[2]?.body).toMatchObject({ operationName: 'A', variables: { b: 1 } })
    expect(server.asked.every(({ headers }) => headers['x-headcount-fetch'] === '1')).toBe(true)
  })

  test('carry the text again when the subgraph has forgotten it', async () => {
    const { server, known, ask } = await knowing()
    await ask()
    known.clear()
    expect([await ask(), await ask()]).toEqual(['{"a":1}', '{"a":1}'])
    expect(said(server)).toEqual(['text+id', 'id', 'text+id', 'id'])
  })

  test('of a document that the subgraph has forgotten, and no longer takes, waste no second message', async () => {
    const { server, known, ask, refuse } = await knowing()
    await ask()
    known.clear()
    refuse()
    for (let time = 0; time < 2; time += 1) expect(await ask()).toContain('refused')
    expect(said(server)).toEqual(['text+id', 'id', 'text+id', 'text+id'])
  })

  test('carry the text of a short document, which costs no more', async () => {
    const { server, way } = await knowing()
    for (let time = 0; time < 2; time += 1) await ask(way)
    expect(said(server)).toEqual(['text', 'text'])
    expect(server.asked[0]?.headers['x-headcount-fetch']).toBe('1')
  })

  test('are sent only to subgraphs that know them', async () => {
    const server = await graphServer((response) => response.end('{"data":{"a":1}}'))
    const way = wayTo(server.url)
    for (let time = 0; time < 2; time += 1) await ask(way, { document: long })
    expect(said(server)).toEqual(['text', 'text'])
    expect(server.asked[0]?.headers).not.toHaveProperty('x-headcount-fetch')
  })
})
