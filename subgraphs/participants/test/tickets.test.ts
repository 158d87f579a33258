import { randomUUID } from 'node:crypto'
import type { Viewer } from '@headcount/access'
import { newId } from '@headcount/ids'
import { readTicketCode } from '@headcount/ticket-code'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import {
  attendee,
  type EventState,
  organiser,
  type Participants,
  type RegistrationAnswer,
  registration,
  startParticipants,
  type TicketAnswer,
} from './start-participants.ts'

let participants: Participants

beforeAll(async () => {
  participants = await startParticipants()
})
afterAll(() => participants.stop())

interface Ground {
  event: EventState
  staff: Viewer
  owner: Viewer
  made: RegistrationAnswer
  ticket: TicketAnswer
}

/** An event, and a ticket that an attendee owns. */
async function ownedTicket(): Promise<Ground> {
  const event = await participants.tellEvent()
  const type = await participants.tellTicketType(event)
  const owner = attendee(event.organizationId)
  const made = await participants.change(owner, 'register', registration(event, type.id))
  const [ticket] = made.tickets
  if (!ticket) throw new Error('no ticket')
  return { event, staff: organiser(event.organizationId), owner, made, ticket }
}

const grace = { name: 'Grace Hopper', email: 'grace@example.org' }
const transfer = (ticketId: string, key = randomUUID()) => ({ ticketId, holder: grace, idempotencyKey: key })
const change = (viewer: Viewer, field: string, input: object) =>
  participants.change<TicketAnswer>(viewer, field, input)

async function read(viewer: Viewer, id: string): Promise<TicketAnswer | null> {
  const query =
    'query ($id: ID!) { ticket(id: $id) { id status holderName qrPayload recordVersion codeHash } }'
  const { data } = await participants.run(viewer, query, { id })
  return data?.ticket as TicketAnswer | null
}

/** The states of a ticket that were told, by version. */
async function told(ticketId: string, versions: number): Promise<string[]> {
  return vi.waitFor(() => {
    const tickets = participants.published
      .filter((message) => message.subject.endsWith('.ticket.changed'))
      .flatMap(
        (message) =>
          (message.payload as { tickets: { id: string; status: string; version: number }[] }).tickets,
      )
      .filter((ticket) => ticket.id === ticketId)
      .toSorted((one, other) => one.version - other.version)
    expect(tickets.map((ticket) => ticket.version)).toEqual(
      Array.from({ length: versions }, (_, index) => index + 1),
    )
    return tickets.map((ticket) => ticket.status)
  })
}

test('a transfer makes a new ticket with a new code, and the old one is TRANSFERRED', async () => {
  const { staff, owner, ticket, made } = await ownedTicket()
  const input = transfer(ticket.id)
  const next = await change(owner, 'transferTicket', input)
  expect(next).toMatchObject({ __typename: 'Ticket', status: 'VALID', recordVersion: 1 })
  expect(next.id).not.toBe(ticket.id)
  expect(await change(owner, 'transferTicket', input)).toEqual(next)
  const [old, current] = [await read(staff, ticket.id), await read(staff, next.id)]
  expect(old).toMatchObject({ status: 'TRANSFERRED', codeHash: ticket.codeHash, recordVersion: 2 })
  expect(current).toMatchObject({ status: 'VALID', holderName: 'Grace Hopper' })
  expect(current?.codeHash).not.toBe(ticket.codeHash)
  expect(await told(ticket.id, 2)).toEqual(['VALID', 'TRANSFERRED'])
  expect(await told(next.id, 1)).toEqual(['VALID'])
  // Who gave it away sees neither its code nor its holder, and cannot take it back by cancelling.
  expect(next).toMatchObject({ qrPayload: null, holderName: null })
  expect(await read(owner, next.id)).toBeNull()
  expect((await change(owner, 'cancelRegistration', { registrationId: made.id })).__typename).toBe('Conflict')
  expect((await change(staff, 'cancelRegistration', { registrationId: made.id })).__typename).toBe(
    'Registration',
  )
  expect((await read(staff, next.id))?.status).toBe('CANCELLED')
})

test('of 20 transfers at once one succeeds', async () => {
  const { owner, ticket, staff } = await ownedTicket()
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => change(owner, 'transferTicket', transfer(ticket.id))),
  )
  expect(answers.map((answer) => answer.__typename).sort()).toEqual([...Array(19).fill('Conflict'), 'Ticket'])
  expect((await read(staff, ticket.id))?.recordVersion).toBe(2)
})

test('a transfer and a cancellation at once never leave a VALID ticket in a CANCELLED registration', async () => {
  for (let round = 0; round < 10; round++) {
    const { staff, ticket, made } = await ownedTicket()
    await Promise.all([
      change(staff, 'transferTicket', transfer(ticket.id)),
      change(staff, 'cancelRegistration', { registrationId: made.id }),
    ])
    const states = await participants.service.database.query<{ status: string }>(
      'SELECT status FROM tickets WHERE registration_id = $1',
      [made.id],
    )
    expect(states.map((row) => row.status)).not.toContain('VALID')
  }
})

test('a reissue gives another code of the same ticket; the same key gives the same one again', async () => {
  const { owner, ticket } = await ownedTicket()
  const input = { ticketId: ticket.id, idempotencyKey: randomUUID() }
  const answers = await Promise.all(Array.from({ length: 10 }, () => change(owner, 'reissueTicket', input)))
  const [second] = answers
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
  expect(second).toMatchObject({ id: ticket.id, status: 'VALID', recordVersion: 2 })
  expect(second?.codeHash).not.toBe(ticket.codeHash)
  const code = readTicketCode(second?.qrPayload ?? '')
  expect(code).toMatchObject({ kind: 'code', ticketId: ticket.id, issue: 2 })
  const third = await change(owner, 'reissueTicket', { ...input, idempotencyKey: randomUUID() })
  expect(readTicketCode(third.qrPayload)).toMatchObject({ issue: 3 })
  expect(await change(owner, 'reissueTicket', input)).toEqual(second)
  expect(await told(ticket.id, 3)).toEqual(['VALID', 'VALID', 'VALID'])
})

test('a block is lifted again, and both twice are once', async () => {
  const { staff, ticket } = await ownedTicket()
  const block = (blocked?: boolean) =>
    change(staff, 'blockTicket', { ticketId: ticket.id, ...(blocked !== undefined && { blocked }) })
  expect(await block()).toMatchObject({ status: 'BLOCKED', recordVersion: 2 })
  expect(await block(true)).toMatchObject({ status: 'BLOCKED', recordVersion: 2 })
  expect((await change(staff, 'transferTicket', transfer(ticket.id))).__typename).toBe('Conflict')
  expect(await block(false)).toMatchObject({ status: 'VALID', recordVersion: 3 })
  expect(await block(false)).toMatchObject({ status: 'VALID', recordVersion: 3 })
  expect(await told(ticket.id, 3)).toEqual(['VALID', 'BLOCKED', 'VALID'])
})

interface Revoked {
  __typename: string
  tickets: TicketAnswer[]
  notFound: string[]
  fields: { path: string }[]
}

test('a revocation names what it does not find, and is for ever', async () => {
  const { staff, ticket } = await ownedTicket()
  const foreign = await ownedTicket()
  const ticketIds = [ticket.id, foreign.ticket.id, ticket.id, 'tkt_\u0000', newId('ticket')]
  const revoke = () => participants.change<Revoked>(staff, 'revokeTickets', { ticketIds, reason: 'fraud' })
  const answer = await revoke()
  expect(answer.tickets).toMatchObject([{ id: ticket.id, status: 'REVOKED', recordVersion: 2 }])
  expect(answer.notFound).toEqual([foreign.ticket.id, ...ticketIds.slice(3)])
  expect(await revoke()).toEqual(answer)
  const others: [string, object][] = [
    ['blockTicket', { ticketId: ticket.id, blocked: false }],
    ['reissueTicket', { ticketId: ticket.id, idempotencyKey: randomUUID() }],
    ['transferTicket', transfer(ticket.id)],
  ]
  for (const [field, input] of others) expect((await change(staff, field, input)).__typename).toBe('Conflict')
  expect((await read(foreign.staff, foreign.ticket.id))?.status).toBe('VALID')
  const [kept] = await participants.service.database.query(
    'SELECT status_reason FROM tickets WHERE id = $1',
    [ticket.id],
  )
  expect(kept).toEqual({ status_reason: 'fraud' })
})

test('600 tickets revoked at once are told in messages of at most 500', async () => {
  const event = await participants.tellEvent()
  const type = await participants.tellTicketType(event)
  const staff = organiser(event.organizationId)
  const holder = { name: 'Ada', email: 'ada@example.org' }
  for (const from of [0, 300]) {
    const rows = Array.from({ length: 300 }, (_, index) => ({
      externalId: `${from + index}`,
      ticketTypeId: type.id,
      holder,
    }))
    await participants.change(staff, 'upsertRegistrations', { eventId: event.id, rows })
  }
  const ids = await participants.service.database.query<{ id: string }>(
    'SELECT id FROM tickets WHERE event_id = $1',
    [event.id],
  )
  const ticketIds = ids.map((row) => row.id)
  const answer = await participants.change<Revoked>(staff, 'revokeTickets', {
    ticketIds,
    reason: 'cancelled show',
  })
  expect(answer.tickets).toHaveLength(600)
  const sizes = await vi.waitFor(() => {
    const messages = participants.published.filter((message) =>
      message.subject.includes(`${event.id}.ticket.`),
    )
    expect(messages).toHaveLength(4)
    return messages.map((message) => (message.payload as { tickets: object[] }).tickets.length)
  })
  expect(sizes.sort()).toEqual([100, 300, 300, 500])
})

test.each<[string, object, string]>([
  ['no ticket', { ticketIds: [] }, 'ticketIds'],
  ['1,001 tickets', { ticketIds: Array.from({ length: 1001 }, () => newId('ticket')) }, 'ticketIds'],
  ['no reason', { reason: ' ' }, 'reason'],
  ['an over-long reason', { reason: 'x'.repeat(501) }, 'reason'],
])('a revocation of %s is refused', async (_what, more, path) => {
  const { staff, ticket } = await ownedTicket()
  const input = { ticketIds: [ticket.id], reason: 'fraud', ...more }
  const answer = await participants.change<Revoked>(staff, 'revokeTickets', input)
  expect(answer.fields.map((field) => field.path)).toEqual([path])
  expect((await read(staff, ticket.id))?.status).toBe('VALID')
})

test('20 cancellations at once free one place and cancel the ticket once', async () => {
  const { owner, made, ticket, event } = await ownedTicket()
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => change(owner, 'cancelRegistration', { registrationId: made.id })),
  )
  expect(new Set(answers.map((answer) => `${answer.__typename} ${answer.status}`))).toEqual(
    new Set(['Registration CANCELLED']),
  )
  const [count] = await participants.service.database.query(
    'SELECT * FROM event_counts WHERE event_id = $1',
    [event.id],
  )
  expect(count).toMatchObject({ registered: 0, version: 2 })
  expect(await told(ticket.id, 2)).toEqual(['VALID', 'CANCELLED'])
})

test('when the event is over its registrations and tickets stay', async () => {
  const { owner, staff, made, ticket, event } = await ownedTicket()
  await participants.tellEvent({ ...event, status: 'ENDED', version: 2 })
  expect((await change(staff, 'cancelRegistration', { registrationId: made.id })).__typename).toBe('Conflict')
  expect((await change(owner, 'transferTicket', transfer(ticket.id))).__typename).toBe('Conflict')
  expect((await read(staff, ticket.id))?.recordVersion).toBe(1)
})

test("another attendee's ticket is Forbidden, a foreign tenant's is NotFound", async () => {
  const { made, ticket, event, staff } = await ownedTicket()
  const operations = (): [string, object][] => [
    ['cancelRegistration', { registrationId: made.id }],
    ['transferTicket', transfer(ticket.id)],
    ['reissueTicket', { ticketId: ticket.id, idempotencyKey: randomUUID() }],
  ]
  const neighbour = attendee(event.organizationId)
  for (const [field, input] of operations()) {
    expect((await change(neighbour, field, input)).__typename).toBe('Forbidden')
  }
  const foreigner = organiser(newId('organization'))
  const blocked: [string, object] = ['blockTicket', { ticketId: ticket.id }]
  for (const [field, input] of [...operations(), blocked]) {
    expect((await change(foreigner, field, input)).__typename).toBe('NotFound')
  }
  for (const [field, key] of [
    ['cancelRegistration', 'registrationId'],
    ['blockTicket', 'ticketId'],
  ] as const) {
    expect((await change(staff, field, { [key]: '\u0000' })).__typename).toBe('NotFound')
  }
  await expect(change(neighbour, 'blockTicket', { ticketId: ticket.id })).rejects.toThrow('FORBIDDEN')
  expect((await read(staff, ticket.id))?.recordVersion).toBe(1)
})

test.each<[string, object, string[]]>([
  ['transferTicket', { holder: { name: '', email: 'x' } }, ['holder.name', 'holder.email']],
  ['transferTicket', { idempotencyKey: 'x'.repeat(101) }, ['idempotencyKey']],
  ['reissueTicket', { idempotencyKey: '' }, ['idempotencyKey']],
])('%s with a bad %o is refused and changes nothing', async (field, more, paths) => {
  const { owner, ticket, staff } = await ownedTicket()
  const { holder, ...input } = transfer(ticket.id)
  const whole = field === 'transferTicket' ? { ...input, holder, ...more } : { ...input, ...more }
  const answer = await change(owner, field, whole)
  expect(answer.fields.map((problem) => problem.path)).toEqual(paths)
  expect((await read(staff, ticket.id))?.recordVersion).toBe(1)
})
