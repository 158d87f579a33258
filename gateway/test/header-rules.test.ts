import type { Viewer } from '@headcount/access'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { pino } from 'pino'
import { describe, expect, test } from 'vitest'
import { createAuthentication } from '../src/authentication/authentication.ts'
import { fetchHeaders } from '../src/upstream/headers/fetch-headers.ts'
import { HeaderRulesRefused } from '../src/upstream/headers/header-rules.ts'
import type { HeaderRule } from '../src/upstream-options.ts'

const named = (name: string, more: { rename?: string; default?: string } = {}): HeaderRule => ({
  propagate: { name, ...more },
})
const matching = (pattern: string): HeaderRule => ({ propagate: { matching: pattern } })
const set = (name: string, value: string): HeaderRule => ({ set: { name, value } })
const remove = (name: string): HeaderRule => ({ remove: { name } })
const fromClaim = (claim: string, name: string): HeaderRule => ({ fromClaim: { claim, name } })

function run(rules: readonly HeaderRule[], headers: Record<string, string | string[]> = {}, viewer?: Viewer) {
  return fetchHeaders(rules).record({ headers, viewer })
}

/** A viewer as a token with these claims makes it. */
async function viewerWith(claims: Record<string, unknown>): Promise<Viewer> {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA')
  const keys = async () => ({ keys: [{ ...(await exportJWK(publicKey)), alg: 'EdDSA' }] })
  const parts = { log: pino({ level: 'silent' }), now: Date.now }
  const jwt = new SignJWT({ sub: 'u', ...claims })
    .setProtectedHeader({ alg: 'EdDSA' })
    .setExpirationTime('1m')
  return createAuthentication({ keys, claims: {} }, parts).readToken(await jwt.sign(privateKey))
}

describe('rules', () => {
  const headers = { authorization: 'Bearer a', 'accept-language': 'de', 'x-tenant': 't1', 'x-team': 'red' }

  test('hand on the headers that they name, and no others', () => {
    expect(run([named('Authorization'), named('x-absent')], headers)).toEqual({ authorization: 'Bearer a' })
  })

  test('hand on under another name, and with a default', () => {
    expect(
      run([named('x-tenant', { rename: 'X-Org' }), named('x-absent', { default: 'none' })], headers),
    ).toEqual({
      'x-org': 't1',
      'x-absent': 'none',
    })
  })

  test('hand on what a pattern finds in names', () => {
    expect(run([matching('^x-t')], headers)).toEqual({ 'x-tenant': 't1', 'x-team': 'red' })
  })

  test('set texts, and claims of the token that was verified', async () => {
    const viewer = await viewerWith({ tenant: { id: 7 }, groups: ['a', 'b', {}], name: 'Łukasz', odd: {} })
    const rules = [
      set('x-from', 'gateway'),
      fromClaim('tenant.id', 'X-Tenant'),
      fromClaim('groups', 'x-groups'),
      fromClaim('name', 'x-name'),
      fromClaim('odd', 'x-odd'),
      fromClaim('absent', 'x-absent'),
    ]
    expect(run(rules, headers, viewer)).toEqual({
      'x-from': 'gateway',
      'x-tenant': '7',
      'x-groups': 'a,b',
      'x-name': Buffer.from('Łukasz').toString('latin1'),
    })
    expect(run(rules, headers)).toEqual({ 'x-from': 'gateway' })
  })

  test('run in their order, each over what the earlier ones have left', () => {
    expect(run([set('x-tenant', 'first'), named('x-tenant')], headers)).toEqual({ 'x-tenant': 't1' })
    expect(run([set('x-tenant', 'first'), named('x-tenant')])).toEqual({ 'x-tenant': 'first' })
    expect(run([named('x-tenant'), set('x-tenant', 'last')], headers)).toEqual({ 'x-tenant': 'last' })
    expect(run([named('x-tenant'), remove('X-Tenant')], headers)).toEqual({})
    expect(run([remove('x-tenant'), named('x-tenant')], headers)).toEqual({ 'x-tenant': 't1' })
    expect(run([matching('^x-'), set('x-team', 'blue'), remove('x-tenant')], headers)).toEqual({
      'x-team': 'blue',
    })
    expect(run([set('x-team', 'blue'), matching('^x-')], headers)).toEqual({
      'x-tenant': 't1',
      'x-team': 'red',
    })
    expect(
      run([matching('.'), { remove: { matching: '^x-|^auth' } }, matching('^x-team$')], headers),
    ).toEqual({
      'accept-language': 'de',
      'x-team': 'red',
    })
  })

  test('give the lines of a request’s head, and nothing when there are none', () => {
    const source = { headers, viewer: undefined }
    expect(fetchHeaders([named('x-team'), set('x-from', 'g')]).lines(source)).toBe(
      'x-from: g\r\nx-team: red\r\n',
    )
    const none = fetchHeaders([])
    expect([none.lines(source), none.key(source), none.record(source)]).toEqual(['', '', {}])
  })
})

describe('a fetch never has', () => {
  const own = [
    'accept',
    'accept-encoding',
    'connection',
    'content-encoding',
    'content-length',
    'content-type',
    'expect',
    'host',
    'keep-alive',
    'proxy-authorization',
    'sec-websocket-extensions',
    'sec-websocket-key',
    'te',
    'trailer',
    'transfer-encoding',
    'upgrade',
    'x-headcount-viewer',
  ]
  test.each(own)('the client’s %s, whatever a pattern finds, and no rule may name it', (name) => {
    expect(run([matching('.')], { [name]: 'v', 'x-other': 'w' })).toEqual({ 'x-other': 'w' })
    expect(() => run([named(name)])).toThrow(HeaderRulesRefused)
    expect(() => run([set(name, 'v')])).toThrow(HeaderRulesRefused)
    expect(() => run([named('x-other', { rename: name })])).toThrow(HeaderRulesRefused)
    expect(() => run([fromClaim('sub', name)])).toThrow(HeaderRulesRefused)
  })

  test('what the client means for its own connection, unless a rule names it', () => {
    const headers = { connection: 'keep-alive, X-Hop', 'x-hop': 'v', 'x-other': 'w' }
    expect(run([matching('^x-')], headers)).toEqual({ 'x-other': 'w' })
    expect(run([named('x-hop')], headers)).toEqual({ 'x-hop': 'v' })
  })

  test('a second request id or trace, which the gateway writes itself', () => {
    const headers = { 'x-request-id': 'mine', traceparent: '00', 'x-rid': 'mine' }
    expect(run([matching('.'), named('x-request-id')], headers)).toEqual({ 'x-rid': 'mine' })
    const renamed = fetchHeaders([matching('.')], ['x-rid', 'traceparent'])
    expect(renamed.record({ headers, viewer: undefined })).toEqual({ 'x-request-id': 'mine' })
  })

  test.each(['a\r\nx-evil: 1', 'a\nb', 'a\0b', 'a\rb'])(
    'a value that would begin another header: %j',
    async (value) => {
      const viewer = await viewerWith({ odd: value, odder: '\x01', good: 'v' })
      const headers = { 'x-a': value, 'x-b': value, 'x-b2': 'ok' }
      const rules = [
        named('x-a'),
        matching('^x-b'),
        fromClaim('odd', 'x-c'),
        fromClaim('odder', 'x-e'),
        fromClaim('good', 'x-d'),
      ]
      expect(run(rules, headers, viewer)).toEqual({ 'x-b2': 'ok', 'x-d': 'v' })
    },
  )

  test.each(['a\r\nb', 'a\0', '\u010a', '\x7f'])('a text that no header can have: %j', (value) => {
    expect(() => run([set('x-a', value)])).toThrow('has characters that no header can have')
    expect(() => run([named('x-a', { default: value })])).toThrow('has characters that no header can have')
  })
})

test('ids of requests and traces are not part of what fetches are the same by, and all else is', () => {
  const key = (rules: readonly HeaderRule[], headers: Record<string, string>) =>
    fetchHeaders(rules).key({ headers, viewer: undefined })
  const rules = [
    matching('.'),
    named('x-request-id', { rename: 'x-rid' }),
    named('tracestate'),
    named('x-tenant', { rename: 'x-correlation-id' }),
  ]
  const first = {
    authorization: 'a',
    b3: '1',
    tracestate: '1',
    'x-request-id': '1',
    'x-b3-traceid': '1',
    'x-tenant': 't',
  }
  const second = { ...first, b3: '2', tracestate: '2', 'x-request-id': '2', 'x-b3-traceid': '2' }
  expect(key(rules, first)).toBe(key(rules, second))
  expect(key(rules, first)).not.toBe(key(rules, { ...first, authorization: 'b' }))
  expect(key(rules, first)).not.toBe(key(rules, { ...first, 'x-tenant': 'u' }))
  expect(fetchHeaders(rules).record({ headers: second, viewer: undefined })).toMatchObject({
    'x-rid': '2',
    tracestate: '2',
    b3: '2',
  })
  const own = fetchHeaders([named('x-call', { rename: 'x-rid' })], ['x-call'])
  expect(own.key({ headers: { 'x-call': '1' }, viewer: undefined })).toBe('')
})

test('all that is wrong with rules is told at once', () => {
  const rules = [set('a b', 'v'), matching('('), set('host', 'h'), set('x-a', 'a\nb')]
  expect(() => fetchHeaders(rules)).toThrow(
    expect.objectContaining({
      reasons: [
        '"a b" is not the name of a header.',
        '"(" is not a regular expression.',
        'The header host belongs to one connection or to the gateway; no rule sends it.',
        '"a\\nb" has characters that no header can have.',
      ],
    }),
  )
})

test('clients that send ever new header names fill no memory, and are still judged', () => {
  const headers = fetchHeaders([matching('^x-')])
  for (let number = 0; number < 3_000; number += 1) {
    const name = number % 2 === 0 ? `x-${number}` : `y-${number}`
    expect(headers.lines({ headers: { [name]: 'v' }, viewer: undefined })).toBe(
      number % 2 === 0 ? `${name}: v\r\n` : '',
    )
  }
})
