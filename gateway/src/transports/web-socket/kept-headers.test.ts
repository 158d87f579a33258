import { expect, test } from 'vitest'
import type { GatewayOptions } from '../../options.ts'
import { keptHeaders } from './kept-headers.ts'

const headers = {
  host: 'gateway',
  'user-agent': 'Mozilla/5.0',
  cookie: 'a=b',
  connection: 'upgrade, x-trace-b',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
  'x-tenant': 'blue',
  'x-trace-a': '1',
  'x-trace-b': '2',
}

const keep = (options: Partial<GatewayOptions>) => keptHeaders(options as GatewayOptions)(headers)

test('without rules nothing is kept, and all connections keep the same nothing', () => {
  expect(keep({})).toEqual({})
  const kept = keptHeaders({} as GatewayOptions)
  expect(kept(headers)).toBe(kept({ ...headers }))
})

test('what a rule hands on is kept, for all subgraphs or for one', () => {
  const upstream = {
    headers: [{ propagate: { name: 'X-Tenant' } }, { set: { name: 'x-from', value: 'us' } }],
  }
  const reviews = {
    url: 'http://reviews.invalid',
    headers: [{ propagate: { name: 'cookie', rename: 'x-cookie' } }],
  }
  expect(keep({ upstream })).toEqual({ 'x-tenant': 'blue' })
  expect(keep({ upstream, subgraphs: { reviews } })).toEqual({ 'x-tenant': 'blue', cookie: 'a=b' })
})

test('what a pattern may find is kept, with what tells which of it ended here', () => {
  const upstream = { headers: [{ propagate: { matching: '^(x-trace-|sec-|host)' } }] }
  expect(keep({ upstream })).toEqual({
    connection: 'upgrade, x-trace-b',
    'x-trace-a': '1',
    'x-trace-b': '2',
  })
})

test('an extension may look at all', () => {
  expect(keep({ extension: {} })).toBe(headers)
})
