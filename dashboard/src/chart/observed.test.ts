import { describe, expect, it } from 'vitest'
import { occupancyAt, START } from '../../test/occupancy.ts'
import { Observed } from './observed.ts'

const HOUR = 3_600_000

describe('Observed', () => {
  it('sums what changed between messages, by gate and time', () => {
    const observed = new Observed()
    const messages = [
      occupancyAt(10, { atMs: 1000, entries: [100, 50] }),
      occupancyAt(13, { atMs: 1500, entries: [102, 51] }),
      occupancyAt(15, { atMs: 2000, entries: [103, 51], exits: [1, 0] }),
      occupancyAt(16, { atMs: 11_000, entries: [104, 51], exits: [1, 0] }),
    ]
    observed.add(undefined, messages[0] ?? occupancyAt(0))
    for (const [index, message] of messages.entries())
      if (index > 0) observed.add(messages[index - 1], message)
    expect(observed.between('g1', START, START + 10_000)).toEqual({ entries: 3, exits: 1 })
    expect(observed.between('g2', START, START + 10_000)).toEqual({ entries: 1, exits: 0 })
  })

  it('counts nothing over a gap, a reset, or a repeated message', () => {
    const observed = new Observed()
    const first = occupancyAt(10, { entries: [100] })
    observed.add(first, occupancyAt(20, { atMs: 6000, entries: [180] }))
    observed.add(first, occupancyAt(20, { atMs: 500, entries: [180], reset: true }))
    observed.add(first, occupancyAt(10, { atMs: 500, entries: [100] }))
    expect(observed.between('g1', START, START + HOUR)).toEqual({ entries: 0, exits: 0 })
  })

  it('knows the holes in what it saw', () => {
    const observed = new Observed()
    const first = occupancyAt(10, { atMs: 1000 })
    observed.add(undefined, first)
    expect(observed.unseenMs(START, START + 6000)).toBe(0)
    expect(observed.unseenMs(START, START + 31_000)).toBe(30_000)
    observed.add(first, occupancyAt(20, { atMs: 31_000 }))
    expect(observed.unseenMs(START, START + 10_000)).toBe(9000)
    expect(observed.unseenMs(START + 20_000, START + 35_000)).toBe(11_000)
  })

  it('has no hole where the seq says that nothing happened', () => {
    const observed = new Observed()
    const first = occupancyAt(10)
    observed.add(undefined, first)
    observed.add(first, occupancyAt(10, { atMs: 30_000 }))
    expect(observed.unseenMs(START, START + 30_000)).toBe(0)
  })

  it('has no holes before it began to look', () => {
    expect(new Observed().unseenMs(START, START + HOUR)).toBe(0)
  })

  it('does not count an undo as people coming', () => {
    const observed = new Observed()
    observed.add(occupancyAt(10, { entries: [100] }), occupancyAt(11, { atMs: 500, entries: [99] }))
    expect(observed.between('g1', START, START + 10_000).entries).toBe(0)
  })
})
