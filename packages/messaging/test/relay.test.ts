import { pino } from 'pino'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { appendToOutbox, inProcessBus, type Message, startRelay } from '../src/index.ts'
import { outboxDatabase } from './outbox-database.ts'

const log = pino({ level: 'silent' })
const capacityChanged = (event: string, version: number) => ({
  subject: `org.org_1.event.${event}.event.changed`,
  organizationId: 'org_1',
  payload: { id: event, version },
})

let store: Awaited<ReturnType<typeof outboxDatabase>>
beforeEach(async () => {
  store = await outboxDatabase()
})
afterEach(() => store.drop())

test('a committed message reaches every subscriber and then leaves the outbox', async () => {
  const bus = inProcessBus({ log })
  const seen: [string, Message][] = []
  for (const consumer of ['gates', 'analytics']) {
    await bus.subscribe({
      consumer,
      subjects: ['org.*.event.*.event.>'],
      handle: async (message) => void seen.push([consumer, message]),
    })
  }
  const relay = startRelay({ service: 'events', database: store.database, bus, log })
  await store.database.transaction((tx) => appendToOutbox(tx, [capacityChanged('evt_1', 1)]))
  relay.nudge()
  await vi.waitFor(async () => expect(await relay.pending()).toBe(0), { timeout: 5000 })
  expect(seen.map(([consumer]) => consumer).sort()).toEqual(['analytics', 'gates'])
  expect(seen[0]?.[1]).toMatchObject({ payload: { id: 'evt_1', version: 1 }, organizationId: 'org_1' })
  await relay.stop()
})
