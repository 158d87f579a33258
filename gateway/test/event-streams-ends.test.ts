import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { part } from './federation/ask.ts'
import { type Served, serve } from './support.ts'

/** A subgraph of this process that answers with what no JSON text can hold. */
const sums = part('sums', 'scalar Sum type Query { sum: Sum }', { Query: { sum: () => 10n } })
let served: Served

beforeAll(async () => {
  served = await serve([sums], 'in-process')
})
afterAll(() => served.close())

function send(method: string, headers: Record<string, string>, body?: unknown): Promise<Response> {
  return fetch(served.url, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    signal: AbortSignal.timeout(5_000),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}

test('a result that cannot be written ends its stream, as an error with its code, and counts as one', async () => {
  const response = await send('POST', { accept: 'text/event-stream' }, { query: '{ sum }' })
  const [, next = '', complete] = (await response.text()).split('event: ')
  expect(JSON.parse(next.replace('next\ndata: ', ''))).toMatchObject({
    errors: [{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
  })
  expect(next).not.toMatch(/BigInt|"data"/)
  expect(complete).toBe('complete\ndata:\n\n')
  await vi.waitFor(async () => {
    const numbers = await served.gateway.metrics()
    expect(numbers).toContain('headcount_gateway_requests_total{code="INTERNAL_SERVER_ERROR"} 1')
    expect(numbers).toContain('headcount_gateway_live_connections{transport="events"} 0')
  })
})

test('in a stream of several operations such a result is answered to its own request, and the stream goes on', async () => {
  const token = await (await send('PUT', { accept: '*/*' })).text()
  const headers = { 'x-graphql-event-stream-token': token }
  const stream = await send('GET', { ...headers, accept: 'text/event-stream' })
  const asked = await send('POST', headers, { query: '{ sum }', extensions: { operationId: 'one' } })
  expect(asked.status).toBe(500)
  expect(await asked.json()).toMatchObject({ errors: [{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }] })
  const next = await send('POST', headers, { query: '{ __typename }', extensions: { operationId: 'two' } })
  expect(next.status).toBe(202)
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  while (!text.includes('complete')) text += (await reader?.read())?.value ?? ''
  expect(text).toBe(
    ':\n\nevent: next\ndata: {"id":"two","payload":{"data":{"__typename":"Query"}}}\n\nevent: complete\ndata: {"id":"two"}\n\n',
  )
  await reader?.cancel()
})
