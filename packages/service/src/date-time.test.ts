import { expect, test } from 'vitest'
import { dateTime } from './date-time.ts'

test.each([
  ['2026-11-22T18:30:00Z', '2026-11-22T18:30:00.000Z'],
  ['2026-11-22T19:30:00.5+01:00', '2026-11-22T18:30:00.500Z'],
  ['2028-02-29T23:59:59-03:30', '2028-03-01T03:29:59.000Z'],
])('%s is read as %s', (text, moment) => {
  expect(dateTime.serialize(dateTime.parseValue(text))).toBe(moment)
})

test.each([
  'tomorrow',
  '2026-11-22',
  '2026-11-22T18:30:00',
  '2026-02-30T18:30:00Z',
  '2027-02-29T18:30:00Z',
  '2026-13-01T18:30:00Z',
  '2026-11-22T25:00:00Z',
  7,
  null,
])('%j is no moment, and the refusal says what is one', (value) => {
  expect(() => dateTime.parseValue(value)).toThrow(/DateTime takes RFC 3339 with an offset/)
})
