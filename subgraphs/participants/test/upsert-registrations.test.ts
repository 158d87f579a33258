import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import {
  attendee,
  type EventState,
  organiser,
  type Participants,
  type RowAnswer,
  startParticipants,
} from './start-participants.ts'

let participants: Participants

beforeAll(async () => {
  participants = await startParticipants()
})
afterAll(() => participants.stop())

interface Row {
  externalId: string
  ticketTypeId: string
  holder: { name: string; email: string }
  status?: 'CONFIRMED' | 'PENDING'
}

function rowsOf(ticketTypeId: string, count: number, from = 0): Row[] {
  return Array.from({ length: count }, (_, index) => ({
    externalId: `row-${from + index}`,
    ticketTypeId,
    holder: { name: `Person ${from + index}`, email: `p${from + index}@example.org` },
  }))
}

function upsert(event: EventState, rows: readonly object[]): Promise<RowAnswer[]> {
  const viewer = organiser(event.organizationId)
  return participants.change<RowAnswer[]>(viewer, 'upsertRegistrations', { eventId: event.id, rows })
}

async function dump(event: EventState): Promise<object[]> {
  return participants.service.database.query(
    `SELECT r, t, c.registered, c.version AS count_version FROM registrations r
     JOIN tickets t ON t.registration_id = r.id JOIN event_counts c ON c.event_id = r.event_id
     WHERE r.event_id = $1 ORDER BY r.id, t.id`,
    [event.id],
  )
}

interface TicketMessage {
  tickets: { id: string; status: string; version: number; pendingReason?: string }[]
}

function ticketMessages(event: EventState): TicketMessage[] {
  const subject = `org.${event.organizationId}.event.${event.id}.ticket.changed`
  const ofEvent = participants.published.filter((message) => message.subject === subject)
  return ofEvent.map((message) => message.payload as TicketMessage)
}

test('500 rows make 500 registrations with tickets, told in one message', async () => {
  const event = await participants.tellEvent({ status: 'DRAFT' })
  const type = await participants.tellTicketType(event)
  const answers = await upsert(event, rowsOf(type.id, 500))
  expect(answers.map((answer) => answer.externalId)).toEqual(
    rowsOf(type.id, 500).map((row) => row.externalId),
  )
  expect(answers.every((answer) => answer.registration?.tickets[0]?.status === 'VALID')).toBe(true)
  await vi.waitFor(() => expect(ticketMessages(event)).toHaveLength(1))
  expect(ticketMessages(event)[0]?.tickets).toHaveLength(500)
  const subject = `org.${event.organizationId}.event.${event.id}.registration.counted`
  await vi.waitFor(() => {
    const counted = participants.published.filter((message) => message.subject === subject)
    expect(counted.map((message) => message.payload)).toEqual([
      { eventId: event.id, registeredCount: 500, version: 1 },
    ])
  })
})

test('rows replayed ten times in any order, split or merged, change nothing and answer the same (I6)', async () => {
  const event = await participants.tellEvent()
  const type = await participants.tellTicketType(event)
  const rows = rowsOf(type.id, 60)
  const first = new Map((await upsert(event, rows)).map((answer) => [answer.externalId, answer]))
  const before = await dump(event)
  for (let again = 0; again < 10; again++) {
    const shuffled = rows.toSorted(() => Math.random() - 0.5)
    const cut = Math.floor(Math.random() * 40) + 10
    const batches = again % 2 ? [[...shuffled, ...shuffled]] : [shuffled.slice(0, cut), shuffled.slice(cut)]
    const answers = (await Promise.all(batches.map((batch) => upsert(event, batch)))).flat()
    for (const answer of answers) expect(answer).toEqual(first.get(answer.externalId))
  }
  expect(await dump(event)).toEqual(before)
})

test('a bad row is refused by its field and does not stop the others', async () => {
  const event = await participants.tellEvent()
  const type = await participants.tellTicketType(event, 4)
  const other = await participants.tellTicketType(
    await participants.tellEvent({ organizationId: event.organizationId }),
  )
  const good = rowsOf(type.id, 4)
  const [like] = rowsOf(type.id, 1, 100)
  const bad = [
    { ...like, externalId: '' },
    { ...like, externalId: 'x'.repeat(101) },
    { ...like, externalId: 'a\u0000b' },
    { ...like, holder: { name: '', email: 'nobody' } },
    { ...like, ticketTypeId: other.id },
    { ...like, ticketTypeId: '\u0000' },
    { ...like, externalId: 'one-too-many' },
  ]
  const answers = await upsert(event, [good[0], ...bad.slice(0, 6), ...good.slice(1), bad[6]] as object[])
  const refused = answers.filter((answer) => answer.error)
  expect(refused.map(({ error }) => error?.fields?.map((field) => field.path) ?? error?.__typename)).toEqual([
    ['rows.1.externalId'],
    ['rows.2.externalId'],
    ['rows.3.externalId'],
    ['rows.4.holder.name', 'rows.4.holder.email'],
    ['rows.5.ticketTypeId'],
    ['rows.6.ticketTypeId'],
    'SoldOut',
  ])
  expect(answers.filter((answer) => answer.registration)).toHaveLength(4)
  expect(await dump(event)).toHaveLength(4)
})

test('PENDING makes a ticket that is NOT_PAID, a later CONFIRMED makes it VALID, and nothing makes it PENDING again', async () => {
  const event = await participants.tellEvent()
  const type = await participants.tellTicketType(event)
  const [row] = rowsOf(type.id, 1)
  const give = async (status: string) => (await upsert(event, [{ ...row, status }]))[0]?.registration
  const pending = await give('PENDING')
  expect(pending).toMatchObject({ status: 'PENDING', tickets: [{ status: 'PENDING', recordVersion: 1 }] })
  const paid = await give('CONFIRMED')
  expect(paid).toMatchObject({ id: pending?.id, status: 'CONFIRMED', tickets: [{ status: 'VALID' }] })
  expect(paid?.tickets[0]).toMatchObject({ id: pending?.tickets[0]?.id, recordVersion: 2 })
  expect(await give('PENDING')).toEqual(paid)
  await vi.waitFor(() => expect(ticketMessages(event)).toHaveLength(2))
  expect(ticketMessages(event).flatMap((message) => message.tickets)).toMatchObject([
    { status: 'PENDING', pendingReason: 'NOT_PAID', version: 1 },
    { status: 'VALID', version: 2 },
  ])
})

test('batches at once with keys in common stay within quota and capacity, one registration a key (I5)', async () => {
  const event = await participants.tellEvent({ capacity: 150 })
  const types = [
    await participants.tellTicketType(event, 100),
    await participants.tellTicketType(event, 90, { name: 'B' }),
  ]
  const batches = Array.from({ length: 8 }, (_, index) =>
    rowsOf(types[index % 2]?.id ?? '', 60, Math.floor(index / 2) * 40 + (index % 2) * 1000),
  )
  const answers = (await Promise.all(batches.map((batch) => upsert(event, batch)))).flat()
  const kept = (await dump(event)) as { registered: number }[]
  expect(kept).toHaveLength(150)
  expect(kept[0]?.registered).toBe(150)
  const ids = new Map<string, string>()
  for (const { externalId, registration } of answers) {
    if (!registration) continue
    expect(ids.get(externalId) ?? registration.id).toBe(registration.id)
    ids.set(externalId, registration.id)
  }
  expect(ids.size).toBe(150)
  const counts = await participants.service.database.query<{ registered: number }>(
    'SELECT registered FROM ticket_type_counts WHERE ticket_type_id = ANY ($1::text[]) ORDER BY registered',
    [types.map((type) => type.id)],
  )
  expect(counts.reduce((sum, count) => sum + count.registered, 0)).toBe(150)
  for (const { registered } of counts) expect(registered).toBeLessThanOrEqual(100)
})

test('a row changes the holder of the ticket, but not of one that was handed over', async () => {
  const event = await participants.tellEvent()
  const type = await participants.tellTicketType(event)
  const rows = rowsOf(type.id, 2)
  const [kept, given] = await upsert(event, rows)
  const holder = { name: 'Grace Hopper', email: 'grace@example.org' }
  const viewer = organiser(event.organizationId)
  const handed = { ticketId: given?.registration?.tickets[0]?.id, holder, idempotencyKey: 'k' }
  await participants.change(viewer, 'transferTicket', handed)
  const renamed = rows.map((row) => ({ ...row, holder: { name: 'Mary Shelley', email: 'mary@example.org' } }))
  const after = await upsert(event, renamed)
  expect(after[0]?.registration).toMatchObject({
    id: kept?.registration?.id,
    holder: { name: 'Mary Shelley' },
    tickets: [{ holderName: 'Mary Shelley', recordVersion: 2 }],
  })
  const names = after[1]?.registration?.tickets.map((ticket) => [ticket.status, ticket.holderName])
  expect(names).toEqual([
    ['TRANSFERRED', 'Person 1'],
    ['VALID', 'Grace Hopper'],
  ])
})

test('a row for a CANCELLED registration, or of another ticket type, is refused', async () => {
  const event = await participants.tellEvent()
  const type = await participants.tellTicketType(event)
  const other = await participants.tellTicketType(event, null, { name: 'Other' })
  const rows = rowsOf(type.id, 2)
  const [first] = await upsert(event, rows)
  const viewer = organiser(event.organizationId)
  await participants.change(viewer, 'cancelRegistration', { registrationId: first?.registration?.id })
  const before = await dump(event)
  const answers = await upsert(event, [rows[0] ?? {}, { ...rows[1], ticketTypeId: other.id }])
  expect(answers.map(({ error }) => error?.fields?.map((field) => field.path))).toEqual([
    ['rows.0.externalId'],
    ['rows.1.ticketTypeId'],
  ])
  expect(await dump(event)).toEqual(before)
})

test.each([0, 501])('%i rows are refused as a whole', async (count) => {
  const event = await participants.tellEvent()
  const type = await participants.tellTicketType(event)
  await expect(upsert(event, rowsOf(type.id, count))).rejects.toThrow('BAD_USER_INPUT')
  expect(await dump(event)).toEqual([])
})

test('rows for an event that has ENDED are refused one by one, and an attendee may not import', async () => {
  const event = await participants.tellEvent({ status: 'ENDED' })
  const type = await participants.tellTicketType(event)
  const answers = await upsert(event, rowsOf(type.id, 2))
  expect(answers.map(({ error }) => error?.fields?.map((field) => field.path))).toEqual([
    ['eventId'],
    ['eventId'],
  ])
  const input = { eventId: event.id, rows: rowsOf(type.id, 1) }
  const refused = participants.change(attendee(event.organizationId), 'upsertRegistrations', input)
  await expect(refused).rejects.toThrow('FORBIDDEN')
})
