import { expect, test } from 'vitest'
import { dayBefore, dayOf, minuteOf, minutesIn } from './local-time.ts'

const at = (text: string) => new Date(text)

// In 2026 clocks change in Berlin on 29 March and 25 October, in New York on 8 March and 1 November.
test.each([
  ['Europe/Berlin', '2026-03-29T00:59:59Z', '2026-03-29', '01:59'],
  ['Europe/Berlin', '2026-03-29T01:00:00Z', '2026-03-29', '03:00'],
  ['Europe/Berlin', '2026-10-25T00:30:00Z', '2026-10-25', '02:30'],
  ['Europe/Berlin', '2026-10-25T01:30:00Z', '2026-10-25', '02:30'],
  ['Europe/Berlin', '2026-10-25T22:59:59Z', '2026-10-25', '23:59'],
  ['Europe/Berlin', '2026-10-25T23:00:00Z', '2026-10-26', '00:00'],
  ['America/New_York', '2026-03-08T04:59:00Z', '2026-03-07', '23:59'],
  ['America/New_York', '2026-03-08T06:59:00Z', '2026-03-08', '01:59'],
  ['America/New_York', '2026-03-08T07:00:00Z', '2026-03-08', '03:00'],
  ['America/New_York', '2026-11-01T05:30:00Z', '2026-11-01', '01:30'],
  ['America/New_York', '2026-11-01T06:30:00Z', '2026-11-01', '01:30'],
  ['America/New_York', '2026-11-02T05:00:00Z', '2026-11-02', '00:00'],
  ['Asia/Kathmandu', '2026-06-01T18:15:00Z', '2026-06-02', '00:00'],
])('in %s it is %s: %s, %s', (timeZone, moment, day, time) => {
  expect(dayOf(at(moment), timeZone)).toBe(day)
  expect(minuteOf(at(moment), timeZone)).toBe(minutesIn(time))
})

test('a time of day is its minutes since midnight', () => {
  expect(['00:00', '00:01', '18:30', '23:59'].map(minutesIn)).toEqual([0, 1, 1110, 1439])
})

test('the day before goes by the calendar', () => {
  expect(['2026-03-30', '2026-03-01', '2028-03-01', '2027-01-01'].map(dayBefore)).toEqual([
    ...['2026-03-29', '2026-02-28', '2028-02-29', '2026-12-31'],
  ])
})

test('more time zones than are remembered are answered all the same', () => {
  const zones = Intl.supportedValuesOf('timeZone')
  // A name in small letters is the same zone, and another name.
  for (const timeZone of [...zones, ...zones.map((zone) => zone.toLowerCase()), ...zones])
    expect(dayOf(at('2026-06-01T12:00:00Z'), timeZone)).toMatch(/^2026-06-0[12]$/)
})
