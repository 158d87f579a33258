import { describe, expect, it } from 'vitest'
import { ManualClock } from '../../test/manual-clock.ts'
import { occupancyAt } from '../../test/occupancy.ts'
import type { Problem } from '../graph/answer.ts'
import { type AttemptSink, OccupancyFeed } from './occupancy-feed.ts'

const problem = (code: string): Problem => ({ code, message: '', path: '' })

function startFeed() {
  const clock = new ManualClock()
  const attempts: { afterSeq: number | undefined; sink: AttemptSink; isClosed: boolean }[] = []
  let refusedTokens = 0
  const feed = new OccupancyFeed({
    open: (afterSeq, sink) => {
      const attempt = { afterSeq, sink, isClosed: false }
      attempts.push(attempt)
      return () => {
        attempt.isClosed = true
      }
    },
    clock,
    random: () => 1,
    onAsOf: () => {},
    onTokenRefused: () => void refusedTokens++,
  })
  feed.start()
  const last = () => {
    const attempt = attempts.at(-1)
    if (!attempt) throw new Error('No attempt was made.')
    return attempt
  }
  return { feed, clock, attempts, last, refusedTokens: () => refusedTokens }
}

describe('OccupancyFeed', () => {
  it('is live from the first message on, not before', () => {
    const { feed, last } = startFeed()
    expect(feed.state()).toEqual({ phase: 'connecting' })
    last().sink.onMessage(occupancyAt(3))
    expect(feed.state()).toEqual({ phase: 'live', occupancy: occupancyAt(3) })
  })

  it('keeps the last number after a loss, resumes after its seq, and is live only when something comes', async () => {
    const { feed, clock, last } = startFeed()
    last().sink.onMessage(occupancyAt(41))
    last().sink.onEnd(problem('UNREACHABLE'))
    expect(feed.state()).toMatchObject({ phase: 'reconnecting', occupancy: { seq: 41 } })
    await clock.move(400)
    expect(last().afterSeq).toBe(41)
    expect(feed.state().phase).toBe('reconnecting')
    last().sink.onMessage(occupancyAt(41, { atMs: 2000 }))
    expect(feed.state().phase).toBe('live')
  })

  it('waits longer after each failure, and short again after a success', async () => {
    const { clock, attempts, last } = startFeed()
    const waits: number[] = []
    for (let failure = 0; failure < 4; failure++) {
      last().sink.onEnd()
      const [from, count] = [clock.now(), attempts.length]
      while (attempts.length === count) await clock.move(100)
      waits.push(clock.now() - from)
    }
    expect(waits).toEqual([400, 800, 1600, 3200])
    last().sink.onMessage(occupancyAt(1))
    last().sink.onEnd()
    const count = attempts.length
    await clock.move(400)
    expect(attempts.length).toBe(count + 1)
  })

  it('takes a connection that is silent for 10 s for dead', async () => {
    const { feed, clock, attempts, last } = startFeed()
    last().sink.onMessage(occupancyAt(1))
    await clock.move(9900)
    expect(feed.state().phase).toBe('live')
    await clock.move(200)
    expect(feed.state().phase).toBe('reconnecting')
    expect(attempts[0]?.isClosed).toBe(true)
    await clock.move(400)
    expect(attempts).toHaveLength(2)
  })

  it('hears nothing more from an attempt that it gave up', async () => {
    const { feed, clock, attempts, last } = startFeed()
    last().sink.onMessage(occupancyAt(1))
    last().sink.onEnd()
    await clock.move(400)
    attempts[0]?.sink.onMessage(occupancyAt(99))
    attempts[0]?.sink.onEnd()
    expect(feed.state().occupancy?.seq).toBe(1)
    await clock.move(5000)
    expect(attempts).toHaveLength(2)
  })

  it('asks for another token when one was refused, and goes on', async () => {
    const { clock, attempts, last, refusedTokens } = startFeed()
    last().sink.onEnd(problem('UNAUTHENTICATED'))
    expect(refusedTokens()).toBe(1)
    await clock.move(400)
    expect(attempts).toHaveLength(2)
  })

  it('stops, and says why, when the viewer may not see the counts', async () => {
    const { feed, clock, attempts, last } = startFeed()
    last().sink.onEnd(problem('FORBIDDEN'))
    await clock.move(60_000)
    expect(feed.state()).toEqual({ phase: 'refused', problem: problem('FORBIDDEN') })
    expect(attempts).toHaveLength(1)
  })

  it('says when there is no such event', () => {
    const { feed, last } = startFeed()
    last().sink.onMessage(null)
    expect(feed.state()).toEqual({ phase: 'missing' })
  })

  it('tries at once when it is woken while it waits', async () => {
    const { feed, clock, attempts, last } = startFeed()
    for (let failure = 0; failure < 6; failure++) {
      last().sink.onEnd()
      await clock.move(15_000)
    }
    last().sink.onEnd()
    const count = attempts.length
    feed.wake()
    expect(attempts).toHaveLength(count + 1)
    feed.wake()
    expect(attempts).toHaveLength(count + 1)
  })

  it('is silent after it was stopped', async () => {
    const { feed, clock, attempts, last } = startFeed()
    last().sink.onMessage(occupancyAt(1))
    feed.stop()
    await clock.move(60_000)
    expect(attempts).toHaveLength(1)
    expect(attempts[0]?.isClosed).toBe(true)
  })
})
