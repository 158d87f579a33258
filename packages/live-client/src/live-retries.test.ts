import { describe, expect, it } from 'vitest'
import { begin, lost } from '../test/begin.ts'
import { placed } from '../test/told.ts'

describe('a subscription that is lost', () => {
  it('waits longer after each failure, never more than 15 s, and short again after a result', async () => {
    const { clock, attempts, last } = begin()
    const waits: number[] = []
    for (let failure = 0; failure < 8; failure++) {
      last().sink.end(lost())
      const [from, count] = [clock.now(), attempts.length]
      while (attempts.length === count) await clock.move(100)
      waits.push(clock.now() - from)
    }
    expect(waits).toEqual([400, 800, 1600, 3200, 6400, 12_800, 15_000, 15_000])
    last().sink.result(placed(1))
    last().sink.end(lost())
    const count = attempts.length
    await clock.move(400)
    expect(attempts).toHaveLength(count + 1)
  })

  it('waits as long as the server asks, at least, but not for an hour', async () => {
    const { clock, attempts, last } = begin()
    last().sink.end(lost('UNREACHABLE', 2000))
    await clock.move(2499)
    expect(attempts).toHaveLength(1)
    await clock.move(1)
    expect(attempts).toHaveLength(2)
    last().sink.end(lost('UNREACHABLE', 3_600_000))
    await clock.move(75_000)
    expect(attempts).toHaveLength(3)
  })

  it('tries at once when it is woken, unless the server asked to wait', () => {
    const { attempts, client, last } = begin()
    last().sink.end(lost())
    client.wake()
    expect(attempts).toHaveLength(2)
    client.wake()
    expect(attempts).toHaveLength(2)
    last().sink.end(lost('UNREACHABLE', 2000))
    client.wake()
    expect(attempts).toHaveLength(2)
  })

  it('takes a connection that is silent for 10 s for dead', async () => {
    const { clock, attempts, last, state } = begin()
    last().sink.result(placed(1))
    await clock.move(9900)
    expect(state()).toEqual({ phase: 'live' })
    await clock.move(200)
    expect(state()).toMatchObject({ phase: 'lost', since: clock.now() - 10_100 })
    expect(attempts[0]?.closed).toBe('silent')
    await clock.move(400)
    expect(attempts).toHaveLength(2)
  })

  it('bears any silence where it is told to', async () => {
    const { clock, attempts, last, state } = begin({ silenceLimitMs: Number.POSITIVE_INFINITY })
    last().sink.opened()
    await clock.move(3_600_000)
    last().sink.result(placed(1))
    await clock.move(3_600_000)
    expect(state()).toEqual({ phase: 'live' })
    expect(attempts).toHaveLength(1)
  })

  it('gives up an attempt that is not let in within 10 s, however silent its stream may be', async () => {
    const { clock, attempts, state } = begin({ silenceLimitMs: Number.POSITIVE_INFINITY })
    await clock.move(10_000)
    expect(state()).toMatchObject({ phase: 'lost' })
    expect(attempts[0]?.closed).toBe('silent')
  })

  it('hears nothing more from an attempt that it gave up', async () => {
    const { clock, attempts, last, told } = begin()
    last().sink.result(placed(1))
    last().sink.end(lost())
    await clock.move(400)
    attempts[0]?.sink.result(placed(99))
    attempts[0]?.sink.end(lost())
    expect(told.results).toHaveLength(1)
    await clock.move(5000)
    expect(attempts).toHaveLength(2)
  })
})
