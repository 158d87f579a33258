import { randomUUID } from 'node:crypto'
import type { Answer } from '../setup/graph.ts'
import { attemptOf } from '../setup/scans.ts'
import { type Case, type Due, type Houses, mutation } from './case.ts'

const notFound: Due = { member: 'NotFound' }
const nothing: Due = { nothing: true }
const refused = (path: string): Due => ({ member: 'ValidationError', path })
const unknownGates: Due = { code: 'BAD_USER_INPUT', says: /gateIds takes gates of the event/ }
const holder = { name: 'Ada', email: 'ada@example.test' }
const version = { expectedVersion: 3 }

/** A mutation by one of ours who names something of theirs. */
function naming(field: string, what: string, due: Due, input: (houses: Houses) => object): Case {
  return {
    what: `${field} with ${what}`,
    ask: (houses) => mutation(houses.ours.admin, field, { input: input(houses), due }),
    due,
  }
}

/** A query by one of ours for something of theirs. */
function reading(query: string, due: Due, variables: (houses: Houses) => object): Case {
  return { what: query, ask: (houses) => houses.ours.admin.send(query, variables(houses)), due }
}

const mutations: readonly Case[] = [
  naming('createEvent', 'their organization', refused('organizationId'), ({ theirs }) => ({
    ...{ organizationId: theirs.tenant.organizationId, name: 'Mine', slug: 'mine', capacity: 5 },
    ...{
      startsAt: '2030-01-01T20:00:00Z',
      doorsOpenAt: '2030-01-01T19:00:00Z',
      endsAt: '2030-01-02T01:00:00Z',
    },
    timeZone: 'UTC',
  })),
  naming('updateEvent', 'their event', notFound, ({ theirs }) => ({
    eventId: theirs.venue.eventId,
    name: 'Mine',
    ...version,
  })),
  naming('transitionEvent', 'their event', notFound, ({ theirs }) => ({
    eventId: theirs.venue.eventId,
    to: 'CANCELLED',
    ...version,
  })),
  naming('cloneEvent', 'their event', notFound, ({ theirs }) => ({
    ...{ eventId: theirs.venue.eventId, name: 'Mine', slug: 'mine', startsAt: '2030-01-01T20:00:00Z' },
  })),
  naming('upsertZone', 'their event', notFound, ({ theirs }) => ({
    eventId: theirs.venue.eventId,
    name: 'Mine',
  })),
  naming('upsertZone', 'their zone', notFound, ({ ours, theirs }) => ({
    eventId: ours.venue.eventId,
    id: theirs.venue.zoneIds[0],
    name: 'Mine',
  })),
  naming('upsertZone', 'their zone as parent', refused('parentId'), ({ ours, theirs }) => ({
    eventId: ours.venue.eventId,
    parentId: theirs.venue.zoneIds[0],
    name: 'Mine',
  })),
  naming('upsertTicketType', 'their event', notFound, ({ theirs }) => ({
    eventId: theirs.venue.eventId,
    name: 'Mine',
  })),
  naming('upsertTicketType', 'their ticket type', notFound, ({ ours, theirs }) => ({
    eventId: ours.venue.eventId,
    id: theirs.venue.ticketTypeIds[0],
    name: 'Mine',
  })),
  naming('upsertTicketType', 'their zones', refused('zoneIds'), ({ ours, theirs }) => ({
    eventId: ours.venue.eventId,
    zoneIds: [theirs.venue.zoneIds[0]],
    name: 'Mine',
  })),
  naming('register', 'their event', refused('eventId'), ({ theirs }) => ({
    ...{ eventId: theirs.venue.eventId, ticketTypeId: theirs.venue.ticketTypeIds[0], holder },
    idempotencyKey: randomUUID(),
  })),
  naming('register', 'their ticket type', refused('ticketTypeId'), ({ ours, theirs }) => ({
    ...{ eventId: ours.venue.eventId, ticketTypeId: theirs.venue.ticketTypeIds[0], holder },
    idempotencyKey: randomUUID(),
  })),
  naming('cancelRegistration', 'their registration', notFound, ({ theirs }) => ({
    registrationId: theirs.tickets[1]?.registrationId,
  })),
  naming('transferTicket', 'their ticket', notFound, ({ theirs }) => ({
    ticketId: theirs.tickets[1]?.ticketId,
    holder,
    idempotencyKey: randomUUID(),
  })),
  naming('blockTicket', 'their ticket', notFound, ({ theirs }) => ({
    ticketId: theirs.tickets[1]?.ticketId,
  })),
  naming('reissueTicket', 'their ticket', notFound, ({ theirs }) => ({
    ticketId: theirs.tickets[1]?.ticketId,
    idempotencyKey: randomUUID(),
  })),
  naming('upsertGate', 'their event', notFound, ({ theirs }) => ({
    eventId: theirs.venue.eventId,
    name: 'Mine',
  })),
  naming('upsertGate', 'their gate', notFound, ({ ours, theirs }) => ({
    eventId: ours.venue.eventId,
    id: theirs.venue.gateIds[0],
    name: 'Mine',
  })),
  naming('upsertGate', 'their zone', refused('zoneToId'), ({ ours, theirs }) => ({
    eventId: ours.venue.eventId,
    zoneToId: theirs.venue.zoneIds[0],
    name: 'Mine',
  })),
  naming('upsertGate', 'their ticket types', refused('ticketTypeIds'), ({ ours, theirs }) => ({
    eventId: ours.venue.eventId,
    ticketTypeIds: [theirs.venue.ticketTypeIds[0]],
    name: 'Mine',
  })),
  naming('setGateStatus', 'their gate', notFound, ({ theirs }) => ({
    gateId: theirs.venue.gateIds[0],
    status: 'CLOSED',
  })),
  naming('assignDevices', 'their device', refused('deviceIds'), ({ ours, theirs }) => ({
    deviceIds: [theirs.scanner.deviceId],
    gateIds: ours.venue.gateIds,
  })),
  naming('assignDevices', 'their gates', refused('gateIds'), ({ ours, theirs }) => ({
    deviceIds: [ours.scanner.deviceId],
    gateIds: [theirs.venue.gateIds[0]],
  })),
  naming('createDeviceEnrolment', 'their event and gates', unknownGates, ({ theirs: { venue } }) => ({
    eventId: venue.eventId,
    gateIds: venue.gateIds,
    name: 'Mine',
  })),
  naming('createDeviceEnrolment', 'their gates', unknownGates, ({ ours, theirs }) => ({
    eventId: ours.venue.eventId,
    gateIds: theirs.venue.gateIds,
    name: 'Mine',
  })),
  naming('recordScan', 'their gate', refused('gateId'), ({ ours, theirs }) =>
    attemptOf(ours.tickets[1]?.code ?? '', theirs.venue.gateIds[0] ?? ''),
  ),
  {
    what: 'recordScan of a scanner at their gate',
    ask: ({ ours, theirs }) => {
      const input = attemptOf(ours.tickets[1]?.code ?? '', theirs.venue.gateIds[0] ?? '', { deviceSeq: 2 })
      return mutation(ours.scanner, 'recordScan', { input, due: refused('gateId') })
    },
    due: refused('gateId'),
  },
  naming('rollDevice', 'their device', nothing, ({ theirs }) => ({ deviceId: theirs.scanner.deviceId })),
  naming('revokeDevice', 'their device', nothing, ({ theirs }) => ({ deviceId: theirs.scanner.deviceId })),
  {
    what: 'revokeTickets with their tickets: none is revoked, each is named',
    ask: ({ ours, theirs }) => {
      const query =
        'mutation ($input: RevokeTicketsInput!) { revokeTickets(input: $input) { ... on RevokedTickets { tickets { id } notFound } } }'
      const ticketIds = theirs.tickets.map(({ ticketId }) => ticketId)
      return only(
        ours.admin.send(query, { input: { ticketIds, reason: 'Mine' } }),
        'revokeTickets',
        (value) => {
          const { tickets, notFound: named } = value as { tickets: unknown[]; notFound: string[] }
          return named.toSorted().join() === ticketIds.toSorted().join() ? tickets : value
        },
      )
    },
    due: nothing,
  },
  ...(['their event', 'their ticket type'] as const).map(
    (what): Case => ({
      what: `upsertRegistrations with ${what}: the row is refused`,
      ask: ({ ours, theirs }) => {
        const query =
          'mutation ($input: UpsertRegistrationsInput!) { upsertRegistrations(input: $input) { registration { id } error { __typename ... on ValidationError { message fields { path message } } } } }'
        const eventId = what === 'their event' ? theirs.venue.eventId : ours.venue.eventId
        const rows = [{ externalId: randomUUID(), ticketTypeId: theirs.venue.ticketTypeIds[0], holder }]
        return only(ours.admin.send(query, { input: { eventId, rows } }), 'upsertRegistrations', (value) => {
          const [row] = value as { registration: unknown; error: unknown }[]
          return row?.registration === null ? row.error : value
        })
      },
      due: refused(what === 'their event' ? 'eventId' : 'rows.0.ticketTypeId'),
    }),
  ),
]

/** The answer with that part of its field's value which says what was found. */
async function only(
  asked: Promise<Answer>,
  field: string,
  part: (value: unknown) => unknown,
): Promise<Answer> {
  const answer = await asked
  const value = answer.data?.[field]
  return value ? { ...answer, data: { [field]: part(value) } } : answer
}

const queries: readonly Case[] = [
  reading('query ($id: ID) { event(id: $id) { id name } }', nothing, ({ theirs }) => ({
    id: theirs.venue.eventId,
  })),
  reading('query ($slug: String) { event(slug: $slug) { id name } }', nothing, ({ theirs }) => ({
    slug: theirs.slug,
  })),
  reading('query ($id: ID) { organization(id: $id) { id name } }', nothing, ({ theirs }) => ({
    id: theirs.tenant.organizationId,
  })),
  reading('query ($slug: String) { organization(slug: $slug) { id name } }', nothing, ({ theirs }) => ({
    slug: theirs.tenant.slug,
  })),
  reading('query ($id: ID!) { occupancy(eventId: $id) { seq inside } }', nothing, ({ theirs }) => ({
    id: theirs.venue.eventId,
  })),
  reading('query ($id: ID!) { scans(eventId: $id) { edges { node { id } } } }', nothing, ({ theirs }) => ({
    id: theirs.venue.eventId,
  })),
  reading(
    'query ($id: ID!, $gate: ID!) { scans(eventId: $id, filter: { gateId: $gate }) { edges { node { id } } } }',
    nothing,
    ({ ours, theirs }) => ({ id: ours.venue.eventId, gate: theirs.venue.gateIds[0] }),
  ),
  reading(
    'query ($id: ID!, $device: ID!) { scans(eventId: $id, filter: { deviceId: $device }) { edges { node { id } } } }',
    nothing,
    ({ ours, theirs }) => ({ id: ours.venue.eventId, device: theirs.scanner.deviceId }),
  ),
  reading('query ($id: ID!) { gate(id: $id) { id name } }', nothing, ({ theirs }) => ({
    id: theirs.venue.gateIds[0],
  })),
  reading('query ($id: ID!) { ticket(id: $id) { id status } }', nothing, ({ theirs }) => ({
    id: theirs.tickets[0]?.ticketId,
  })),
  reading(
    'query ($id: ID!) { registrations(eventId: $id) { edges { node { id } } } }',
    nothing,
    ({ theirs }) => ({ id: theirs.venue.eventId }),
  ),
  reading(
    'query ($id: ID!, $type: ID) { registrations(eventId: $id, filter: { ticketTypeId: $type }) { edges { node { id } } } }',
    nothing,
    ({ ours, theirs }) => ({ id: ours.venue.eventId, type: theirs.venue.ticketTypeIds[0] }),
  ),
  reading('query ($id: ID!) { ingress(eventId: $id) { entries } }', nothing, ({ theirs }) => ({
    id: theirs.venue.eventId,
  })),
  reading(
    'query ($id: ID!, $gate: ID) { ingress(eventId: $id, gateId: $gate) { entries } }',
    nothing,
    ({ ours, theirs }) => ({ id: ours.venue.eventId, gate: theirs.venue.gateIds[0] }),
  ),
]

/** Each operation that takes an id, with one that is somebody else's. */
export const foreignIds: readonly Case[] = [...mutations, ...queries]
