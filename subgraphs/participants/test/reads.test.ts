import { randomUUID } from 'node:crypto'
import { scopesOf, type Viewer } from '@headcount/access'
import { newId } from '@headcount/ids'
import { type Ask, ServiceUnavailable } from '@headcount/service'
import { fieldOf } from '@headcount/service/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  attendee,
  device,
  type EventState,
  organiser,
  type Participants,
  registration,
  startParticipants,
} from './start-participants.ts'

let participants: Participants
const asked: { service: string; variables: Record<string, unknown> }[] = []
const scanned = new Set<string>()
let areGatesUp = true

/** Gates, as far as participants asks it; events knows of nothing here. */
const ask: Ask = async <Data extends object>({ service, variables = {} }: Parameters<Ask>[0]) => {
  asked.push({ service, variables })
  const representations = variables.representations as { id: string }[]
  if (service === 'events') return { _entities: representations.map(() => null) } as unknown as Data
  if (!areGatesUp) throw new ServiceUnavailable('gates', 'it is down')
  const of = (id: string) => ({ scannedJustNowBy: scanned.has(`${variables.deviceId} ${id}`) })
  return { _entities: representations.map(({ id }) => of(id)) } as unknown as Data
}

beforeAll(async () => {
  participants = await startParticipants({ ask })
})
afterAll(() => participants.stop())

const holder = { name: 'Ada Lovelace', email: 'ada@example.org' }

async function eventWith(count: number): Promise<{ event: EventState; staff: Viewer; typeId: string }> {
  const event = await participants.tellEvent()
  const type = await participants.tellTicketType(event)
  const staff = organiser(event.organizationId)
  const rows = Array.from({ length: count }, (_, index) => ({
    externalId: `${index}`,
    ticketTypeId: type.id,
    holder,
  }))
  if (count > 0) await participants.change(staff, 'upsertRegistrations', { eventId: event.id, rows })
  return { event, staff, typeId: type.id }
}

async function ticketIds(event: EventState): Promise<string[]> {
  const rows = await participants.service.database.query<{ id: string }>(
    'SELECT id FROM tickets WHERE event_id = $1 ORDER BY id',
    [event.id],
  )
  return rows.map((row) => row.id)
}

const entities = (selection: string) =>
  `query ($r: [_Any!]!) { _entities(representations: $r) { __typename ${selection} } }`
const references = (typename: string, ids: readonly string[]) => ({
  r: ids.map((id) => ({ __typename: typename, id })),
})

async function statements(work: () => Promise<unknown>): Promise<number> {
  let sent = 0
  const off = participants.service.database.onStatement(({ sql }) => {
    if (!sql.includes('/* outbox relay */')) sent++
  })
  await work()
  off()
  return sent
}

test('a page of registrations with tickets, types and events takes as many statements for 1 as for 100', async () => {
  const query = `query ($eventId: ID!) { registrations(eventId: $eventId, first: 200) { totalCount edges { cursor node { id
    holder { name } event { name startsAt timeZone } tickets { id qrPayload ticketType { name soldCount } event { name registeredCount }
    registration { id tickets { id } } } } } } }`
  const sent = async (count: number) => {
    const { event, staff } = await eventWith(count)
    // The first page of a tenant opens the key of its codes.
    await participants.run(staff, query, { eventId: event.id })
    return statements(async () => {
      const page = fieldOf<{ totalCount: number; edges: object[] }>(
        await participants.run(staff, query, { eventId: event.id }),
        'registrations',
      )
      expect([page.totalCount, page.edges.length]).toEqual([count, count])
    })
  }
  const one = await sent(1)
  expect(one).toBeGreaterThan(4)
  expect(await sent(100)).toBe(one)
})

test('references of tickets, ticket types and events take one statement a kind, however many they are', async () => {
  const { event, staff, typeId } = await eventWith(100)
  const ids = await ticketIds(event)
  const query = entities(
    '... on Ticket { status codeHash recordVersion } ... on Event { registeredCount } ... on TicketType { soldCount }',
  )
  const r = [
    ...references('Ticket', ids).r,
    ...references('Event', [event.id, event.id]).r,
    ...references('TicketType', [typeId]).r,
  ]
  let answers: object[] = []
  const sent = await statements(async () => {
    answers = fieldOf(await participants.run(staff, query, { r }), '_entities')
  })
  expect(sent).toBe(3)
  expect(answers.slice(-2)).toEqual([
    { __typename: 'Event', registeredCount: 100 },
    { __typename: 'TicketType', soldCount: 100 },
  ])
})

test('a reference of the interface Credential answers the concrete Ticket, and null for what is not there', async () => {
  const { event, staff } = await eventWith(1)
  const foreign = await eventWith(1)
  const ids = [...(await ticketIds(event)), ...(await ticketIds(foreign.event)), newId('ticket'), '\u0000']
  const query = entities(
    '... on Credential { id status event { name } } ... on Ticket { ticketType { name } }',
  )
  const answer = await participants.run(staff, query, references('Credential', ids))
  expect(fieldOf(answer, '_entities')).toEqual([
    {
      ...{ __typename: 'Ticket', id: ids[0], status: 'VALID' },
      ...{ event: { name: 'Summer Night' }, ticketType: { name: 'General' } },
    },
    ...[null, null, null],
  ])
})

test('pages of registrations neither repeat nor lose one while others are added, and filters hold', async () => {
  const { event, staff, typeId } = await eventWith(7)
  const other = await participants.tellTicketType(event, null, { name: 'Other' })
  const query = `query ($eventId: ID!, $after: String, $filter: RegistrationFilter) { registrations(eventId: $eventId, first: 3, after: $after, filter: $filter) {
    totalCount edges { node { id externalId } } pageInfo { hasNextPage endCursor } } }`
  interface Page {
    totalCount: number
    edges: { node: { id: string; externalId: string | null } }[]
    pageInfo: { hasNextPage: boolean; endCursor: string }
  }
  const read = async (more: object) =>
    fieldOf<Page>(await participants.run(staff, query, { eventId: event.id, ...more }), 'registrations')
  const seen: string[] = []
  for (let after: string | null = null, goesOn = true; goesOn; ) {
    const { edges, pageInfo }: Page = await read({ after })
    seen.push(...edges.map((edge) => edge.node.id))
    if (seen.length === 3) await participants.change(staff, 'register', registration(event, other.id))
    after = pageInfo.endCursor
    goesOn = pageInfo.hasNextPage
  }
  expect(new Set(seen).size).toBe(8)
  const cancelled = seen[0]
  await participants.change(staff, 'cancelRegistration', { registrationId: cancelled })
  expect((await read({ filter: { status: ['CANCELLED'] } })).edges).toMatchObject([
    { node: { id: cancelled } },
  ])
  expect((await read({ filter: { ticketTypeId: other.id } })).totalCount).toBe(1)
  expect((await read({ filter: { ticketTypeId: typeId, status: ['CONFIRMED'] } })).totalCount).toBe(6)
  expect(await read({ filter: { ticketTypeId: '\u0000' } })).toMatchObject({ totalCount: 0, edges: [] })
})

test('a bad page, a bad enum and a foreign event are one clear answer each', async () => {
  const { event, staff } = await eventWith(1)
  const run = (args: string) => participants.run(staff, `{ registrations(${args}) { totalCount } }`)
  for (const args of ['first: 201', 'first: -1', 'after: "nonsense"', 'filter: { status: [PAID] }']) {
    const answer = await run(`eventId: "${event.id}", ${args}`)
    expect(answer.errors?.map((error) => error.extensions.code)).toEqual(['BAD_USER_INPUT'])
  }
  const foreign = await eventWith(1)
  for (const id of [foreign.event.id, newId('event'), 'nonsense']) {
    expect(fieldOf(await run(`eventId: "${id}"`), 'registrations')).toBeNull()
  }
})

test('counts come from the counters, are 0 for a new event and null for a foreign one', async () => {
  const { event, staff } = await eventWith(3)
  const empty = await participants.tellEvent({ organizationId: event.organizationId })
  const foreign = await eventWith(1)
  const ids = [event.id, empty.id, foreign.event.id, newId('event')]
  const answer = await participants.run(
    staff,
    entities('... on Event { registeredCount }'),
    references('Event', ids),
  )
  const counts = fieldOf<{ registeredCount: number | null }[]>(answer, '_entities')
  expect(counts.map((count) => count.registeredCount)).toEqual([3, 0, null, null])
})

test('the key of a code is answered to services of the tenant', async () => {
  const { event } = await eventWith(1)
  const [key] = await participants.service.database.query<{ id: string; public_key: string }>(
    'SELECT id, public_key FROM ticket_keys WHERE organization_id = $1',
    [event.organizationId],
  )
  const query = entities('... on TicketKey { organizationId publicKey }')
  const read = async (organizationId: string) => {
    const service: Viewer = { kind: 'service', id: 'gates', organizationId, scopes: ['*'] }
    return fieldOf(
      await participants.run(service, query, references('TicketKey', [key?.id ?? ''])),
      '_entities',
    )
  }
  const { organizationId } = event
  expect(await read(organizationId)).toEqual([
    { __typename: 'TicketKey', organizationId, publicKey: key?.public_key },
  ])
  expect(await read(newId('organization'))).toEqual([null])
})

test('a device reads the names of what it has just scanned, asking gates once for all, and of nothing else', async () => {
  const { event } = await eventWith(3)
  const ids = await ticketIds(event)
  const scanner = device(event.organizationId, event.id)
  scanned.add(`${scanner.id} ${ids[1]}`)
  asked.length = 0
  const names = async (viewer: Viewer) => {
    const query = entities('... on Ticket { holderName }')
    const answers = fieldOf<({ holderName: string | null } | null)[]>(
      await participants.run(viewer, query, references('Ticket', ids)),
      '_entities',
    )
    return answers.map((answer) => answer?.holderName ?? null)
  }
  expect(await names(scanner)).toEqual([null, 'Ada Lovelace', null])
  expect(asked).toEqual([
    {
      service: 'gates',
      variables: { representations: references('Credential', ids).r, deviceId: scanner.id },
    },
  ])
  areGatesUp = false
  expect(await names(scanner)).toEqual([null, null, null])
  areGatesUp = true
  const elsewhere = { ...scanner, eventId: newId('event') }
  expect(await names(elsewhere)).toEqual([null, null, null])
})

test('whoever has the right reads a holder, a code and a ticket, and nobody else does', async () => {
  const { event, staff, typeId } = await eventWith(0)
  const { organizationId } = event
  const owner = attendee(organizationId)
  const made = await participants.change(owner, 'register', registration(event, typeId))
  const id = made.tickets[0]?.id ?? ''
  const as = (...scopes: string[]): Viewer => ({ kind: 'user', id: newId('user'), organizationId, scopes })
  const supervisor = as(...scopesOf(['GATE_SUPERVISOR']))
  const read = async (viewer: Viewer, field: string) => {
    const query = entities(`... on Ticket { ${field} }`)
    const answer = await participants.run(viewer, query, references('Ticket', [id]))
    const [ticket] = (answer.data?._entities ?? []) as Record<string, string | null>[]
    const refusal = answer.errors?.[0]?.extensions.code ?? null
    return ticket?.[field] === null ? refusal : typeof ticket?.[field]
  }
  const holderName = await Promise.all(
    [
      staff,
      owner,
      supervisor,
      attendee(organizationId),
      as('scan:write'),
      as('analytics:read'),
      as('ticket:read'),
    ].map((viewer) => read(viewer, 'holderName')),
  )
  expect(holderName).toEqual(['string', 'string', 'string', null, null, 'FORBIDDEN', 'FORBIDDEN'])
  const qrPayload = await Promise.all(
    [
      staff,
      owner,
      as('ticket:read'),
      attendee(organizationId),
      as('scan:write'),
      device(organizationId, event.id),
    ].map((viewer) => read(viewer, 'qrPayload')),
  )
  expect(qrPayload).toEqual(['string', 'string', 'string', null, 'FORBIDDEN', 'FORBIDDEN'])
  const ticket = async (viewer: Viewer) =>
    fieldOf(await participants.run(viewer, `{ ticket(id: "${id}") { id } }`), 'ticket')
  expect(await ticket(owner)).toEqual({ id })
  expect(await ticket(as('ticket:read'))).toEqual({ id })
  expect(await ticket(attendee(organizationId))).toBeNull()
  expect(await ticket(organiser(newId('organization')))).toBeNull()
  const holderOf = entities('... on Registration { holder { name } }')
  const seen = async (viewer: Viewer) =>
    (await participants.run(viewer, holderOf, references('Registration', [made.id]))).data?._entities
  expect(await seen(staff)).toMatchObject([{ holder: { name: 'Ada Lovelace' } }])
  expect(await seen(owner)).toMatchObject([{ holder: { name: 'Ada Lovelace' } }])
  expect(await seen(as('ticket:write', 'self:read'))).toMatchObject([{ holder: null }])
  expect(await seen(attendee(organizationId))).toEqual([null])
})

test("another person's registrations are not answered through a reference", async () => {
  const { event, typeId } = await eventWith(0)
  const owner = attendee(event.organizationId)
  await participants.change(owner, 'register', registration(event, typeId, { idempotencyKey: randomUUID() }))
  const query = entities('... on User { registrations { totalCount } }')
  const read = async (viewer: Viewer) =>
    fieldOf(await participants.run(viewer, query, references('User', [owner.id])), '_entities')
  expect(await read(owner)).toEqual([{ __typename: 'User', registrations: { totalCount: 1 } }])
  expect(await read(attendee(event.organizationId))).toEqual([{ __typename: 'User', registrations: null }])
})
