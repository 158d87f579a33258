import { setTimeout as sleep } from 'node:timers/promises'
import { inProcessTopics, LiveUnavailable, type Topics } from '@headcount/live'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createOccupancyPublisher, type PublisherOptions } from './publish-occupancy.ts'

// Nothing that is told here is looked at.
const log = { warn() {}, error() {} } as unknown as PublisherOptions['log']

const channelOf = (id: string) => `org:org_1:event:${id}:occupancy`

/** A publisher over counts in memory: an event's count is its `seq`. */
function start(topics: Topics) {
  const seqs = new Map<string, number>()
  const occupancies = vi.fn(async (ids: readonly string[]) =>
    ids.map((id) => ({
      ...{ organizationId: 'org_1', event: { id, name: id }, seq: seqs.get(id) ?? 0, asOf: new Date() },
      ...{ admitted: 0, inside: 0, reset: false, zones: [], gates: [] },
    })),
  )
  const publisher = createOccupancyPublisher({ store: { occupancies }, topics, log, now: () => new Date() })
  onTestFinished(() => publisher.stop())
  return {
    occupancies,
    publisher,
    seqOf: (id: string) => seqs.get(id) ?? 0,
    change(id: string) {
      seqs.set(id, (seqs.get(id) ?? 0) + 1)
      publisher.changed(id)
    },
    read: () => occupancies.mock.calls.flatMap(([ids]) => ids),
  }
}

test('of 1,000 events that change all the time, only the one that somebody listens to is read', async () => {
  const topics = inProcessTopics({ log })
  const list = vi.spyOn(topics, 'activeChannels')
  const { change, publisher, read, occupancies } = start(topics)
  const listener = vi.fn()
  await topics.subscribe(channelOf('evt_7'), listener)
  const ids = Array.from({ length: 1000 }, (_, index) => `evt_${index}`)
  const beganAtMs = Date.now()
  for (let round = 0; round < 20; round++) {
    for (const id of ids) change(id)
    await sleep(20)
  }
  await publisher.stop()
  const tookMs = Date.now() - beganAtMs
  await vi.waitFor(() => expect(listener).toHaveBeenCalled())
  expect(new Set(read())).toEqual(new Set(['evt_7']))
  expect(occupancies.mock.calls.length).toBeLessThanOrEqual(tookMs / 100 + 2)
  expect(list.mock.calls.length).toBeLessThanOrEqual(tookMs / 25 + 2)
})

test('while nobody can say who listens, everybody is told', async () => {
  const topics = inProcessTopics({ log })
  topics.activeChannels = () => Promise.reject(new LiveUnavailable('away'))
  const { change } = start(topics)
  const listener = vi.fn()
  await topics.subscribe(channelOf('evt_1'), listener)
  change('evt_1')
  await vi.waitFor(() => expect(listener).toHaveBeenCalledWith(expect.objectContaining({ seq: 1 })))
})

/** Topics whose every call takes a while, to and fro, as over a network. */
function slowly(topics: Topics, most: number): Topics {
  const pause = () => sleep(Math.random() * most)
  return {
    ...topics,
    async activeChannels(pattern) {
      await pause()
      const channels = await topics.activeChannels(pattern)
      await pause()
      return channels
    },
    async publish(channel, message) {
      await pause()
      await topics.publish(channel, message)
    },
    async subscribe(channel, listener) {
      await pause()
      const leave = await topics.subscribe(channel, listener)
      await pause()
      return leave
    },
  }
}

test('whoever comes while counts change has the last one without a heartbeat, whenever it came', async () => {
  const topics = slowly(inProcessTopics({ log }), 8)
  const { change, seqOf } = start(topics)
  const ids = Array.from({ length: 300 }, (_, index) => `evt_${index}`)
  /** One that listens, then takes its snapshot. */
  async function comeTo(id: string): Promise<{ id: string; seq: number }> {
    await sleep(Math.random() * 60)
    const has = { id, seq: -1 }
    const take = (seq: number) => {
      has.seq = Math.max(has.seq, seq)
    }
    await topics.subscribe(channelOf(id), ({ seq }) => take(seq))
    take(seqOf(id))
    return has
  }
  async function moveSome(id: string): Promise<void> {
    for (let count = Math.ceil(Math.random() * 3); count > 0; count--) {
      await sleep(Math.random() * 40)
      change(id)
    }
  }
  const came = Promise.all(ids.map(comeTo))
  await Promise.all(ids.map(moveSome))
  const all = await came
  await vi.waitFor(() => expect(all.map(({ seq }) => seq)).toEqual(all.map(({ id }) => seqOf(id))), {
    timeout: 3000,
  })
})
