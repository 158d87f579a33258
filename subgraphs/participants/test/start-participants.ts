import { randomUUID } from 'node:crypto'
import { scopesOf, type Viewer } from '@headcount/access'
import { newId } from '@headcount/ids'
import type { Ask } from '@headcount/service'
import { fieldOf, startTestService } from '@headcount/service/testing'
import { createParticipants } from '../src/server.ts'

export const ticketSecret = 'test-ticket-secret-of-32-characters'

/** An organiser of a tenant. */
export function organiser(organizationId: string): Viewer {
  return { kind: 'user', id: newId('user'), organizationId, scopes: scopesOf(['ORGANISER']) }
}

/** Somebody who comes to events of a tenant. */
export function attendee(organizationId: string): Viewer {
  return { kind: 'user', id: newId('user'), organizationId, scopes: scopesOf(['ATTENDEE']) }
}

/** A scanner of a tenant's event. */
export function device(organizationId: string, eventId: string): Viewer {
  const scopes = scopesOf(['GATE_OPERATOR'])
  return { kind: 'device', id: newId('device'), organizationId, scopes, eventId }
}

/** Participants over a database of its own. */
export async function startParticipants(options: { now?: () => Date; ask?: Ask } = {}) {
  const started = await startTestService({
    ...options,
    prismaDirectory: new URL('../prisma', import.meta.url),
    // Two of one database, as two processes would be.
    create: (databaseUrl, parts) => {
      const settings = { databaseUrl, maxConnections: 10, ticketSecret }
      return Promise.all([createParticipants(settings, parts), createParticipants(settings, parts)])
    },
    serviceOf: ([service]) => service,
  })
  const [, secondProcess] = started.made
  let changes = 0
  const publish = (subject: string, organizationId: string, payload: object) => {
    const occurredAt = new Date().toISOString()
    return started.bus.publish('events', {
      ...{ id: newId('message'), organizationId, payload, occurredAt },
      subject: `org.${organizationId}.event.${subject}`,
    })
  }

  /** Lets events tell of an event; the same id with a higher version changes it. */
  async function tellEvent(more: Partial<EventState> = {}): Promise<EventState> {
    const event = { ...newEvent(), ...more }
    await publish(`${event.id}.event.changed`, event.organizationId, event)
    return event
  }

  /** Lets events tell of a ticket type. */
  async function tellTicketType(event: EventState, quota: number | null = null, more: object = {}) {
    const type = { id: newId('ticketType'), eventId: event.id, name: 'General', quota, version: 1, ...more }
    await publish(`${event.id}.ticket-type.changed`, event.organizationId, type)
    return type
  }

  /** Runs a mutation and answers its field. Every other one runs in the second process. */
  async function change<Answer = RegistrationAnswer>(
    viewer: Viewer,
    field: string,
    input: object,
  ): Promise<Answer> {
    const type = `${field[0]?.toUpperCase()}${field.slice(1)}Input`
    const selection = selections[field] ?? ''
    const used = Object.entries(fragments).filter(([name]) => selection.includes(name))
    const definitions = used.flatMap(([, fragment]) => fragment)
    const query = `mutation ($input: ${type}!) { ${field}(input: $input) { ${selection} } } ${[...new Set(definitions)].join(' ')}`
    const process = changes++ % 2 === 0 ? started.service : secondProcess
    const variables = { input }
    return fieldOf<Answer>(await process.execute({ query, variables, viewer, requestId: 'test' }), field)
  }

  async function stop() {
    await secondProcess.stop()
    await started.stop()
  }

  return { ...started, tellEvent, tellTicketType, change, stop }
}

export type Participants = Awaited<ReturnType<typeof startParticipants>>

/** What events tells of an event. */
export interface EventState {
  id: string
  organizationId: string
  name: string
  status: string
  capacity: number
  startsAt: string
  timeZone: string
  version: number
}

function newEvent(): EventState {
  return {
    id: newId('event'),
    organizationId: newId('organization'),
    name: 'Summer Night',
    status: 'PUBLISHED',
    capacity: 1000,
    startsAt: '2026-07-01T18:00:00.000Z',
    timeZone: 'Europe/Berlin',
    version: 1,
  }
}

/** A ticket as the tests read it. */
export interface TicketAnswer {
  __typename: string
  id: string
  status: string
  holderName: string | null
  qrPayload: string
  recordVersion: number
  codeHash: string
  message: string
  fields: { path: string }[]
}

/** A registration as the tests read it. */
export interface RegistrationAnswer {
  __typename: string
  id: string
  status: string
  holder: { name: string; email: string } | null
  tickets: TicketAnswer[]
  message: string
  fields: { path: string; message: string }[]
}

/** The result of one row. */
export interface RowAnswer {
  externalId: string
  registration: RegistrationAnswer | null
  error: { __typename: string; message: string; fields?: { path: string }[] } | null
}

const ticketFragment =
  'fragment T on Ticket { id status holderName qrPayload recordVersion codeHash registration { id } }'
const registrationFragment = `fragment R on Registration { id status externalId registeredAt holder { name email }
  event { name startsAt timeZone } tickets { ...T ticketType { name } } }`
const problemFragment =
  'fragment P on Problem { message ... on ValidationError { fields { path message } } ... on Conflict { version } }'
const fragments = {
  '...R': [registrationFragment, ticketFragment],
  '...T': [ticketFragment],
  '...P': [problemFragment],
}

const selections: Record<string, string> = {
  register: '__typename ...R ...P',
  cancelRegistration: '__typename ...R ...P',
  transferTicket: '__typename ...T ...P',
  reissueTicket: '__typename ...T ...P',
  blockTicket: '__typename ...T ...P',
  revokeTickets: '__typename ... on RevokedTickets { tickets { ...T } notFound } ...P',
  upsertRegistrations: 'externalId registration { ...R } error { __typename ...P }',
}

/** The input of a registration. */
export function registration(event: EventState, ticketTypeId: string, more: object = {}) {
  const holder = { name: 'Ada Lovelace', email: 'ada@example.org' }
  return { eventId: event.id, ticketTypeId, holder, idempotencyKey: randomUUID(), ...more }
}
