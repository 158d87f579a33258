import { expect, test } from 'vitest'
import { isUsedUp } from './entry-policy.ts'
import { dayOf } from './local-time.ts'

test('a day is the event’s own, through both changes of the clock', () => {
  const days = (texts: string[]) => texts.map((text) => dayOf(new Date(text), 'Europe/Berlin'))
  // 29 March 2026 has 23 hours there, 25 October 25.
  expect(
    days(['2026-03-28T22:59:59Z', '2026-03-28T23:00:00Z', '2026-03-29T21:59:59Z', '2026-03-29T22:00:00Z']),
  ).toEqual([...['2026-03-28', '2026-03-29', '2026-03-29', '2026-03-30']])
  expect(days(['2026-10-24T22:00:00Z', '2026-10-25T22:59:59Z', '2026-10-25T23:00:00Z'])).toEqual([
    ...['2026-10-25', '2026-10-25', '2026-10-26'],
  ])
})

test('without an entry nothing is used up', () => {
  const moment = { at: new Date(), timeZone: 'UTC' }
  for (const policy of ['SINGLE', 'AFTER_EXIT', 'UNLIMITED', 'ONCE_PER_DAY'] as const) {
    expect(isUsedUp(policy, { count: 0, lastAt: null }, moment)).toBe(false)
  }
})
