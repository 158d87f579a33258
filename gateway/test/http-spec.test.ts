import { serverAudits } from 'graphql-http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { part } from './federation/ask.ts'
import { type Served, serve } from './support.ts'

/**
 * The audits of GraphQL over HTTP (https://graphql.github.io/graphql-over-http/draft/) that send a GET without any
 * header that needs a preflight. What they ask for is a MAY of the draft, and we refuse it on purpose: any page of
 * any site could have a browser send it.
 */
const refusedOnPurpose = [
  '5A70 MAY accept application/x-www-form-urlencoded formatted GET requests',
  'D6D5 MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/graphql-response+json',
  '6A70 MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/json',
]

const halls = () => part('halls', 'type Query { hall: String }', {})
let guarded: Served
let open: Served

beforeAll(async () => {
  guarded = await serve([halls()], 'in-process', { introspection: true })
  open = await serve([halls()], 'in-process', { introspection: true, csrf: { isEnabled: false } })
})
afterAll(async () => {
  await guarded.close()
  await open.close()
})

/** How many audits there are, and those that did not end well, each with how it ended. */
async function audit({ url }: Served, fetchFn: typeof fetch) {
  const audits = serverAudits({ url, fetchFn })
  const notices: string[] = []
  const failures: string[] = []
  for (const { id, name, fn } of audits) {
    const result = await fn()
    if (result.status === 'notice') notices.push(`${id} ${name}`)
    else if (result.status !== 'ok') failures.push(`${result.status}: ${id} ${name}: ${result.reason}`)
  }
  return { count: audits.length, failures, notices }
}

test('all audits of GraphQL over HTTP end without an error or a warning, and three with a notice', async () => {
  expect(await audit(guarded, fetch)).toEqual({ count: 61, failures: [], notices: refusedOnPurpose })
})

test('all audits end well where each request has a header that needs a preflight', async () => {
  const preflighted: typeof fetch = (input, init) => {
    const headers = new Headers(init?.headers)
    headers.set('apollo-require-preflight', 'true')
    return fetch(input, { ...init, headers })
  }
  expect(await audit(guarded, preflighted)).toEqual({ count: 61, failures: [], notices: [] })
})

test('all audits end well where requests from other sites are let in', async () => {
  expect(await audit(open, fetch)).toEqual({ count: 61, failures: [], notices: [] })
})
