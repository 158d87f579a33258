import type { Delivery, LiveSink } from '@headcount/live-client'
import { describe, expect, it } from 'vitest'
import { occupancyAt } from '../../test/occupancy.ts'
import type { OccupancyChangedSubscription } from '../generated/graphql.ts'
import type { Occupancy } from './occupancy.ts'
import { OccupancyFeed } from './occupancy-feed.ts'

const plain: Delivery = { position: undefined, isReset: false, gap: undefined }

function startFeed() {
  const sinks: LiveSink<OccupancyChangedSubscription>[] = []
  const told = { asOfs: [] as number[], changes: 0, stops: 0 }
  const feed = new OccupancyFeed({
    eventId: 'evt_1',
    subscribe: (_eventId, sink) => {
      sinks.push(sink)
      return () => void told.stops++
    },
    onAsOf: (asOf) => told.asOfs.push(asOf),
  })
  feed.subscribe(() => void told.changes++)
  feed.start()
  const [sink] = sinks
  if (!sink) throw new Error('Nothing was subscribed to.')
  const receive = (occupancyChanged: Occupancy | null, delivery: Partial<Delivery> = {}) =>
    sink.next({ data: { occupancyChanged } }, { ...plain, ...delivery })
  return { feed, sink, receive, told }
}

describe('OccupancyFeed', () => {
  it('is live together with its first number, not before', () => {
    const { feed, sink, receive, told } = startFeed()
    expect(feed.state()).toEqual({ live: { phase: 'connecting' }, isMissing: false })
    sink.state?.({ phase: 'live' })
    expect(told.changes).toBe(0)
    receive(occupancyAt(3))
    expect(told.changes).toBe(1)
    expect(feed.state()).toEqual({ live: { phase: 'live' }, occupancy: occupancyAt(3), isMissing: false })
  })

  it('keeps the last number while the connection is away', () => {
    const { feed, sink, receive } = startFeed()
    receive(occupancyAt(41))
    sink.state?.({ phase: 'lost', since: 5 })
    expect(feed.state()).toMatchObject({ live: { phase: 'lost', since: 5 }, occupancy: { seq: 41 } })
  })

  it('starts again from a reset, whether the transport or the message says so', () => {
    const { feed, receive } = startFeed()
    receive(occupancyAt(41))
    receive(occupancyAt(3))
    expect(feed.state().occupancy?.seq).toBe(41)
    receive(occupancyAt(3), { isReset: true })
    expect(feed.state().occupancy?.seq).toBe(3)
    receive(occupancyAt(1, { reset: true }))
    expect(feed.state().occupancy?.seq).toBe(1)
  })

  it("measures the server's clock by each message", () => {
    const { receive, told } = startFeed()
    receive(occupancyAt(1, { atMs: 2000 }))
    expect(told.asOfs).toEqual([Date.parse(occupancyAt(1, { atMs: 2000 }).asOf)])
  })

  it('says when there is no such event, and asks no more', () => {
    const { feed, receive, told } = startFeed()
    receive(null)
    expect(feed.state().isMissing).toBe(true)
    expect(told.stops).toBe(1)
  })

  it('does not take a failure, or a gap that comes alone, for an event that is missing', () => {
    const { feed, sink, receive } = startFeed()
    receive(occupancyAt(2))
    sink.next({ data: { occupancyChanged: null }, errors: [{ message: 'no answer' }] }, plain)
    sink.next({}, { ...plain, gap: { afterSeq: 2, beforeSeq: 9 } })
    expect(feed.state()).toMatchObject({ isMissing: false, occupancy: { seq: 2 } })
  })

  it('ends its subscription', () => {
    const { feed, told } = startFeed()
    feed.stop()
    expect(told.stops).toBe(1)
  })
})
