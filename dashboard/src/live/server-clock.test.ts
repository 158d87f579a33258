import { describe, expect, it } from 'vitest'
import { afterAnswer, afterMessage, offsetMs, type ServerClock } from './server-clock.ts'

const SERVER = Date.parse('2026-11-22T17:00:00.000Z')

/** An HTTP answer of a server whose clock shows `serverMs`, seen by a local clock that is `aheadMs` ahead. */
const answered = (clock: ServerClock, serverMs: number, aheadMs: number) =>
  afterAnswer(clock, {
    sentAt: serverMs + aheadMs - 20,
    receivedAt: serverMs + aheadMs + 20,
    dateMs: Math.floor(serverMs / 1000) * 1000,
  })

describe('the measured offset', () => {
  it('is within a second after one answer', () => {
    const offset = offsetMs(answered({}, SERVER + 700, 90_000))
    expect(Math.abs(offset - 90_000)).toBeLessThanOrEqual(1000)
  })

  it('grows sharper with every answer', () => {
    let clock: ServerClock = {}
    for (const ms of [0, 5100, 10_300, 15_500, 20_900]) clock = answered(clock, SERVER + ms, -3000)
    expect(Math.abs(offsetMs(clock) + 3000)).toBeLessThanOrEqual(100)
  })

  it('is sharp with fresh messages alone', () => {
    let clock: ServerClock = {}
    for (const delay of [80, 15, 200]) clock = afterMessage(clock, SERVER + 5000 + delay, SERVER)
    expect(offsetMs(clock)).toBe(5015)
  })

  it('does not let a stale first message pass for a fresh one', () => {
    const clock = afterMessage(answered({}, SERVER, 0), SERVER, SERVER - 14_000)
    expect(offsetMs(clock)).toBeLessThanOrEqual(1020)
  })

  it('starts anew when a clock was set', () => {
    const hour = 3_600_000
    let clock = afterMessage(answered({}, SERVER, 0), SERVER + 10, SERVER)
    clock = answered(clock, SERVER + 60_000, hour)
    expect(Math.abs(offsetMs(clock) - hour)).toBeLessThanOrEqual(1000)
    clock = afterMessage(clock, SERVER + 61_000 - hour, SERVER + 61_000)
    expect(offsetMs(clock)).toBe(-hour)
  })
})
