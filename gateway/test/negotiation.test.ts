import { afterAll, beforeAll, expect, test } from 'vitest'
import { part } from './federation/ask.ts'
import { type Answer, type Served, serve } from './support.ts'

let served: Served

beforeAll(async () => {
  const halls = part('halls', 'type Query { open: String }', { Query: { open: () => 'open' } })
  served = await serve([halls], 'in-process')
})
afterAll(() => served.close())

test.each([
  ['*/*', 'application/json'],
  ['*/*, application/json;q=0', 'application/graphql-response+json'],
  ['application/json;q=0.4, application/graphql-response+json;q=0.5', 'application/graphql-response+json'],
  ['application/*;q=0.1, application/graphql-response+json;q=0', 'application/json'],
])('who accepts %s gets %s', async (accept, expected) => {
  const { status, headers } = await served.post({ query: '{ open }' }, { accept })
  expect([status, headers.get('content-type')]).toEqual([200, `${expected}; charset=utf-8`])
})

test.each([
  'application/json;q=0, application/graphql-response+json;q=0, */*',
  'multipart/mixed;q=0',
  'image/png',
])('who accepts %s gets nothing', async (accept) => {
  const { status, body } = await served.post({ query: '{ open }' }, { accept })
  expect([status, body.errors?.[0]?.extensions.code]).toEqual([406, 'NOT_ACCEPTABLE'])
})

test('who asks by a method that is not taken is told which are, and so is a preflight', async () => {
  const refused = await fetch(served.url, { method: 'PATCH' })
  const preflight = await fetch(served.url, { method: 'OPTIONS' })
  expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'GET, POST, PUT, DELETE, OPTIONS'])
  expect(preflight.headers.get('allow')).toBe(refused.headers.get('allow'))
})

test.each([
  'text/x-made-up',
  'application/graphql',
  'text/plain, application/json',
  'application/json, text/plain',
])('a query by GET is not let in by the content type %s, which a page may be able to send', async (type) => {
  const response = await fetch(`${served.url}?query={open}`, { headers: { 'content-type': type } })
  const { errors } = (await response.json()) as Answer
  expect([response.status, errors?.[0]?.extensions.code]).toEqual([400, 'CSRF_PREVENTED'])
})
