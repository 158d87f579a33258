import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { readSignedViewer, viewerHeader } from '@headcount/access'
import { codeOf } from '@headcount/errors'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { LocalPlacement, SubgraphAnswer } from '../src/options.ts'
import { endAll, serve } from './http1-calls.ts'
import {
  ask,
  deadUrl,
  fetchOf,
  good,
  graphServer,
  json,
  outcome,
  plain,
  start,
  subgraphsOf,
  until,
  viewer,
  viewerSecret,
  wayTo,
} from './upstream-fetches.ts'

afterEach(endAll)

describe('a fetch', () => {
  test('carries its document, name, variables, ids and the signed viewer', async () => {
    const server = await graphServer(good)
    const way = wayTo(server.url, { viewerSecret, requestIdHeader: 'X-Rid' })
    await ask(way, { document: 'query A { a }', name: 'A', variables: { b: 'ü' }, context: { viewer } })
    await ask(way)
    const [first, second] = server.asked
    expect(first?.body).toEqual({ query: 'query A { a }', operationName: 'A', variables: { b: 'ü' } })
    expect(second?.body).toEqual({ query: '{ a }', variables: {} })
    expect(first?.headers).toMatchObject({
      'x-rid': 'r1',
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00',
      'content-type': 'application/json',
      accept: 'application/graphql-response+json, application/json',
    })
    const viewers = server.asked.map(({ headers }) =>
      readSignedViewer(String(headers[viewerHeader]), viewerSecret),
    )
    expect(viewers).toEqual([viewer, 'nobody'])
  })

  test('carries no viewer without a secret to sign it with', async () => {
    const server = await graphServer(good)
    await ask(wayTo(server.url), { context: { viewer } })
    expect(server.asked[0]?.headers).not.toHaveProperty(viewerHeader)
  })

  test('carries what the rules for all and those for its subgraph say, in this order', async () => {
    const server = await graphServer(good)
    const way = wayTo(server.url, {
      upstream: { headers: [{ propagate: { name: 'x-tenant' } }, { set: { name: 'x-from', value: 'all' } }] },
      placements: { one: { url: server.url, headers: [{ set: { name: 'x-from', value: 'one' } }] } },
    })
    await ask(way, { context: { headers: { 'x-tenant': 't', 'x-other': 'o' } } })
    expect(server.asked[0]?.headers).toMatchObject({ 'x-tenant': 't', 'x-from': 'one' })
    expect(server.asked[0]?.headers).not.toHaveProperty('x-other')
  })

  test('that cannot be written fails alone, and nothing is sent', async () => {
    const server = await graphServer(good)
    const way = wayTo(server.url)
    expect(await outcome(ask(way, { context: { requestId: 'a\r\nb' } }))).toMatch('x-request-id')
    const broken = { ...fetchOf(), variables: { text: () => JSON.stringify(1n), object: () => ({}) } }
    expect(await outcome(start(way, broken).answer)).toMatch('BigInt')
    expect(server.asked).toEqual([])
  })

  test('over a kept connection opens no new one after a swap of the supergraph', async () => {
    const server = await graphServer(good)
    const subgraphs = subgraphsOf()
    const before = subgraphs.dispatcher('one', server.url)
    expect(subgraphs.dispatcher('one', server.url)).toBe(before)
    expect(subgraphs.dispatcher('one', deadUrl)).not.toBe(before)
    expect(subgraphs.dispatcher('one', 'urn:nowhere')).toBeUndefined()
    if (before) await ask(before)
    if (before) await ask(before)
    expect(subgraphs.stats()[0]).toMatchObject({
      subgraph: 'one',
      addresses: [{ url: server.url, connections: { opened: 1, reused: 1, idle: 1, busy: 0, waiting: 0 } }],
    })
  })
})

describe('an answer', () => {
  const error = { message: 'm' }
  test.each([
    ['of data alone', { data: { a: 1 } }, 200, { data: { a: 1 }, text: '{"data":{"a":1}}' }],
    ['of errors alone', { errors: [error] }, 200, { errors: [error], text: undefined }],
    ['of both', { data: null, errors: [error] }, 200, { data: null, errors: [error], text: undefined }],
    ['with status 400', { errors: [error] }, 400, { errors: [error] }],
    ['with status 500', { data: { a: 1 }, errors: [error] }, 500, { data: { a: 1 }, errors: [error] }],
    ['whose errors are no list', { data: { a: 1 }, errors: 'x' }, 200, { data: { a: 1 }, errors: undefined }],
    ['whose errors are none', { data: { a: 1 }, errors: [] }, 200, { data: { a: 1 }, errors: undefined }],
    ['with extensions', { data: { a: 1 }, extensions: {} }, 200, { data: { a: 1 }, text: undefined }],
  ])('%s is taken', async (_name, body, status, expected) => {
    const server = await graphServer(json(body, status))
    expect(await ask(wayTo(server.url))).toMatchObject(expected)
  })

  test.each([
    ['a list', '[]'],
    ['a text', '"x"'],
    ['null', 'null'],
    ['nothing', ''],
    ['a page', '<html>'],
    ['an object that says nothing', '{}'],
    ['data that is a list', '{"data":[]}'],
    ['data that is a text', '{"data":"x"}'],
    ['errors that are no list, and no data', '{"errors":{"message":"m"}}'],
    ['errors that are none, and no data', '{"errors":[]}'],
    ['brackets alone', '['.repeat(1_000_000)],
    ['lists in lists', `{"data":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
  ])('of %s is a failed fetch', async (_name, body) => {
    const server = await graphServer(plain(200, body))
    const failed = await ask(wayTo(server.url)).catch((error: unknown) => error)
    expect(codeOf(failed)).toBe('SUBGRAPH_UNAVAILABLE')
    expect(String(failed)).not.toContain('127.0.0.1')
  })
})

describe('a deadline', () => {
  test('ends a fetch, and its connection on the wire', async () => {
    let isClosed = false
    const server = await graphServer((_response, _asked, request) => {
      request.socket.on('close', () => {
        isClosed = true
      })
    })
    const sent = start(wayTo(server.url, { upstream: { timeoutMs: 30 } }))
    expect(await outcome(sent.answer)).toBe('no answer within 30 ms')
    await until(() => isClosed)
    expect([sent.ends(), server.asked.length]).toEqual([1, 1])
  })

  test('is each fetch’s own, whatever others do', async () => {
    const held: ServerResponse[] = []
    const server = await graphServer((response, { body }) => {
      if (body.query === '{ quick }') response.end('{"data":{"a":1}}')
      else held.push(response)
    })
    const way = wayTo(server.url, { upstream: { timeoutMs: 300 } })
    const first = start(way)
    await sleep(150)
    const second = start(way, fetchOf({ document: '{ second }' }))
    expect(await outcome(ask(way, { document: '{ quick }' }))).toBe('{"a":1}')
    expect(await outcome(first.answer)).toBe('no answer within 300 ms')
    expect(second.ends()).toBe(0)
    held[1]?.end('{"data":{"b":1}}')
    expect(await outcome(second.answer)).toBe('{"b":1}')
    expect([first.ends(), second.ends()]).toEqual([1, 1])
  })

  test('is not put off by a fetch that begins when another one’s is over', async () => {
    const server = await graphServer(() => {})
    const way = wayTo(server.url, { upstream: { timeoutMs: 300 } })
    // The next begins in the very callback that tells of the end of the first.
    way(fetchOf(), () => void start(way))
    await sleep(150)
    const startedAt = performance.now()
    const second = outcome(start(way).answer)
    expect(await second).toBe('no answer within 300 ms')
    const tookMs = performance.now() - startedAt
    expect(tookMs).toBeGreaterThanOrEqual(299)
    expect(tookMs).toBeLessThan(430)
  })
})

test('a fetch that is given up ends at once, once, and on the wire', async () => {
  const server = await serve(() => {})
  const sent = start(wayTo(server.url))
  await until(() => server.requests.length === 1)
  sent.call.cancel(new Error('enough'))
  expect(sent.ends()).toBe(1)
  expect(await outcome(sent.answer)).toBe('enough')
  await until(() => server.sockets[0]?.destroyed === true)
  sent.call.cancel(new Error('again'))
  expect(sent.ends()).toBe(1)
})

describe('a subgraph in this process', () => {
  const wayIn = (execute: LocalPlacement['execute'], timeoutMs = 5_000) =>
    wayTo('', { placements: { one: { execute } }, isDeduplicated: true, upstream: { timeoutMs } })

  test('gets the fetch as objects', async () => {
    const execute = vi.fn(async (): Promise<SubgraphAnswer> => ({ data: { a: 1 } }))
    await ask(wayIn(execute), { variables: { b: 1 }, context: { viewer } })
    expect(execute).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ query: '{ a }', variables: { b: 1 }, viewer, requestId: 'r1' }),
    )
  })

  test('that throws, rejects or answers nonsense fails its fetch alone', async () => {
    const thrown: LocalPlacement['execute'] = () => {
      throw new Error('thrown')
    }
    expect(await outcome(ask(wayIn(thrown)))).toBe('thrown')
    expect(await outcome(ask(wayIn(() => Promise.reject(new Error('rejected')))))).toBe('rejected')
    expect(await outcome(ask(wayIn(async () => 'x' as SubgraphAnswer)))).toBe('not a GraphQL response')
    expect(codeOf(await ask(wayIn(thrown)).catch((error: unknown) => error))).toBe('SUBGRAPH_UNAVAILABLE')
  })

  test('is told when its time is over', async () => {
    let signal: AbortSignal | undefined
    const way = wayIn((request) => {
      signal = request.signal
      return new Promise(() => {})
    }, 20)
    expect(await outcome(ask(way))).toBe('no answer within 20 ms')
    expect(signal?.aborted).toBe(true)
  })

  test('is asked twice by two identical fetches, which get objects of their own', async () => {
    const way = wayIn(async () => ({ data: { a: 1 } }))
    const [first, second] = await Promise.all([ask(way), ask(way)])
    expect(first.data).not.toBe(second.data)
  })
})

test('each fetch is measured, with whether it came to an answer', async () => {
  const seen: unknown[] = []
  const observe = (subgraph: string, seconds: number, isAnswered: boolean) =>
    seen.push([subgraph, seconds > 0 && seconds < 5, isAnswered])
  await ask(wayTo((await graphServer(good)).url, { observe }))
  await outcome(ask(wayTo(deadUrl, { observe })))
  expect(seen).toEqual([
    ['one', true, true],
    ['one', true, false],
  ])
})
