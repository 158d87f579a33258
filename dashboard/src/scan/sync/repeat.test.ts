import { ManualClock } from '@headcount/live-client/testing'
import { describe, expect, it } from 'vitest'
import { repeat } from './repeat.ts'

describe('repeat', () => {
  it('waits as long as the task says, and not at all when it is wanted', async () => {
    const clock = new ManualClock()
    let runs = 0
    const repeating = repeat(clock, async () => {
      runs += 1
      return 1000
    })
    repeating.soon()
    await clock.move(2500)
    expect(runs).toBe(3)
    repeating.soon()
    await clock.move(1)
    expect(runs).toBe(4)
    repeating.stop()
    await clock.move(5000)
    expect(runs).toBe(4)
  })

  it('never runs twice at once, and runs once more when it was wanted meanwhile', async () => {
    const clock = new ManualClock()
    let running = 0
    let most = 0
    let runs = 0
    const repeating = repeat(clock, async () => {
      runs += 1
      running += 1
      most = Math.max(most, running)
      await new Promise<void>((resolve) => void clock.after(100, resolve))
      running -= 1
      return 60_000
    })
    repeating.soon()
    await clock.move(10)
    repeating.soon()
    repeating.soon()
    await clock.move(1000)
    expect({ most, runs }).toEqual({ most: 1, runs: 2 })
    repeating.stop()
  })
})
