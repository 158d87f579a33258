import { describe, expect, it, vi } from 'vitest'
import { begin, lost } from '../test/begin.ts'
import { placed, plain } from '../test/told.ts'
import { ManualClock } from '../testing/manual-clock.ts'
import { createLiveClient } from './live-client.ts'
import type { AttemptSink } from './transport.ts'

describe('a subscription', () => {
  it('opts in at first, and afterwards resumes after the last position', async () => {
    const { clock, last } = begin({ extensions: { trace: 'on' } })
    expect(last().request.extensions).toEqual({ trace: 'on', resume: null })
    last().sink.result(placed(41))
    last().sink.result(placed(42))
    last().sink.end(lost())
    await clock.move(400)
    expect(last().request.extensions).toEqual({ trace: 'on', resume: '42' })
  })

  it('takes the id of an event for its position', async () => {
    const { clock, last, told } = begin()
    last().sink.result(plain(7), '7')
    expect(told.results[0]?.[1].position).toBe('7')
    last().sink.end(lost())
    await clock.move(400)
    expect(last().request.extensions.resume).toBe('7')
  })

  it('resumes by its own variables where the server tells no position, and no longer once it does', async () => {
    const { clock, last } = begin({
      variables: { eventId: 'e', afterSeq: null },
      ownPosition: {
        of: ({ counts }) => counts?.seq.toString(),
        variables: (position) => ({ afterSeq: Number(position) }),
      },
    })
    last().sink.result(plain(41))
    last().sink.end(lost())
    await clock.move(400)
    expect(last().request.variables).toEqual({ eventId: 'e', afterSeq: 41 })
    last().sink.result(placed(42))
    last().sink.end(lost())
    await clock.move(400)
    expect(last().request.variables).toEqual({ eventId: 'e', afterSeq: null })
    expect(last().request.extensions.resume).toBe('42')
  })

  it('is live from the first result on, not before', () => {
    const { last, state } = begin()
    expect(state()).toEqual({ phase: 'connecting' })
    last().sink.result(placed(1))
    expect(state()).toEqual({ phase: 'live' })
  })

  it('says since when it is away, and afterwards for how long it was', async () => {
    const { clock, last, state } = begin()
    await clock.move(700)
    last().sink.result(placed(1))
    const from = clock.now()
    await clock.move(1500)
    last().sink.end(lost())
    expect(state()).toMatchObject({ phase: 'lost', since: from, retryAt: from + 1900 })
    await clock.move(400)
    expect(state()).toEqual({ phase: 'lost', since: from })
    await clock.move(600)
    last().sink.result(placed(5))
    expect(state()).toEqual({ phase: 'live', interruption: { from, to: from + 2500, outcome: 'continued' } })
  })

  it.each([
    ['unchanged', placed(1)],
    ['continued', placed(2)],
    ['reset', placed(0, { reset: true })],
    ['gap', placed(9, { gap: { afterSeq: 1, beforeSeq: 9 } })],
    ['unknown', plain(2)],
  ])('calls what became of the time away %s', async (outcome, result) => {
    const { clock, last, state } = begin()
    last().sink.result(placed(1))
    last().sink.end(lost())
    await clock.move(400)
    last().sink.result(result)
    expect(state()).toMatchObject({ phase: 'live', interruption: { outcome } })
  })

  it('tells of a gap that comes without data', () => {
    const { last, told } = begin()
    last().sink.result({ extensions: { resume: '9', gap: { afterSeq: 3, beforeSeq: 9 } } })
    expect(told.results[0]?.[1]).toEqual({
      position: '9',
      isReset: false,
      gap: { afterSeq: 3, beforeSeq: 9 },
    })
  })

  it.each(['FORBIDDEN', 'NOT_FOUND', 'BAD_USER_INPUT'])('never tries again after %s', async (code) => {
    const { clock, attempts, last, state, told } = begin()
    last().sink.result(placed(1))
    last().sink.result({ data: null, errors: [{ message: 'no', extensions: { code } }] })
    await clock.move(60_000)
    expect(state()).toMatchObject({ phase: 'ended', error: { code } })
    expect(told.ends).toMatchObject([{ code }])
    expect(attempts).toHaveLength(1)
    expect(attempts[0]?.closed).toBe('unwanted')
  })

  it('gives up the token that was not taken, and goes on where it was', async () => {
    const { clock, attempts, last, told } = begin()
    last().sink.result(placed(3))
    last().sink.result({ errors: [{ message: 'ended', extensions: { code: 'UNAUTHENTICATED' } }] })
    expect(attempts[0]?.closed).toBe('unauthenticated')
    await clock.move(400)
    expect(last().request.extensions.resume).toBe('3')
    expect(told.ends).toEqual([])
  })

  it('hands on a failure that may pass, which does not count as a sign of life', async () => {
    const { clock, attempts, last, state, told } = begin()
    const failure = {
      data: { counts: null },
      errors: [{ message: 'x', extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }],
    }
    for (let second = 0; second < 11; second++) {
      last().sink.result(failure)
      await clock.move(1000)
    }
    expect(told.results[0]?.[0]).toEqual(failure)
    expect(state()).toMatchObject({ phase: 'lost' })
    expect(attempts).toHaveLength(2)
  })

  it('ends with the server’s complete, or goes on where its stream has no end', async () => {
    const plain = begin()
    plain.last().sink.end({ isComplete: true })
    expect(plain.told.ends).toEqual(['complete'])
    const endless = begin({ isEndless: true })
    endless.last().sink.end({ isComplete: true })
    await endless.clock.move(400)
    expect(endless.told.ends).toEqual([])
    expect(endless.attempts).toHaveLength(2)
  })

  it('is silent after it was ended', async () => {
    const { clock, attempts, last, stop, told, client } = begin()
    last().sink.result(placed(1))
    stop()
    client.wake()
    await clock.move(60_000)
    expect(attempts).toHaveLength(1)
    expect(attempts[0]?.closed).toBe('unwanted')
    expect(told.states).toHaveLength(2)
  })

  it('may be ended by whoever is told of its state', async () => {
    const clock = new ManualClock()
    const sinks: AttemptSink[] = []
    const open = (_: unknown, sink: AttemptSink) => {
      sinks.push(sink)
      return () => {}
    }
    const client = createLiveClient({ open }, { clock })
    const ends: unknown[] = []
    const stop = client.subscribe(
      { query: '' },
      {
        next: () => {},
        state: ({ phase }) => phase === 'lost' && stop(),
        error: (error) => ends.push(error),
        complete: () => ends.push('complete'),
      },
    )
    sinks[0]?.end(lost())
    await clock.move(60_000)
    expect({ attempts: sinks.length, ends }).toEqual({ attempts: 1, ends: [] })
  })

  it('is ended by its client', () => {
    const { attempts, client } = begin()
    client.close()
    expect(attempts[0]?.closed).toBe('unwanted')
  })

  it('goes on when a sink throws, and throws it on', async () => {
    const clock = new ManualClock()
    const sinks: AttemptSink[] = []
    const later = vi.spyOn(globalThis, 'queueMicrotask').mockImplementation(() => {})
    const open = (_: unknown, sink: AttemptSink) => {
      sinks.push(sink)
      return () => {}
    }
    const client = createLiveClient({ open }, { clock })
    const fault = new Error('a fault of the page')
    const next = vi.fn(() => {
      throw fault
    })
    client.subscribe({ query: '' }, { next, error: () => {}, complete: () => {} })
    sinks[0]?.result(placed(1))
    sinks[0]?.result(placed(2))
    expect(next).toHaveBeenCalledTimes(2)
    const [rethrow] = later.mock.calls[0] ?? []
    later.mockRestore()
    expect(() => rethrow?.()).toThrow(fault)
    client.close()
  })
})
