import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { newId } from '@headcount/ids'
import { hashTicketCode, readTicketCode, verifyTicketCode } from '@headcount/ticket-code'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import {
  attendee,
  type EventState,
  organiser,
  type Participants,
  type RegistrationAnswer,
  registration,
  startParticipants,
} from './start-participants.ts'

let participants: Participants
let clock = new Date()

beforeAll(async () => {
  participants = await startParticipants({ now: () => clock })
})
afterAll(() => participants.stop())

async function counts(event: EventState): Promise<number> {
  const [row] = await participants.service.database.query<{ registered: number }>(
    'SELECT registered FROM event_counts WHERE event_id = $1',
    [event.id],
  )
  return row?.registered ?? -1
}

async function rows(event: EventState): Promise<{ registrations: number; tickets: number }> {
  const [row] = await participants.service.database.query<{ registrations: number; tickets: number }>(
    `SELECT (SELECT count(*) FROM registrations WHERE event_id = $1) AS registrations,
       (SELECT count(*) FROM tickets WHERE event_id = $1) AS tickets`,
    [event.id],
  )
  if (!row) throw new Error('no row')
  return row
}

test('a registration comes with a VALID ticket whose code the published key verifies', async () => {
  const event = await participants.tellEvent()
  const type = await participants.tellTicketType(event)
  const viewer = organiser(event.organizationId)
  const made = await participants.change(viewer, 'register', registration(event, type.id))
  expect(made).toMatchObject({
    __typename: 'Registration',
    status: 'CONFIRMED',
    holder: { name: 'Ada Lovelace' },
    event: { name: 'Summer Night', startsAt: '2026-07-01T18:00:00.000Z', timeZone: 'Europe/Berlin' },
    tickets: [{ status: 'VALID', ticketType: { name: 'General' } }],
  })
  const ticket = made.tickets[0]
  const code = readTicketCode(ticket?.qrPayload ?? '')
  if (code.kind !== 'code') throw new Error('unreadable')
  expect(code).toMatchObject({ ticketId: ticket?.id, eventId: event.id, issue: 1 })
  expect(ticket?.codeHash).toBe(hashTicketCode(ticket?.qrPayload ?? ''))
  const told = await vi.waitFor(() => {
    const ofEvent = participants.published.filter(
      (message) => message.organizationId === event.organizationId,
    )
    const find = (end: string) => ofEvent.find((message) => message.subject.endsWith(end))?.payload
    const found = {
      key: find('.ticket-key.changed'),
      tickets: find('.ticket.changed'),
      counted: find('.counted'),
    }
    expect(Object.values(found)).not.toContain(undefined)
    return found
  })
  const { publicKey } = told.key as { publicKey: string }
  expect(told.key).toEqual({ keyId: code.keyId, organizationId: event.organizationId, publicKey })
  expect(verifyTicketCode(code, publicKey)).toBe(true)
  expect(told.counted).toEqual({ eventId: event.id, registeredCount: 1, version: 1 })
  expect(told.tickets).toEqual({
    tickets: [
      {
        ...{ id: ticket?.id, eventId: event.id, ticketTypeId: type.id, registrationId: made.id },
        ...{ codeHash: ticket?.codeHash, status: 'VALID', version: 1 },
      },
    ],
  })
})

test('200 registrations at once never exceed a quota, nor the capacity that is below the sum of quotas (I5)', async () => {
  const event = await participants.tellEvent({ capacity: 70 })
  const types = [
    await participants.tellTicketType(event, 50),
    await participants.tellTicketType(event, 40, { name: 'B' }),
  ]
  const viewer = organiser(event.organizationId)
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, index) => {
      const type = types[index % 2]
      return participants.change(viewer, 'register', registration(event, type?.id ?? ''))
    }),
  )
  const kinds = Map.groupBy(answers, (answer) => answer.__typename)
  expect(kinds.get('Registration')).toHaveLength(70)
  expect(kinds.get('SoldOut')).toHaveLength(130)
  expect(await rows(event)).toEqual({ registrations: 70, tickets: 70 })
  const byType = await participants.service.database.query<{ sold: number; counted: number; quota: number }>(
    `SELECT c.registered AS counted, t.quota,
       (SELECT count(*) FROM registrations r WHERE r.ticket_type_id = t.id) AS sold
     FROM ticket_type_counts c JOIN known_ticket_types t ON t.id = c.ticket_type_id WHERE t.event_id = $1`,
    [event.id],
  )
  expect(byType).toHaveLength(2)
  for (const { sold, counted, quota } of byType) {
    expect(sold).toBe(counted)
    expect(sold).toBeLessThanOrEqual(quota)
  }
  expect(await counts(event)).toBe(70)
})

test('a quota of 50 sells 50 of 200 at once, and a cancelled place can be taken again', async () => {
  const event = await participants.tellEvent()
  const type = await participants.tellTicketType(event, 50)
  const viewer = organiser(event.organizationId)
  const answers = await Promise.all(
    Array.from({ length: 200 }, () => participants.change(viewer, 'register', registration(event, type.id))),
  )
  const sold = answers.filter((answer) => answer.__typename === 'Registration')
  expect(sold).toHaveLength(50)
  expect(answers.find((answer) => answer.__typename === 'SoldOut')?.message).toContain('50')
  await participants.change(viewer, 'cancelRegistration', { registrationId: sold[0]?.id })
  const two = await Promise.all(
    [1, 2].map(() => participants.change(viewer, 'register', registration(event, type.id))),
  )
  expect(two.map((answer) => answer.__typename).sort()).toEqual(['Registration', 'SoldOut'])
})

test('a rush for one event that cannot go on holds up no other event', async () => {
  const [hot, other] = [await participants.tellEvent(), await participants.tellEvent()]
  const types = [await participants.tellTicketType(hot), await participants.tellTicketType(other)]
  const viewer = organiser(hot.organizationId)
  let rush: Promise<RegistrationAnswer[]> = Promise.resolve([])
  await participants.service.database.transaction(async (tx) => {
    await tx.query('SELECT 1 FROM event_counts WHERE event_id = $1 FOR UPDATE', [hot.id])
    const inputs = Array.from({ length: 50 }, () => registration(hot, types[0]?.id ?? ''))
    rush = Promise.all(inputs.map((input) => participants.change(viewer, 'register', input)))
    const calm = organiser(other.organizationId)
    const made = await participants.change(calm, 'register', registration(other, types[1]?.id ?? ''))
    expect(made.__typename).toBe('Registration')
    expect(await rows(hot)).toEqual({ registrations: 0, tickets: 0 })
  })
  expect((await rush).map((answer) => answer.__typename)).toEqual(Array(50).fill('Registration'))
  expect(await rows(hot)).toEqual({ registrations: 50, tickets: 50 })
})

test('a rush of 100 for an event of a tenant without a key is written with fewer statements than registrations', async () => {
  const event = await participants.tellEvent()
  const type = await participants.tellTicketType(event)
  const viewer = organiser(event.organizationId)
  const query = 'mutation ($input: RegisterInput!) { register(input: $input) { __typename } }'
  let sent = 0
  const off = participants.service.database.onStatement(({ sql }) => {
    if (!sql.includes('/* outbox relay */')) sent++
  })
  const answers = await Promise.all(
    Array.from({ length: 100 }, () =>
      participants.run(viewer, query, { input: registration(event, type.id) }),
    ),
  )
  off()
  for (const { data } of answers) expect(data).toEqual({ register: { __typename: 'Registration' } })
  expect(await counts(event)).toBe(100)
  expect(sent).toBeLessThan(100)
})

test('one key used 20 times at once has one effect and one answer (I6)', async () => {
  const event = await participants.tellEvent()
  const type = await participants.tellTicketType(event)
  const viewer = attendee(event.organizationId)
  const input = registration(event, type.id)
  const ask = () => participants.change(viewer, 'register', input)
  const answers = await Promise.all(Array.from({ length: 20 }, ask))
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
  expect(await rows(event)).toEqual({ registrations: 1, tickets: 1 })
  expect(await counts(event)).toBe(1)
  await participants.change(viewer, 'cancelRegistration', { registrationId: answers[0]?.id })
  await participants.tellEvent({ ...event, status: 'ENDED', version: 2 })
  for (let again = 0; again < 10; again++) expect(await ask()).toEqual(answers[0])
  expect(await counts(event)).toBe(0)
})

test('a key with another body is a conflict; another caller, or a day later, it is another key', async () => {
  const event = await participants.tellEvent()
  const type = await participants.tellTicketType(event)
  const viewer = organiser(event.organizationId)
  const input = registration(event, type.id)
  const first = await participants.change(viewer, 'register', input)
  const other = { ...input, holder: { name: 'Grace Hopper', email: 'grace@example.org' } }
  expect((await participants.change(viewer, 'register', other)).__typename).toBe('IdempotencyConflict')
  const reissue = { ticketId: first.tickets[0]?.id, idempotencyKey: input.idempotencyKey }
  expect((await participants.change(viewer, 'reissueTicket', reissue)).__typename).toBe('IdempotencyConflict')
  const colleague = organiser(event.organizationId)
  expect((await participants.change(colleague, 'register', other)).__typename).toBe('Registration')
  const before = clock
  clock = new Date(before.getTime() + 24 * 3_600_000 + 1)
  const nextDay = await participants.change(viewer, 'register', input)
  clock = before
  expect(nextDay.__typename).toBe('Registration')
  expect(nextDay.id).not.toBe(first.id)
})

test('a message of events that is older than what is known changes nothing', async () => {
  const event = await participants.tellEvent({ capacity: 2, version: 5 })
  const type = await participants.tellTicketType(event, 1, { version: 5 })
  await participants.tellEvent({ ...event, capacity: 100, name: 'Old name', version: 4 })
  await participants.tellTicketType(event, 100, { id: type.id, name: 'Old name', version: 4 })
  const free = await participants.tellTicketType(event)
  const viewer = organiser(event.organizationId)
  const kinds: string[] = []
  for (const id of [type.id, type.id, free.id, free.id]) {
    const made = await participants.change(viewer, 'register', registration(event, id))
    kinds.push(made.__typename)
    if (made.__typename === 'Registration') expect(made).toMatchObject({ event: { name: 'Summer Night' } })
  }
  expect(kinds).toEqual(['Registration', 'SoldOut', 'Registration', 'SoldOut'])
})

test("an attendee registers for their own account only, and a caller who manages tickets for nobody's", async () => {
  const event = await participants.tellEvent()
  const type = await participants.tellTicketType(event)
  const viewer = attendee(event.organizationId)
  const own = await participants.change(viewer, 'register', registration(event, type.id))
  await participants.change(organiser(event.organizationId), 'register', registration(event, type.id))
  const query = '{ me { registrations { totalCount edges { node { id } } } } }'
  const { data } = await participants.run(viewer, query)
  expect(data).toEqual({ me: { registrations: { totalCount: 1, edges: [{ node: { id: own.id } }] } } })
  const stranger = await participants.run(attendee(event.organizationId), query)
  expect(stranger.data).toEqual({ me: { registrations: { totalCount: 0, edges: [] } } })
})

test.each([
  ['PUBLISHED', true, true],
  ['DOORS_OPEN', true, true],
  ['LIVE', true, true],
  ['DRAFT', true, false],
  ['POSTPONED', false, false],
  ['ENDED', false, false],
  ['ARCHIVED', false, false],
  ['CANCELLED', false, false],
])('while an event is %s, registering by staff: %s, by attendees: %s', async (status, staff, own) => {
  const event = await participants.tellEvent({ status })
  const type = await participants.tellTicketType(event)
  for (const [viewer, isOpen] of [
    [organiser(event.organizationId), staff],
    [attendee(event.organizationId), own],
  ] as const) {
    const query = `mutation ($input: RegisterInput!) { register(input: $input) { __typename ... on ValidationError { fields { path } } } }`
    const answer = await participants.run(viewer, query, { input: registration(event, type.id) })
    // Events is silent in this test: where a state may just have changed, nothing is refused for good.
    const isPassing = status === 'POSTPONED' || (status === 'DRAFT' && !isOpen)
    if (isPassing) expect(answer.errors?.[0]?.extensions.code).toBe('SUBGRAPH_UNAVAILABLE')
    else if (isOpen) expect(answer.data).toEqual({ register: { __typename: 'Registration' } })
    else
      expect(answer.data).toEqual({
        register: { __typename: 'ValidationError', fields: [{ path: 'eventId' }] },
      })
  }
})

const longText = (length: number) => 'x'.repeat(length)
test.each<[string, object, string[]]>([
  ['an empty name', { holder: { name: '  ', email: 'a@example.org' } }, ['holder.name']],
  ['an over-long name', { holder: { name: longText(201), email: 'a@example.org' } }, ['holder.name']],
  ['NUL in a name', { holder: { name: 'a\u0000b', email: 'a@example.org' } }, ['holder.name']],
  ['an address without @', { holder: { name: 'A', email: 'example.org' } }, ['holder.email']],
  ['an address with a line break', { holder: { name: 'A', email: 'a@example.org\nb' } }, ['holder.email']],
  [
    'an over-long address',
    { holder: { name: 'A', email: `${longText(250)}@example.org` } },
    ['holder.email'],
  ],
  [
    'both wrong at once',
    { holder: { name: '', email: '' }, externalId: '' },
    ['holder.name', 'holder.email', 'externalId'],
  ],
  ['an over-long externalId', { externalId: longText(101) }, ['externalId']],
  ['an empty idempotencyKey', { idempotencyKey: ' ' }, ['idempotencyKey']],
  ['an over-long idempotencyKey', { idempotencyKey: longText(101) }, ['idempotencyKey']],
  ['an event id of another shape', { eventId: 'evt_\u0000', ticketTypeId: 'typ_1' }, ['eventId']],
  ['a ticket type id of another shape', { ticketTypeId: '\u0000' }, ['ticketTypeId']],
])('refuses %s, names the fields and writes nothing', async (_what, more, paths) => {
  const event = await participants.tellEvent()
  const type = await participants.tellTicketType(event)
  const input = registration(event, type.id, more)
  const answer = await participants.change(organiser(event.organizationId), 'register', input)
  expect(answer.__typename).toBe('ValidationError')
  expect(answer.fields.map((field) => field.path)).toEqual(paths)
  expect(await rows(event)).toEqual({ registrations: 0, tickets: 0 })
})

test('an externalId is unique in the event, and not for those who do not manage tickets', async () => {
  const event = await participants.tellEvent()
  const type = await participants.tellTicketType(event)
  const viewer = organiser(event.organizationId)
  const input = () => registration(event, type.id, { externalId: 'shop-1' })
  const answers = await Promise.all([1, 2, 3].map(() => participants.change(viewer, 'register', input())))
  expect(answers.map((answer) => answer.__typename).sort()).toEqual([
    'Registration',
    'ValidationError',
    'ValidationError',
  ])
  expect(await counts(event)).toBe(1)
  const free = registration(event, type.id, { externalId: 'shop-2' })
  const own = await participants.change(attendee(event.organizationId), 'register', free)
  expect(own.fields.map((field) => field.path)).toEqual(['externalId'])
})

test('a call without the scope is FORBIDDEN, without a token UNAUTHENTICATED', async () => {
  const event = await participants.tellEvent()
  const type = await participants.tellTicketType(event)
  const query = 'mutation ($input: RegisterInput!) { register(input: $input) { __typename } }'
  const input = registration(event, type.id)
  const analyst = { ...organiser(event.organizationId), scopes: ['analytics:read'] }
  expect((await participants.run(analyst, query, { input })).errors?.[0]?.extensions.code).toBe('FORBIDDEN')
  expect((await participants.run(undefined, query, { input })).errors?.[0]?.extensions.code).toBe(
    'UNAUTHENTICATED',
  )
  expect(await rows(event)).toEqual({ registrations: 0, tickets: 0 })
})

test('the private keys are sealed in the database, and the codes are not in it', async () => {
  const event = await participants.tellEvent()
  const type = await participants.tellTicketType(event)
  const viewer = organiser(event.organizationId)
  const made: RegistrationAnswer = await participants.change(viewer, 'register', registration(event, type.id))
  const dump = await participants.service.database.query(
    'SELECT k.sealed_private_key, t::text FROM ticket_keys k JOIN tickets t USING (organization_id) WHERE organization_id = $1',
    [event.organizationId],
  )
  expect(dump).toHaveLength(1)
  const sealed = Buffer.from(String(dump[0]?.sealed_private_key), 'base64url')
  // PKCS#8 of an Ed25519 key begins with these bytes (RFC 8410).
  expect(sealed.includes(Buffer.from('302e020100300506032b6570', 'hex'))).toBe(false)
  expect(JSON.stringify(dump)).not.toContain(made.tickets[0]?.qrPayload)
})

test('over HTTP a signed viewer registers, and nobody else', async () => {
  const event = await participants.tellEvent()
  const type = await participants.tellTicketType(event)
  const server = createServer((req, res) => void participants.service.handle(req, res))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const post = async (headers: object) => {
    const query = 'mutation ($input: RegisterInput!) { register(input: $input) { __typename } }'
    const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query, variables: { input: registration(event, type.id) } }),
    })
    return (await response.json()) as { data?: object; errors?: { extensions: { code: string } }[] }
  }
  const viewer = attendee(event.organizationId)
  expect(await post(participants.headers(viewer))).toEqual({
    data: { register: { __typename: 'Registration' } },
  })
  expect((await post({})).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED')
  const nobody = await post(participants.headers(undefined))
  expect(nobody.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED')
  server.close()
})

test('a foreign tenant registers for nothing of another', async () => {
  const event = await participants.tellEvent()
  const type = await participants.tellTicketType(event)
  const viewer = organiser(newId('organization'))
  const query = 'mutation ($input: RegisterInput!) { register(input: $input) { __typename } }'
  const answer = await participants.run(viewer, query, { input: registration(event, type.id) })
  // As for an event that does not exist: events is asked, which is silent in this test.
  expect(answer.errors?.[0]?.extensions.code).toBe('SUBGRAPH_UNAVAILABLE')
  expect(await rows(event)).toEqual({ registrations: 0, tickets: 0 })
})
