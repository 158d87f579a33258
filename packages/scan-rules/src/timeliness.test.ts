import { describe, expect, test } from 'vitest'
import { type Timeliness, timeliness } from './timeliness.ts'

type Times = Parameters<typeof timeliness>[0]
const always: Times = { validFrom: null, validUntil: null, dailyFrom: null, dailyUntil: null }

function inBerlin(times: Partial<Times>, moment: string): Timeliness {
  return timeliness({ ...always, ...times }, new Date(moment), 'Europe/Berlin')
}

test('a type without times is always in time', () => {
  expect(inBerlin({}, '2026-06-01T00:00:00Z')).toBe('in time')
})

test('days hold from their first moment to just before their last', () => {
  const times = { validFrom: new Date('2026-06-01T10:00:00Z'), validUntil: new Date('2026-06-02T10:00:00Z') }
  const answers = ['01T09:59:59.999', '01T10:00:00', '02T09:59:59.999', '02T10:00:00'].map((text) =>
    inBerlin(times, `2026-06-${text}Z`),
  )
  expect(answers).toEqual(['early', 'in time', 'in time', 'late'])
})

// In June it is two hours later in Berlin than by UTC.
describe.each<[string, Partial<Times>, [string, Timeliness][]]>([
  [
    'from 18:00 to 22:00',
    { dailyFrom: '18:00', dailyUntil: '22:00' },
    [
      ['00:00', 'early'],
      ['17:59', 'early'],
      ['18:00', 'in time'],
      ['21:59', 'in time'],
      ['22:00', 'late'],
      ['23:59', 'late'],
    ],
  ],
  [
    'from 18:00 to 02:00, over midnight',
    { dailyFrom: '18:00', dailyUntil: '02:00' },
    [
      ['00:00', 'in time'],
      ['01:59', 'in time'],
      ['02:00', 'early'],
      ['17:59', 'early'],
      ['18:00', 'in time'],
      ['23:59', 'in time'],
    ],
  ],
  [
    'from 18:00 to midnight',
    { dailyFrom: '18:00', dailyUntil: '00:00' },
    [
      ['00:00', 'early'],
      ['17:59', 'early'],
      ['23:59', 'in time'],
    ],
  ],
  [
    'from 18:00 on',
    { dailyFrom: '18:00' },
    [
      ['00:00', 'early'],
      ['17:59', 'early'],
      ['18:00', 'in time'],
      ['23:59', 'in time'],
    ],
  ],
  [
    'until 02:00',
    { dailyUntil: '02:00' },
    [
      ['00:00', 'in time'],
      ['01:59', 'in time'],
      ['02:00', 'late'],
      ['23:59', 'late'],
    ],
  ],
])('%s', (_title, times, moments) => {
  test.each(moments)('%s is %s', (time, answer) => {
    const [hours = 0, minutes = 0] = time.split(':').map(Number)
    const moment = new Date(Date.UTC(2026, 5, 2, hours - 2, minutes))
    expect(inBerlin(times, moment.toISOString())).toBe(answer)
  })
})

test('hours within a day say nothing before the first day and after the last', () => {
  const times = {
    ...{ dailyFrom: '18:00', dailyUntil: '02:00' },
    ...{ validFrom: new Date('2026-06-01T20:00:00Z'), validUntil: new Date('2026-06-02T22:00:00Z') },
  }
  expect(inBerlin(times, '2026-06-01T19:00:00Z')).toBe('early')
  expect(inBerlin(times, '2026-06-02T22:30:00Z')).toBe('late')
})

test('hours are those that clocks show, in both changes of the clock', () => {
  const night = { dailyFrom: '02:30', dailyUntil: '04:00' }
  // Clocks jump from 02:00 to 03:00: the hours begin with the jump.
  expect(inBerlin(night, '2026-03-29T00:59:00Z')).toBe('early')
  expect(inBerlin(night, '2026-03-29T01:00:00Z')).toBe('in time')
  expect(inBerlin(night, '2026-03-29T02:00:00Z')).toBe('late')
  // 02:00 to 03:00 comes twice: what clocks show twice is early, and in time, twice.
  const shown = [
    '2026-10-25T00:29:00Z',
    '2026-10-25T00:30:00Z',
    '2026-10-25T01:29:00Z',
    '2026-10-25T01:30:00Z',
  ]
  expect(shown.map((moment) => inBerlin(night, moment))).toEqual(['early', 'in time', 'early', 'in time'])
  const inNewYork = (times: Partial<Times>, moment: string) =>
    timeliness({ ...always, ...times }, new Date(moment), 'America/New_York')
  const late = { dailyFrom: '22:00', dailyUntil: '01:30' }
  const autumn = [
    '2026-11-01T05:29:00Z',
    '2026-11-01T05:30:00Z',
    '2026-11-01T06:29:00Z',
    '2026-11-01T06:30:00Z',
  ]
  expect(autumn.map((moment) => inNewYork(late, moment))).toEqual(['in time', 'early', 'in time', 'early'])
  expect(inNewYork({ dailyUntil: '02:30' }, '2026-03-08T06:59:00Z')).toBe('in time')
  expect(inNewYork({ dailyUntil: '02:30' }, '2026-03-08T07:00:00Z')).toBe('late')
})
