import { beforeAll, expect, test } from 'vitest'
import { eventId, pageSigner, plainGround, ticketOf } from '../testing/sign-page.ts'
import { applyPage } from './apply-page.ts'
import { ManifestError } from './manifest-error.ts'
import type { ManifestPage } from './manifest-page.ts'
import { ageMs, emptyState, isComplete } from './offline-state.ts'

let sign: Awaited<ReturnType<typeof pageSigner>>
let first: ManifestPage
let second: ManifestPage
beforeAll(async () => {
  sign = await pageSigner()
  // The hashes begin with the bytes 0,0,0,1 and 255,255,255,255: their sum passes 2^32.
  const completeness = { tickets: 2, sum: 0 }
  first = await sign(null, {
    ...{ cursor: 'c1', hasNextPage: true, completeness, tickets: [ticketOf('tkt_1', 'AAAAAQAAAAAAAAAA')] },
  })
  second = await sign('c1', {
    ...{ cursor: 'c2', completeness, tickets: [ticketOf('tkt_2', '_____wAAAAAAAAAA')] },
  })
})

test('pages in their order make a complete state that is JSON', async () => {
  const one = await applyPage(emptyState(eventId), first)
  expect([isComplete(one), one.hasAll]).toEqual([false, false])
  const two = await applyPage(one, second)
  expect(isComplete(two)).toBe(true)
  expect(two).toMatchObject({ cursor: 'c2', asOf: first.asOf, signedBy: first.signedBy, ground: plainGround })
  expect(two.tickets['AAAAAQAAAAAAAAAA']).toEqual(['tkt_1', 'typ_day', 'VALID', null, null])
  expect(JSON.parse(JSON.stringify(two))).toEqual(two)
  expect(ageMs(two, new Date('2026-06-01T12:00:07Z'))).toBe(7000)
  expect(ageMs(emptyState(eventId), new Date())).toBe(Number.POSITIVE_INFINITY)
})

test('a state that lacks a ticket, or has another one, is not complete', async () => {
  const one = await applyPage(emptyState(eventId), first)
  const other = { ...second, tickets: [ticketOf('tkt_2', '_____gAAAAAAAAAA')] }
  expect(isComplete(await applyPage(one, await sign('c1', { ...second, tickets: [] })))).toBe(false)
  expect(isComplete(await applyPage(one, await sign('c1', other)))).toBe(false)
})

test('a page that comes first, is left out, or comes again is refused', async () => {
  const one = await applyPage(emptyState(eventId), first)
  const two = await applyPage(one, second)
  for (const [state, page] of [
    [emptyState(eventId), second],
    [one, first],
    [two, second],
  ] as const)
    await expect(applyPage(state, page)).rejects.toThrow(ManifestError)
})

test.each<[string, (page: ManifestPage) => Partial<ManifestPage>]>([
  ['a ticket', ({ tickets }) => ({ tickets: tickets.map((one) => ({ ...one, status: 'BLOCKED' })) })],
  ['a ticket less', () => ({ tickets: [] })],
  ['the ground', () => ({ ground: JSON.stringify({ ...plainGround, gates: [] }) })],
  ['the keys', () => ({ keys: [{ id: 'key', publicKey: 'x' }] })],
  ['the completeness', () => ({ completeness: { tickets: 1, sum: 1 } })],
  ['the cursor', () => ({ cursor: 'c9' })],
  ['whether more follows', () => ({ hasNextPage: false })],
  ['the time', () => ({ asOf: '2026-06-02T12:00:00.000Z' })],
  [
    'the signature',
    ({ signature }) => ({ signature: signature.replace(/^./, (c) => (c === 'A' ? 'B' : 'A')) }),
  ],
  ['the signature into nothing', () => ({ signature: '' })],
  ['the key into none', () => ({ signedBy: 'AAAA' })],
])('a change of %s is refused', async (_what, change) => {
  const page = { ...first, ...change(first) }
  await expect(applyPage(emptyState(eventId), page)).rejects.toThrow('changed on its way')
})

test('a page that another key has signed well is refused after the first one', async () => {
  const other = await pageSigner()
  const one = await applyPage(emptyState(eventId), first)
  await expect(applyPage(one, await other('c1', {}))).rejects.toThrow('another key')
})

test('a page of another event is refused, by its own word and by its ground', async () => {
  const other = await sign(null, { eventId: 'evt_b' })
  await expect(applyPage(emptyState(eventId), other)).rejects.toThrow('evt_b')
  for (const ground of ['{"event":{"id":"evt_b"}}', '{}', 'null', 'x'])
    await expect(applyPage(emptyState(eventId), await sign(null, { ground }))).rejects.toThrow(ManifestError)
})

test('a ticket that gets another code is listed under it alone', async () => {
  const one = await applyPage(emptyState(eventId), first)
  const page = await sign('c1', { tickets: [ticketOf('tkt_1', 'BBBBBBBBBBBBBBBB')] })
  expect(Object.keys((await applyPage(one, page)).tickets)).toEqual(['BBBBBBBBBBBBBBBB'])
  expect(Object.keys(one.tickets)).toEqual(['AAAAAQAAAAAAAAAA'])
})
