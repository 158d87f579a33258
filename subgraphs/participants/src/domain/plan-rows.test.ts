import { expect, test } from 'vitest'
import type { RegistrationRow } from '../store/rows.ts'
import { createPlaceBook } from './places.ts'
import { type GoodRow, planRows } from './plan-rows.ts'

const places = (quota: number | null, capacity: number, registered = 0) =>
  createPlaceBook({
    event: { registered, limit: capacity },
    ticketTypes: new Map([['typ_1', { registered, limit: quota }]]),
  })

function row(externalId: string, more: Partial<GoodRow> = {}): GoodRow {
  const holder = { holderName: 'Ada', holderEmail: 'ada@example.org' }
  return { externalId, ticketTypeId: 'typ_1', status: 'CONFIRMED', path: 'rows.0', ...holder, ...more }
}

function draft(externalId: string): RegistrationRow {
  return {
    ...{ __typename: 'Registration', id: `reg_${externalId}`, organizationId: 'org_1', eventId: 'evt_1' },
    ...{ ticketTypeId: 'typ_1', userId: null, externalId, holderName: '', holderEmail: '' },
    ...{ status: 'PENDING', registeredAt: new Date(0) },
  }
}

const drafts = new Map(['a', 'b', 'c'].map((externalId) => [externalId, draft(externalId)]))

/** Applies calls one after the other, each to what the one before left. */
function inCalls(calls: readonly (readonly GoodRow[])[]): Map<string, RegistrationRow> {
  const state = new Map<string, RegistrationRow>()
  for (const rows of calls) {
    const plan = planRows(rows, { existing: new Map(state), drafts, places: places(2, 10, state.size) })
    for (const kept of [...plan.created, ...plan.changed]) state.set(kept.externalId ?? '', kept)
  }
  return state
}

test('it makes no difference how rows are split into calls', () => {
  const rows = [
    row('a', { status: 'PENDING' }),
    row('b'),
    row('a', { holderName: 'Grace' }),
    row('c'),
    row('b', { status: 'PENDING' }),
    row('a', { status: 'PENDING', holderName: 'Mary' }),
  ]
  const whole = inCalls([rows])
  expect([...whole.values()].map(({ id, status, holderName }) => [id, status, holderName])).toEqual([
    ['reg_a', 'CONFIRMED', 'Mary'],
    ['reg_b', 'CONFIRMED', 'Ada'],
  ])
  for (let cut = 1; cut < rows.length; cut++) {
    expect(inCalls([rows.slice(0, cut), rows.slice(cut)])).toEqual(whole)
  }
  expect(inCalls(rows.map((one) => [one]))).toEqual(whole)
})

test('a row that changes nothing is not written', () => {
  const first = planRows([row('a')], { existing: new Map(), drafts, places: places(null, 10) })
  const existing = new Map(first.created.map((kept) => [kept.externalId ?? '', kept]))
  const again = planRows([row('a'), row('a')], { existing, drafts, places: places(null, 10) })
  expect(again).toMatchObject({ created: [], changed: [] })
  expect(again.outcomes.map((outcome) => outcome.registration)).toEqual([...first.created, ...first.created])
})

test('a quota of 0 sells nothing, and the capacity holds where there is no quota', () => {
  const none = planRows([row('a')], { existing: new Map(), drafts, places: places(0, 10) })
  expect(none.outcomes).toMatchObject([
    { error: { message: 'This ticket type is sold out: its quota is 0.' } },
  ])
  const full = planRows([row('a'), row('b')], {
    existing: new Map(),
    drafts,
    places: places(null, 1000, 999),
  })
  expect(full.outcomes[1]).toMatchObject({ error: { message: 'The event is full: its capacity is 1,000.' } })
  expect(full.created).toHaveLength(1)
})
