import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startNats } from '@headcount/servers'
import { serversOrSkip, titled } from '@headcount/servers/testing'
import { pino } from 'pino'
import { describe, expect, test, vi } from 'vitest'
import { appendToOutbox, natsBus, startRelay } from '../src/index.ts'
import { outboxDatabase } from './outbox-database.ts'

const log = pino({ level: 'silent' })
const missing = await serversOrSkip()

describe.skipIf(missing)(titled('the outbox over NATS', missing), () => {
  test('what is committed before, while and after the queue is away arrives, each message once', async () => {
    await using cleanup = new AsyncDisposableStack()
    const directory = await mkdtemp(join(tmpdir(), 'headcount-relay-'))
    cleanup.defer(() => rm(directory, { recursive: true, force: true }))
    let server = await startNats({ directory })
    cleanup.defer(() => server.stop())
    const { database, drop } = await outboxDatabase()
    cleanup.defer(drop)
    const [events, gates] = [natsBus({ url: server.url, log }), natsBus({ url: server.url, log })]
    cleanup.defer(() => events.close())
    cleanup.defer(() => gates.close())
    const relay = startRelay({ service: 'events', database, bus: events, log })
    cleanup.defer(() => relay.stop())
    const seen: string[] = []
    await gates.subscribe({
      consumer: 'gates',
      subjects: ['org.*.event.*.zone.>'],
      handle: async ({ id }) => void seen.push(id),
    })
    const ids = (phase: string) => Array.from({ length: 100 }, (_, index) => `msg_${phase}_${index}`)
    const commit = (phase: string) =>
      database.transaction((tx) =>
        appendToOutbox(
          tx,
          ids(phase).map((id) => ({
            id,
            subject: 'org.o.event.e.zone.changed',
            organizationId: 'o',
            payload: id,
          })),
        ),
      )

    await commit('before')
    await vi.waitFor(() => expect(seen.length).toBeGreaterThan(0), { timeout: 5000 })
    await server.stop()
    await commit('while')
    await vi.waitFor(async () => expect(await relay.pending()).toBeGreaterThanOrEqual(100))
    server = await startNats({ directory, port: server.port })
    await commit('after')

    const all = [...ids('before'), ...ids('while'), ...ids('after')]
    await vi.waitFor(() => expect(new Set(seen)).toEqual(new Set(all)), { timeout: 20_000 })
    await vi.waitFor(async () => expect(await relay.pending()).toBe(0))
    expect(relay.counters).toEqual({ published: 300, retried: 0, dead: 0 })
  })
})
