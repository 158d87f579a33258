import { describe, expect, it } from 'vitest'
import { START } from '../../test/occupancy.ts'
import { eventTimes } from '../words/times.ts'
import { describeChart } from './describe-chart.ts'

const MIN = 60_000
const times = eventTimes('UTC')
const columnsOf = (entries: (number | null)[], openFrom?: number) => ({
  times: entries.map((_, index) => START + index * MIN),
  entries,
  byGate: [],
  exits: entries,
  openFrom,
})

describe('describeChart', () => {
  it('says the last number, the most, and where the others are', () => {
    expect(describeChart(columnsOf([5, 9, 7]), 60, times)).toBe(
      'Chart of people entering: 7 / min at last. The most were 9 a minute at 17:01. The table below has the numbers.',
    )
  })

  it('says of which times nothing is known', () => {
    const text = describeChart(columnsOf([5, null, null, 7, null]), 60, times)
    expect(text).toContain('not known at last')
    expect(text).toContain('Nothing is known of 17:01:00 to 17:03:00, and of 17:04:00 to 17:05:00.')
  })
})
