import { fileURLToPath } from 'node:url'
import { ConfigError, readConfig } from '@headcount/config'
import { openDatabase } from '@headcount/database'
import { createTestDatabase } from '@headcount/database/testing'
import { newId } from '@headcount/ids'
import { createSeal } from '@headcount/seal'
import { createOutbox } from '@headcount/service'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { participantsSettings } from '../src/config.ts'
import { forgetOldAnswers } from '../src/domain/forget-answers.ts'
import { createTicketKeys, ticketKeysPurpose } from '../src/domain/ticket-keys.ts'
import { createStore } from '../src/store/store.ts'
import { ticketSecret } from './start-participants.ts'

const prismaDirectory = fileURLToPath(new URL('../prisma', import.meta.url))
let close: () => Promise<void>
let database: ReturnType<typeof openDatabase>
let store: ReturnType<typeof createStore>

beforeAll(async () => {
  const { url, drop } = await createTestDatabase(prismaDirectory)
  database = openDatabase({ url })
  store = createStore(database, createOutbox(database))
  close = async () => {
    await database.close()
    await drop()
  }
})
afterAll(() => close())

test('answers to keys are forgotten after 24 hours, not before', async () => {
  const now = new Date('2026-07-02T12:00:00Z')
  const hours = (ago: number) => new Date(now.getTime() - ago * 3_600_000)
  for (const [key, ago] of [
    ['young', 23.9],
    ['old', 24.1],
  ] as const) {
    const attempt = { organizationId: 'org_1', principal: 'user:1', key, bodyHash: 'x' }
    await store.changeOnce([{ attempt }], hours(ago), async () => [{ result: 'answer' }])
  }
  await forgetOldAnswers({ store, now: () => now, log: { info: () => {}, warn: () => {} } })
  const kept = await database.query('SELECT key FROM idempotency_keys')
  expect(kept).toEqual([{ key: 'young' }])
})

test('processes that make the first ticket key of an organization at once use one and the same', async () => {
  const organizationId = newId('organization')
  const ticket = { id: newId('ticket'), eventId: newId('event'), organizationId, issue: 1 }
  const options = { store, seal: createSeal(ticketSecret, ticketKeysPurpose), now: () => new Date() }
  const processes = Array.from({ length: 8 }, () => createTicketKeys(options))
  const marks = await Promise.all(processes.map((keys) => keys.sign(organizationId, [ticket])))
  expect(new Set(marks.map(([mark]) => JSON.stringify(mark))).size).toBe(1)
  const told = await database.query("SELECT 1 FROM outbox WHERE subject LIKE '%.ticket-key.changed'")
  expect(told).toHaveLength(1)
})

test('with another secret a key does not open, and the error says so without the key', async () => {
  const organizationId = newId('organization')
  const ticket = { id: newId('ticket'), eventId: newId('event'), organizationId, issue: 1 }
  const now = () => new Date()
  await createTicketKeys({ store, seal: createSeal(ticketSecret, ticketKeysPurpose), now }).sign(
    organizationId,
    [ticket],
  )
  const changed = createTicketKeys({
    store,
    seal: createSeal('another secret of 32 characters!!', ticketKeysPurpose),
    now,
  })
  await expect(changed.sign(organizationId, [ticket])).rejects.toThrow('HEADCOUNT_TICKET_SECRET')
})

test('the start is refused without a database or with a ticket secret of less than 32 characters', () => {
  const start = () => readConfig(participantsSettings, { HEADCOUNT_TICKET_SECRET: 'x'.repeat(31) })
  expect(start).toThrow(ConfigError)
  expect(start).toThrow(/DATABASE_URL_PARTICIPANTS.*\n.*HEADCOUNT_TICKET_SECRET/)
})
