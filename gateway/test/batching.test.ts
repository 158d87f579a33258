import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { venueGraph } from './graph.ts'
import { createTokens, type Served, serve } from './support.ts'

let served: Served
let token: Record<string, string>
const limits = { rootFields: 6, requestsInProgress: 4 }

beforeAll(async () => {
  const tokens = await createTokens()
  token = { authorization: `Bearer ${await tokens.withScopes('*')}` }
  const batching = { isEnabled: true, maximumOperations: 5 }
  served = await serve(venueGraph().all, 'in-process', { tokens, batching, limits })
})
afterAll(() => served.close())

const modern = { accept: 'application/graphql-response+json' }
/** An answer to a batch, or to none. */
const post = async (body: unknown, headers: Record<string, string> = {}) => {
  const response = await served.post(body, headers)
  return { ...response, code: response.body.errors?.[0]?.extensions.code }
}

test('a list of operations is answered by a list, in its order, with the status of one that began', async () => {
  const { status, body } = await post(
    [
      { query: 'query Q($v: Int!) { echo(value: $v) }', variables: { v: 7 } },
      { query: '{ nothing }' },
      { query: 'mutation { touch }' },
      { query: '{ a: open hall(id: "a") { name } }' },
    ],
    { ...token, ...modern },
  )
  expect(status).toBe(200)
  expect(body).toEqual([
    { data: { echo: 7 } },
    { errors: [expect.objectContaining({ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } })] },
    { data: { touch: 1 } },
    { data: { a: 'open', hall: { name: 'Hall a' } } },
  ])
})

test('the operations run side by side', async () => {
  const startedAt = performance.now()
  const slow = { query: '{ slow(ms: 600) }' }
  expect((await post([slow, slow, slow])).body).toEqual(Array(3).fill({ data: { slow: 'done' } }))
  expect(performance.now() - startedAt).toBeLessThan(1_700)
})

test('one operation in a list is answered by a list, and one without by none', async () => {
  expect((await post([{ query: '{ open }' }])).body).toEqual([{ data: { open: 'open' } }])
  expect((await post({ query: '{ open }' })).body).toEqual({ data: { open: 'open' } })
})

describe('a batch is refused as a whole', () => {
  const open = { query: '{ open }' }
  test.each([
    ['with no operation', [], 400, 'BAD_REQUEST', /empty/],
    ['with too many', Array(6).fill(open), 400, 'OPERATION_TOO_LARGE', /6 operations; the limit is 5/],
    ['with a member that is no object', [open, 1], 400, 'BAD_REQUEST', /a number/],
    ['with a batch in it', [[open]], 400, 'BAD_REQUEST', /a list/],
    [
      'that has more together than one operation may',
      Array(4).fill({ query: '{ a: open b: open }' }),
      400,
      'OPERATION_TOO_LARGE',
      /The batch has 8 root fields; the limit is 6/,
    ],
    [
      'that would be more requests under way than are allowed',
      Array(5).fill(open),
      503,
      'OVERLOADED',
      /Too many/,
    ],
  ])('%s', async (...row) => {
    const [, batch, status, code, says] = row
    const answer = await post(batch, modern)
    expect([answer.status, answer.code]).toEqual([status, code])
    expect(answer.body.errors?.[0]?.message).toMatch(says)
  })
})

test('a subscription has no place in a batch', async () => {
  const { body } = await post([{ query: '{ open }' }, { query: 'subscription { open }' }])
  expect(body).toEqual([{ data: { open: 'open' } }, { errors: [expect.anything()] }])
})

test('each operation counts by its own code, and the batch by its size', async () => {
  const text = await served.gateway.metrics()
  expect(text).toMatch(/headcount_gateway_batch_operations_bucket\{le="1"\} 1\n/)
  expect(text).toMatch(/headcount_gateway_requests_total\{code="GRAPHQL_VALIDATION_FAILED"\} 2\n/)
})
