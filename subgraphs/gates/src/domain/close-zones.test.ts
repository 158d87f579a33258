import { expect, test } from 'vitest'
import type { Closing } from '../store/closings.ts'
import { dueDay } from './close-zones.ts'

function due(more: Partial<Closing>, moment: string): string | undefined {
  const closing: Closing = {
    ...{ organizationId: 'org_a', eventId: 'evt_a', placeId: 'zon_a', timeZone: 'Europe/Berlin' },
    ...{ closesAt: '04:00', lastDay: null, ...more },
  }
  return dueDay(closing, new Date(moment))
}

test('a closing is due from its time on, and made up for within two hours', () => {
  expect(due({}, '2026-06-02T01:59:59Z')).toBeUndefined()
  expect(due({}, '2026-06-02T02:00:00Z')).toBe('2026-06-02')
  expect(due({}, '2026-06-02T03:59:59Z')).toBe('2026-06-02')
  expect(due({}, '2026-06-02T04:00:00Z')).toBeUndefined()
})

test('one that was made is not due again that day, and is the next', () => {
  const made = { lastDay: '2026-06-02' }
  expect(due(made, '2026-06-02T02:30:00Z')).toBeUndefined()
  expect(due(made, '2026-06-03T02:30:00Z')).toBe('2026-06-03')
})

test('a closing before midnight that is made up for after it belongs to the day that has ended', () => {
  const late = { closesAt: '23:30' }
  expect(due(late, '2026-06-01T21:29:00Z')).toBeUndefined()
  expect(due(late, '2026-06-01T21:30:00Z')).toBe('2026-06-01')
  expect(due(late, '2026-06-01T22:15:00Z')).toBe('2026-06-01')
  expect(due({ ...late, lastDay: '2026-06-01' }, '2026-06-01T22:15:00Z')).toBeUndefined()
  expect(due({ closesAt: '00:00' }, '2026-06-01T22:00:00Z')).toBe('2026-06-02')
})

test.each(['02:00', '02:30', '02:59'])(
  'one at %s is made when clocks have jumped over it, once',
  (closesAt) => {
    expect(due({ closesAt }, '2026-03-29T00:59:00Z')).toBeUndefined()
    expect(due({ closesAt }, '2026-03-29T01:00:00Z')).toBe('2026-03-29')
    expect(due({ closesAt, lastDay: '2026-03-29' }, '2026-03-29T01:01:00Z')).toBeUndefined()
  },
)

test('one in the hour that clocks show twice is made the first time alone', () => {
  const closing = { closesAt: '02:30' }
  expect(due(closing, '2026-10-25T00:30:00Z')).toBe('2026-10-25')
  expect(due({ ...closing, lastDay: '2026-10-25' }, '2026-10-25T01:30:00Z')).toBeUndefined()
  const newYork = { closesAt: '01:15', timeZone: 'America/New_York' }
  expect(due(newYork, '2026-11-01T05:15:00Z')).toBe('2026-11-01')
  expect(due({ ...newYork, lastDay: '2026-11-01' }, '2026-11-01T06:15:00Z')).toBeUndefined()
  expect(due({ ...newYork, closesAt: '02:15' }, '2026-03-08T07:00:00Z')).toBe('2026-03-08')
})

test('where clocks show midnight twice, yesterday’s closing is not made again as today’s', () => {
  // In Havana it is 00:10 at 04:10 and at 05:10 UTC.
  const closing = { closesAt: '23:50', timeZone: 'America/Havana', lastDay: '2026-10-31' }
  expect(due(closing, '2026-11-01T04:10:00Z')).toBeUndefined()
  expect(due(closing, '2026-11-01T05:10:00Z')).toBeUndefined()
  expect(due(closing, '2026-11-02T04:50:00Z')).toBe('2026-11-01')
})

test('an event that is over is emptied once', () => {
  const over = { closesAt: null, placeId: 'evt_a' }
  expect(due(over, '2026-06-02T12:00:00Z')).toBe('end')
  expect(due({ ...over, lastDay: '2026-06-01' }, '2026-06-02T12:00:00Z')).toBe('end')
  expect(due({ ...over, lastDay: 'end' }, '2026-06-02T12:00:00Z')).toBeUndefined()
})
