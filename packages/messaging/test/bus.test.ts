import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newId } from '@headcount/ids'
import { startNats } from '@headcount/servers'
import { serversOrSkip, titled } from '@headcount/servers/testing'
import { connect as connectNats } from 'nats'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import {
  type Bus,
  inProcessBus,
  type Message,
  type NatsBusOptions,
  natsBus,
  startHeartbeat,
} from '../src/index.ts'

const log = pino({ level: 'silent' })
const policy = { maximum: 3, deadlineMs: 500, delayMs: () => 30 }
const missing = await serversOrSkip()

const eventChanged = (event: string, version: number): Message => ({
  id: newId('message'),
  subject: `org.org_1.event.${event}.event.changed`,
  organizationId: 'org_1',
  payload: { id: event, version },
  occurredAt: '2026-11-22T18:00:00.000Z',
})

/** What both forms promise. `open` gives the ends of two services. */
function promises(open: () => Promise<{ events: Bus; gates: Bus }>): void {
  test('a message reaches each consumer once, whole', async () => {
    const { events, gates } = await open()
    const seen: Record<string, Message[]> = { gates: [], analytics: [] }
    for (const [consumer, received] of Object.entries(seen)) {
      await gates.subscribe({
        consumer,
        subjects: ['org.*.event.*.event.>'],
        handle: async (message) => void received.push(message),
      })
    }
    const event = newId('event')
    const message = eventChanged(event, 1)
    await events.publish('events', message)
    const mine = (consumer: string) => seen[consumer]?.filter(({ id }) => id === message.id)
    await vi.waitFor(() => {
      expect(mine('gates')).toEqual([message])
      expect(mine('analytics')).toEqual([message])
    })
  })

  test('a consumer hears only the subjects that it asked for', async () => {
    const { events, gates } = await open()
    const seen: string[] = []
    await gates.subscribe({
      consumer: 'participants',
      subjects: ['org.*.event.*.zone.>', 'org.*.event.*.ticket-type.*'],
      handle: async ({ subject }) => void seen.push(subject),
    })
    const event = newId('event')
    for (const thing of ['event', 'zone', 'ticket-type']) {
      const subject = `org.org_1.event.${event}.${thing}.changed`
      await events.publish('events', { ...eventChanged(event, 1), subject })
    }
    await vi.waitFor(() => expect(seen.filter((subject) => subject.includes(event))).toHaveLength(2))
    expect(seen.some((subject) => subject.endsWith('.event.changed'))).toBe(false)
  })

  test('a message that comes twice and out of order is applied once by a consumer that goes by key', async () => {
    const { events, gates } = await open()
    const event = newId('event')
    const projection = new Map<string, number>()
    let deliveries = 0
    await gates.subscribe({
      consumer: 'gates',
      subjects: [`org.*.event.${event}.event.>`],
      async handle({ payload }) {
        const { id, version } = payload as { id: string; version: number }
        deliveries++
        if (version > (projection.get(id) ?? 0)) projection.set(id, version)
      },
    })
    const [first, second] = [eventChanged(event, 1), eventChanged(event, 2)]
    // The queue drops what it knows by its id, so a repetition that reaches a consumer has another.
    for (const message of [second, first, { ...second, id: newId('message') }])
      await events.publish('events', message)
    await vi.waitFor(() => expect(deliveries).toBe(3))
    expect([...projection]).toEqual([[event, 2]])
  })

  test('messages of one subject are handled one at a time', async () => {
    const { events, gates } = await open()
    const event = newId('event')
    let running = 0
    let most = 0
    let done = 0
    await gates.subscribe({
      consumer: 'gates',
      subjects: [`org.*.event.${event}.>`],
      async handle() {
        most = Math.max(most, ++running)
        await new Promise((resolve) => setTimeout(resolve, 5))
        running--
        done++
      },
    })
    await Promise.all(Array.from({ length: 10 }, (_, n) => events.publish('events', eventChanged(event, n))))
    await vi.waitFor(() => expect(done).toBe(10))
    expect(most).toBe(1)
  })

  test('one subject that hangs does not hold up the others', async () => {
    const { events, gates } = await open()
    const [hanging, passing] = [newId('event'), newId('event')]
    const passed = vi.fn()
    await gates.subscribe({
      consumer: 'gates',
      subjects: [`org.*.event.${hanging}.>`, `org.*.event.${passing}.>`],
      async handle({ subject }, signal) {
        if (!subject.includes(hanging)) return passed()
        await new Promise((resolve) => signal.addEventListener('abort', resolve))
      },
    })
    const stuck = events.publish('events', eventChanged(hanging, 1)).catch(() => undefined)
    await events.publish('events', eventChanged(passing, 1))
    await vi.waitFor(() => expect(passed).toHaveBeenCalled())
    await stuck
  })

  test.for([
    ['events', 'org.org_1.event.evt_1.scan.recorded', 'is no subject of events'],
    ['events', 'org.org_1.event.*.event.changed', 'is no subject of events'],
    ['dashboard', 'org.org_1.event.evt_1.event.changed', 'publishes no stream'],
  ])('refuses to publish by %s on %s', async ([service = '', subject = '', reason]) => {
    const { events } = await open()
    await expect(events.publish(service, { ...eventChanged('evt_1', 1), subject })).rejects.toThrow(reason)
  })

  test('a second subscription of one consumer, and a subject that nobody publishes, are refused', async () => {
    const { gates } = await open()
    const subscribe = (subject: string) =>
      gates.subscribe({ consumer: 'gates', subjects: [subject], handle: async () => undefined })
    await expect(subscribe('org.*.event.*.weather.>')).rejects.toThrow('No stream has the subjects')
    await subscribe('org.*.event.*.event.>')
    await expect(subscribe('org.*.event.*.zone.>')).rejects.toThrow('has subscribed already')
  })

  test('a service that beats is heard, one that is silent is not', async () => {
    const { events, gates } = await open()
    const before = Date.now()
    onTestFinished(startHeartbeat(events, 'events', { everyMs: 50 }))
    await vi.waitFor(() => expect(gates.lastHeard('events')).toBeGreaterThanOrEqual(before))
    const heard = gates.lastHeard('events') ?? 0
    await vi.waitFor(() => expect(gates.lastHeard('events')).toBeGreaterThan(heard))
    expect(gates.lastHeard('participants')).toBeUndefined()
  })
}

describe('the bus in process', () => {
  promises(async () => {
    const bus = inProcessBus({ log, policy })
    onTestFinished(() => bus.close())
    return { events: bus, gates: bus }
  })

  test('a publication waits for every handler and fails with what one threw', async () => {
    const bus = inProcessBus({ log, policy })
    const steps: string[] = []
    await bus.subscribe({
      consumer: 'gates',
      subjects: ['org.>'],
      async handle() {
        await new Promise((resolve) => setTimeout(resolve, 20))
        steps.push('applied')
        if (steps.length > 1) throw new Error('no room')
      },
    })
    await bus.publish('events', eventChanged('evt_1', 1))
    expect(steps).toEqual(['applied'])
    await expect(bus.publish('events', eventChanged('evt_1', 2))).rejects.toThrow('gates could not apply')
    expect(bus.counters).toEqual({ published: 1, handled: 1, retried: 1, dead: 0 })
  })
})

describe.skipIf(missing)(titled('the bus over NATS', missing), () => {
  let directory: string
  let server: Awaited<ReturnType<typeof startNats>>
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'headcount-nats-'))
    server = await startNats({ directory })
  })
  afterAll(async () => {
    await server?.stop()
    await rm(directory, { recursive: true, force: true })
  })

  function connect(options: Partial<NatsBusOptions> = {}) {
    const bus = natsBus({ url: server.url, log, policy, ...options })
    onTestFinished(() => bus.close())
    return bus
  }

  promises(async () => {
    const [events, gates] = [connect(), connect()]
    await vi.waitFor(() => Promise.all([events.ready(), gates.ready()]), { timeout: 5000 })
    return { events, gates }
  })

  test('a message that always fails is put aside while others pass, and can be replayed', async () => {
    const [events, gates] = [connect(), connect()]
    const [poison, good] = [newId('event'), newId('event')]
    const applied: string[] = []
    let isMended = false
    await gates.subscribe({
      consumer: 'participants',
      subjects: [`org.*.event.${poison}.>`, `org.*.event.${good}.>`],
      async handle({ subject, id }) {
        if (subject.includes(poison) && !isMended) throw new Error('the projection has a hole')
        applied.push(id)
      },
    })
    const [bad, fine] = [eventChanged(poison, 1), eventChanged(good, 1)]
    await vi.waitFor(() => events.publish('events', bad), { timeout: 5000 })
    await events.publish('events', fine)
    await vi.waitFor(() => expect(applied).toEqual([fine.id]))
    await vi.waitFor(async () => expect(await events.dead()).toBe(1), { timeout: 5000 })
    expect(gates.counters).toMatchObject({ handled: 1, retried: 2, dead: 1 })
    isMended = true
    expect(await events.replayDead()).toBe(1)
    await vi.waitFor(() => expect(applied).toEqual([fine.id, bad.id]))
    expect(await events.dead()).toBe(0)
  })

  test('a body that is no message is put aside at once', async () => {
    const gates = connect()
    const event = newId('event')
    const handle = vi.fn(async () => undefined)
    await gates.subscribe({ consumer: 'analytics', subjects: [`org.*.event.${event}.>`], handle })
    const stranger = await connectNats({ servers: server.url.replace('nats://', '') })
    onTestFinished(() => stranger.close())
    await vi.waitFor(() => gates.ready(), { timeout: 5000 })
    await stranger.jetstream().publish(`org.org_1.event.${event}.event.changed`, 'not ours')
    await vi.waitFor(async () => expect(await gates.dead()).toBe(1))
    expect(handle).not.toHaveBeenCalled()
    await gates.replayDead()
  })

  test('a message whose process is killed while it handles it goes to another', {
    timeout: 60_000,
  }, async () => {
    const event = newId('event')
    const events = connect()
    const consumer = fork(new URL('./hanging-consumer.ts', import.meta.url), [server.url, event])
    onTestFinished(() => void consumer.kill('SIGKILL'))
    const taken = once(consumer, 'message')
    const message = eventChanged(event, 1)
    await vi.waitFor(() => events.publish('events', message), { timeout: 5000 })
    expect(await taken).toEqual([message.id, undefined])
    consumer.kill('SIGKILL')
    const handle = vi.fn(async (_message: Message) => undefined)
    await connect().subscribe({ consumer: 'gates', subjects: [`org.*.event.${event}.>`], handle })
    await vi.waitFor(() => expect(handle).toHaveBeenCalledOnce(), { timeout: 20_000 })
    expect(handle.mock.calls[0]?.[0]).toEqual(message)
  })

  test('a handler that takes longer than a dead process is waited for gets its message once', async () => {
    const patient = { policy: { ...policy, deadlineMs: 10_000 } }
    const [events, one, other] = [connect(), connect(patient), connect(patient)]
    const event = newId('event')
    const handle = vi.fn(() => new Promise<void>((resolve) => setTimeout(resolve, 7000)))
    for (const gates of [one, other]) {
      await gates.subscribe({ consumer: 'gates', subjects: [`org.*.event.${event}.>`], handle })
    }
    await vi.waitFor(() => events.publish('events', eventChanged(event, 1)), { timeout: 5000 })
    const handled = () => one.counters.handled + other.counters.handled
    await vi.waitFor(() => expect(handled()).toBe(1), { timeout: 10_000 })
    expect(handle).toHaveBeenCalledOnce()
  })

  test('what the queue took survives its restart, and everybody finds back by himself', async () => {
    const [events, gates] = [connect(), connect()]
    const event = newId('event')
    const seen: unknown[] = []
    const [before, after] = [eventChanged(event, 1), eventChanged(event, 2)]
    await vi.waitFor(() => events.publish('events', before), { timeout: 5000 })
    await server.stop()
    await gates.subscribe({
      consumer: 'gates',
      subjects: [`org.*.event.${event}.>`],
      handle: async ({ id }) => void seen.push(id),
    })
    await vi.waitFor(() =>
      expect(events.publish('events', after)).rejects.toMatchObject({ name: 'BusUnavailable' }),
    )
    await expect(gates.ready()).rejects.toMatchObject({ name: 'BusUnavailable' })
    expect(seen).toEqual([])

    server = await startNats({ directory, port: server.port })
    await vi.waitFor(() => events.publish('events', after), { timeout: 10_000 })
    await vi.waitFor(() => expect(seen.toSorted()).toEqual([before.id, after.id].toSorted()), {
      timeout: 10_000,
    })
    await vi.waitFor(() => gates.ready())
  })

  test('a queue that comes back empty gets its streams and consumers again', async () => {
    const [events, gates] = [connect(), connect()]
    const event = newId('event')
    const handle = vi.fn(async () => undefined)
    await gates.subscribe({ consumer: 'gates', subjects: [`org.*.event.${event}.>`], handle })
    await vi.waitFor(() => gates.ready(), { timeout: 5000 })
    await server.stop()
    await rm(join(directory, 'jetstream'), { recursive: true })
    server = await startNats({ directory, port: server.port })
    await vi.waitFor(() => events.publish('events', eventChanged(event, 1)), { timeout: 10_000 })
    await vi.waitFor(() => expect(handle).toHaveBeenCalledOnce(), { timeout: 15_000 })
  })

  test('a message with more bytes than the server takes is refused by name', async () => {
    const events = connect()
    const large = { ...eventChanged(newId('event'), 1), payload: 'x'.repeat(1_100_000) }
    await vi.waitFor(() => events.ready(), { timeout: 5000 })
    await expect(events.publish('events', large)).rejects.toThrow(
      /has 1100\d{3} bytes; the server takes 1048576/,
    )
  })
})
