import { fork } from 'node:child_process'
import { once } from 'node:events'
import { newId } from '@headcount/ids'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import {
  appendToOutbox,
  type Bus,
  BusUnavailable,
  type Handler,
  inProcessBus,
  type Relay,
  type RelayOptions,
  startRelay,
} from '../src/index.ts'
import { outboxDatabase } from './outbox-database.ts'

const log = pino({ level: 'silent' })
const policy = { maximum: 4, deadlineMs: 500, delayMs: () => 20 }
const changed = (event: string, version: number) => ({
  subject: `org.org_1.event.${event}.event.changed`,
  organizationId: 'org_1',
  payload: { id: event, version },
})

let store: Awaited<ReturnType<typeof outboxDatabase>>
beforeEach(async () => {
  store = await outboxDatabase()
})
const relays: Relay[] = []
afterEach(async () => {
  await Promise.all(relays.splice(0).map((relay) => relay.stop()))
  await store.drop()
})

async function busWith(handle: Handler, deadlineMs = 500): Promise<Bus> {
  const bus = inProcessBus({ log, policy: { deadlineMs } })
  await bus.subscribe({ consumer: 'gates', subjects: ['org.*.event.*.event.>'], handle })
  return bus
}

function relayTo(bus: Bus, options: Partial<RelayOptions> = {}): Relay {
  const relay = startRelay({ service: 'events', database: store.database, bus, log, policy, ...options })
  relays.push(relay)
  return relay
}

const append = (...messages: Parameters<typeof appendToOutbox>[1]) =>
  store.database.transaction((tx) => appendToOutbox(tx, messages))

test('a committed message reaches every subscriber and then leaves the outbox', async () => {
  const gates = vi.fn<Handler>(async () => undefined)
  const analytics = vi.fn<Handler>(async () => undefined)
  const bus = await busWith(gates)
  await bus.subscribe({ consumer: 'analytics', subjects: ['org.>'], handle: analytics })
  const relay = relayTo(bus)
  await append({ ...changed('evt_1', 1), id: 'msg_1', occurredAt: '2026-11-22T18:00:00Z' })
  relay.nudge()
  await vi.waitFor(async () => expect(await relay.pending()).toBe(0))
  const message = { ...changed('evt_1', 1), id: 'msg_1', occurredAt: '2026-11-22T18:00:00.000Z' }
  expect(gates.mock.calls.map(([seen]) => seen)).toEqual([message])
  expect(analytics.mock.calls.map(([seen]) => seen)).toEqual([message])
  expect(relay.counters).toEqual({ published: 1, retried: 0, dead: 0 })
})

test('a transaction that rolls back sends nothing', async () => {
  const handle = vi.fn<Handler>(async () => undefined)
  const relay = relayTo(await busWith(handle))
  const work = store.database.transaction((tx) => {
    appendToOutbox(tx, [changed('evt_1', 1)])
    throw new Error('changed my mind')
  })
  await expect(work).rejects.toThrow('changed my mind')
  await append(changed('evt_2', 1))
  await vi.waitFor(() => expect(relay.counters.published).toBe(1))
  expect(handle.mock.calls.map(([{ payload }]) => payload)).toEqual([{ id: 'evt_2', version: 1 }])
})

test('messages of one subject are sent in the order in which they were written, without a nudge too', async () => {
  const versions: unknown[] = []
  const relay = relayTo(
    await busWith(async ({ payload }) => void versions.push((payload as { version: number }).version)),
  )
  const count = 250
  await append(...Array.from({ length: count }, (_, index) => changed('evt_1', index)))
  await vi.waitFor(async () => expect(await relay.pending()).toBe(0), { timeout: 10_000 })
  expect(versions).toEqual(Array.from({ length: count }, (_, index) => index))
})

test('a publisher that is killed after the commit loses nothing: whoever starts next sends', async () => {
  const publisher = fork(new URL('./killed-publisher.ts', import.meta.url), [store.url])
  const [code, signal] = await once(publisher, 'exit')
  expect([code, signal]).toEqual([null, 'SIGKILL'])
  const handle = vi.fn<Handler>(async () => undefined)
  const relay = relayTo(await busWith(handle))
  await vi.waitFor(() => expect(handle).toHaveBeenCalledOnce())
  expect(handle.mock.calls[0]?.[0]).toMatchObject({ id: 'msg_killed', payload: { version: 7 } })
  await vi.waitFor(async () => expect(await relay.pending()).toBe(0))
})

test('a message that is refused every time is put aside while others pass, and can be replayed', async () => {
  let isMended = false
  const applied: string[] = []
  const bus = await busWith(async ({ payload }) => {
    const { id } = payload as { id: string }
    if (id === 'evt_poison' && !isMended) throw new Error('the projection has a hole')
    applied.push(id)
  })
  const relay = relayTo(bus)
  await append(changed('evt_poison', 1), changed('evt_good', 1))
  relay.nudge()
  await vi.waitFor(() => expect(applied).toEqual(['evt_good']))
  await vi.waitFor(async () => expect(await relay.dead()).toBe(1), { timeout: 5000 })
  expect(await relay.pending()).toBe(0)
  expect(relay.counters).toEqual({ published: 1, retried: 3, dead: 1 })
  const [dead] = await store.database.query('SELECT attempts, last_error FROM outbox_dead')
  expect(dead).toEqual({
    attempts: 4,
    last_error: 'gates could not apply org.org_1.event.evt_poison.event.changed: the projection has a hole',
  })
  isMended = true
  expect(await relay.replayDead(['msg_unknown'])).toBe(0)
  expect(await relay.replayDead()).toBe(1)
  await vi.waitFor(() => expect(applied).toEqual(['evt_good', 'evt_poison']))
  expect(await relay.dead()).toBe(0)
})

test('a subject whose consumer hangs does not hold up the others, however much waits for it', async () => {
  const applied: string[] = []
  const hanging = Promise.withResolvers<void>()
  const bus = await busWith(async ({ payload }) => {
    const { id } = payload as { id: string }
    if (id === 'evt_hangs') await hanging.promise
    else applied.push(id)
  }, 10_000)
  await append(
    ...Array.from({ length: 300 }, (_, index) => changed('evt_hangs', index)),
    changed('evt_good', 1),
  )
  relayTo(bus)
  await vi.waitFor(() => expect(applied).toEqual(['evt_good']), { timeout: 2000 })
  hanging.resolve()
})

test('while the bus cannot be reached nothing counts as an attempt, and then everything goes', async () => {
  const handle = vi.fn<Handler>(async () => undefined)
  const inner = await busWith(handle)
  let isReachable = false
  const bus: Bus = {
    ...inner,
    async publish(service, message) {
      if (!isReachable) throw new BusUnavailable('nobody there')
      await inner.publish(service, message)
    },
  }
  const relay = relayTo(bus)
  await append(...Array.from({ length: 150 }, (_, index) => changed(`evt_${index}`, 1)))
  await new Promise((resolve) => setTimeout(resolve, 1500))
  expect(await relay.pending()).toBe(150)
  expect(await relay.lagMs()).toBeGreaterThan(1000)
  expect(await store.database.query('SELECT 1 FROM outbox WHERE attempts > 0')).toEqual([])
  isReachable = true
  await vi.waitFor(async () => expect(await relay.pending()).toBe(0), { timeout: 8000 })
  expect(handle).toHaveBeenCalledTimes(150)
  expect(await relay.lagMs()).toBe(0)
})

test('of several processes one sends; when it stops or loses its connection another takes over', async () => {
  const handle = vi.fn<Handler>(async () => undefined)
  const bus = await busWith(handle)
  const both = [relayTo(bus), relayTo(bus)]
  const published = () => both.map(({ counters }) => counters.published)
  await append(changed('evt_1', 1))
  await vi.waitFor(() => expect(published().toSorted()).toEqual([0, 1]))
  const leader = both[published().indexOf(1)]
  await append(...Array.from({ length: 20 }, (_, index) => changed('evt_1', index)))
  await vi.waitFor(() => expect(leader?.counters.published).toBe(21))

  await leader?.stop()
  await append(changed('evt_2', 1))
  await vi.waitFor(() => expect(published().toSorted()).toEqual([1, 21]), { timeout: 3000 })

  await store.database.query(
    `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND database =
       (SELECT oid FROM pg_database WHERE datname = current_database())`,
  )
  await append(changed('evt_3', 1))
  await vi.waitFor(() => expect(published().toSorted()).toEqual([2, 21]), { timeout: 5000 })
  expect(handle).toHaveBeenCalledTimes(23)
})

test('stopping waits for what is under way', async () => {
  const bus = await busWith(() => new Promise((resolve) => setTimeout(resolve, 200)))
  const relay = relayTo(bus)
  await append(changed('evt_1', 1))
  relay.nudge()
  await vi.waitFor(async () => expect(await relay.pending()).toBe(1))
  await new Promise((resolve) => setTimeout(resolve, 50))
  await relay.stop()
  expect(bus.counters.handled).toBe(1)
  expect(await relay.pending()).toBe(0)
})

test('a message whose id is still in the outbox is not written twice', async () => {
  const message = { ...changed('evt_1', 1), id: newId('message') }
  await append(message, message)
  await append(message)
  expect(await store.database.query('SELECT id FROM outbox')).toEqual([{ id: message.id }])
})

test('a malformed subject is refused before anything is written', async () => {
  await expect(append({ ...changed('evt_1', 1), subject: 'org.*.event' })).rejects.toThrow('is no subject')
  expect(await store.database.query('SELECT id FROM outbox')).toEqual([])
})
