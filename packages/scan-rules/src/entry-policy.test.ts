import { expect, test } from 'vitest'
import { hall, lounge, noon, presence } from '../test/good-world.ts'
import { entriesFromOutside, entriesInto, isUsedUp } from './entry-policy.ts'
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

test('a SINGLE entry is used up for ever, one a day until the day is over, others never', () => {
  const entries = { count: 1, lastAt: new Date('2026-06-01T20:00:00Z') }
  const later = ['2026-06-01T21:59:59Z', '2026-06-01T22:00:00Z'].map((text) => new Date(text))
  const answers = (policy: Parameters<typeof isUsedUp>[0]) =>
    later.map((at) => isUsedUp(policy, entries, { at, timeZone: 'Europe/Berlin' }))
  expect(answers('SINGLE')).toEqual([true, true])
  expect(answers('ONCE_PER_DAY')).toEqual([true, false])
  expect(answers('AFTER_EXIT')).toEqual([false, false])
  expect(answers('UNLIMITED')).toEqual([false, false])
})

test('entries into a place are its own; those from outside are all places’ together', () => {
  const at = (second: number) => new Date(noon.getTime() + second * 1000)
  const rows = [
    presence(hall, { entries: 3, lastEntryAt: at(9), entriesFromOutside: 2, lastFromOutsideAt: at(5) }),
    presence(lounge, { entries: 1, lastEntryAt: at(7), entriesFromOutside: 1, lastFromOutsideAt: at(7) }),
    presence('zon_yard', { entries: 4, lastEntryAt: at(2) }),
  ]
  expect(entriesInto(hall, rows)).toEqual({ count: 3, lastAt: at(9) })
  expect(entriesInto('zon_bar', rows)).toEqual({ count: 0, lastAt: null })
  expect(entriesFromOutside(rows)).toEqual({ count: 3, lastAt: at(7) })
})
