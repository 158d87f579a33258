import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CostLimit } from '../src/limits.ts'
import { type Served, serve, subgraph } from './support.ts'

const shop = () =>
  subgraph(
    'shop',
    `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [{ name: "@cost", as: "@price" }, "@listSize"])
    type Query {
      items(first: Int): [Item!] @listSize(slicingArguments: ["first"], requireOneSlicingArgument: false)
      all: [Item!]
      report: Int @price(weight: 50)
    }
    type Item { id: ID! }`,
    { Query: { items: () => [{ id: 'a' }], all: () => [{ id: 'b' }], report: () => 1 } },
  )

const cost: CostLimit = { maximum: 100, defaultListSize: 20, mode: 'enforce' }
const batching = { isEnabled: true }
const enforcing = shop()
let served: Served
let measuring: Served
let off: Served
beforeAll(async () => {
  served = await serve([enforcing], 'in-process', { limits: { cost }, batching })
  measuring = await serve([shop()], 'in-process', { limits: { cost: { ...cost, mode: 'measure' } } })
  off = await serve([shop()], 'in-process')
})
afterAll(() => Promise.all([served.close(), measuring.close(), off.close()]))

const query = 'query Q($n: Int) { items(first: $n) { id } report }'

test('an operation within the limit runs, and one over it is refused before anything is planned or fetched', async () => {
  expect((await served.post({ query, variables: { n: 50 } })).body.data).toEqual({
    items: [{ id: 'a' }],
    report: 1,
  })
  const asked = enforcing.asked.length
  const { status, body } = await served.post({ query, variables: { n: 51 } })
  expect([status, body.errors?.[0]?.extensions.code, body.errors?.[0]?.message]).toEqual([
    400,
    'OPERATION_TOO_LARGE',
    'The operation costs 101 by @cost and @listSize; the limit is 100.',
  ])
  expect(enforcing.asked).toHaveLength(asked)
})

test('literals cost as variables do', async () => {
  expect((await served.post({ query: '{ items(first: 101) { id } }' })).status).toBe(400)
  expect((await served.post({ query: '{ items(first: 100) { id } }' })).status).toBe(200)
})

test('a list of which nothing is said has the operator’s size', async () => {
  const aliased = Array.from({ length: 6 }, (_, at) => `a${at}: all { id }`).join(' ')
  expect((await served.post({ query: `{ ${aliased} }` })).body.errors?.[0]?.message).toContain('costs 120')
})

test('the operations of a batch cost together', async () => {
  const half = { query: '{ items(first: 60) { id } }' }
  const { status, body } = await served.post([half, half])
  expect([status, body.errors?.[0]?.message]).toEqual([
    400,
    'The batch costs 120 by @cost and @listSize; the limit is 100.',
  ])
  expect((await served.post([half])).body).toEqual([{ data: { items: [{ id: 'a' }] } }])
})

test('where it is only measured, everything runs and is counted', async () => {
  expect((await measuring.post({ query, variables: { n: 5_000 } })).body.data?.report).toBe(1)
  expect(await measuring.gateway.metrics()).toMatch(
    /headcount_gateway_operation_cost_bucket\{le="3000"\} 0\n[^\n]*\{le="10000"\} 1\n/,
  )
})

test('without the limit nothing is computed', async () => {
  expect((await off.post({ query, variables: { n: 5_000 } })).status).toBe(200)
  expect(await off.gateway.metrics()).not.toMatch(/operation_cost_count [1-9]/)
})
