import { randomUUID } from 'node:crypto'
import type { Caller, Graph } from './graph.ts'
import type { Tokens } from './people.ts'

const HOUR_MS = 3_600_000

/** An event whose doors are open. */
export interface Venue {
  readonly eventId: string
  /** In the order in which they were made. */
  readonly zoneIds: readonly string[]
  readonly gateIds: readonly string[]
  readonly ticketTypeIds: readonly string[]
}

/** How much of each a venue has; gates lead from outside into the zones by turns. */
export interface VenueSize {
  readonly gates?: number
  readonly zones?: number
  readonly ticketTypes?: number
  readonly entryPolicy?: 'SINGLE' | 'AFTER_EXIT'
  readonly capacity?: number
}

/** The input of an event that begins in an hour. */
export function eventInput(organizationId: string, more: object = {}) {
  const startsAt = Date.now() + HOUR_MS
  return {
    organizationId,
    name: 'A night',
    slug: `night-${randomUUID().slice(0, 8)}`,
    capacity: 1000,
    startsAt: new Date(startsAt).toISOString(),
    doorsOpenAt: new Date(startsAt - HOUR_MS).toISOString(),
    endsAt: new Date(startsAt + 4 * HOUR_MS).toISOString(),
    timeZone: 'Europe/Berlin',
    ...more,
  }
}

/** Makes an event with everything in it and opens its doors. */
export async function openVenue(
  organiser: Caller,
  organizationId: string,
  { gates = 1, zones = 1, ticketTypes = 1, entryPolicy = 'AFTER_EXIT', capacity = 1000 }: VenueSize = {},
): Promise<Venue> {
  const made = { __typename: '', id: '' }
  const eventId = (
    await organiser.change<typeof made>(
      'createEvent',
      eventInput(organizationId, { capacity }),
      '... on Event { id }',
    )
  ).id
  const zoneIds: string[] = []
  for (let index = 1; index <= zones; index++) {
    const input = { eventId, name: `Zone ${index}`, capacity: 500 }
    zoneIds.push((await organiser.change<typeof made>('upsertZone', input, '... on Zone { id }')).id)
  }
  const ticketTypeIds: string[] = []
  for (let index = 1; index <= ticketTypes; index++) {
    const input = { eventId, name: `Type ${index}`, entryPolicy }
    ticketTypeIds.push(
      (await organiser.change<typeof made>('upsertTicketType', input, '... on TicketType { id }')).id,
    )
  }
  await openDoors(organiser, eventId)
  const gateIds: string[] = []
  for (let index = 0; index < gates; index++) {
    gateIds.push(
      await openGate(organiser, { eventId, name: `Gate ${index + 1}`, zoneToId: zoneIds[index % zones] }),
    )
  }
  return { eventId, zoneIds, gateIds, ticketTypeIds }
}

/** DRAFT → PUBLISHED → DOORS_OPEN. */
export async function openDoors(organiser: Caller, eventId: string): Promise<void> {
  const selection = '... on Event { version }'
  const { version } = await organiser.change<{ version: number }>(
    'transitionEvent',
    { eventId, to: 'PUBLISHED', expectedVersion: 1 },
    selection,
  )
  await organiser.change(
    'transitionEvent',
    { eventId, to: 'DOORS_OPEN', expectedVersion: version },
    selection,
  )
}

/** Makes a gate that is open both ways. */
export async function openGate(organiser: Caller, input: object): Promise<string> {
  const { id } = await organiser.change<{ id: string }>('upsertGate', input, '... on Gate { id }')
  await organiser.change('setGateStatus', { gateId: id, status: 'OPEN_BOTH' }, '... on Gate { id }')
  return id
}

/** A ticket with its code. */
export interface Ticket {
  readonly registrationId: string
  readonly ticketId: string
  readonly code: string
}

interface RegistrationAnswer {
  readonly id: string
  readonly tickets: readonly { readonly id: string; readonly qrPayload: string }[]
}

/** Registers one person. */
export async function registerOne(
  caller: Caller,
  { eventId, ticketTypeIds: [ticketTypeId] }: Pick<Venue, 'eventId' | 'ticketTypeIds'>,
): Promise<Ticket> {
  const holder = { name: 'Ada Abel', email: 'ada@example.test' }
  const registration = await caller.change<RegistrationAnswer>(
    'register',
    { eventId, ticketTypeId, holder, idempotencyKey: randomUUID() },
    '... on Registration { id tickets { id qrPayload } }',
  )
  return ticketOf(registration)
}

const UPSERT = `mutation ($input: UpsertRegistrationsInput!) { upsertRegistrations(input: $input) {
  registration { id tickets { id qrPayload } } error { ... on Problem { message } } } }`

/** Registers so many people (at most 500), the ticket types by turns. */
export async function registerMany(
  caller: Caller,
  { eventId, ticketTypeIds }: Pick<Venue, 'eventId' | 'ticketTypeIds'>,
  count: number,
): Promise<Ticket[]> {
  const rows = Array.from({ length: count }, (_, index) => ({
    externalId: `person-${index + 1}`,
    ticketTypeId: ticketTypeIds[index % ticketTypeIds.length],
    holder: { name: `Person ${index + 1}`, email: `person-${index + 1}@example.test` },
  }))
  type Row = { registration: RegistrationAnswer | null }
  const answer = await caller.ask<{ upsertRegistrations: Row[] }>(UPSERT, { input: { eventId, rows } })
  return answer.upsertRegistrations.map(({ registration }) => ticketOf(registration))
}

function ticketOf(registration: RegistrationAnswer | null): Ticket {
  const ticket = registration?.tickets[0]
  if (!registration || !ticket) throw new Error('No ticket was issued.')
  return { registrationId: registration.id, ticketId: ticket.id, code: ticket.qrPayload }
}

/** A scanner that is signed in. */
export interface Scanner extends Caller, Tokens {
  readonly deviceId: string
}

/** Enrols a scanner for gates, as two people do: one invites, the other's device takes the invitation up. */
export async function enrolScanner(
  graph: Graph,
  organiser: Caller,
  { eventId, gateIds }: Pick<Venue, 'eventId' | 'gateIds'>,
): Promise<Scanner> {
  const invite =
    'mutation ($input: CreateDeviceEnrolmentInput!) { createDeviceEnrolment(input: $input) { enrolmentToken } }'
  const { createDeviceEnrolment } = await organiser.ask<{
    createDeviceEnrolment: { enrolmentToken: string }
  }>(invite, { input: { name: 'Lane 1', eventId, gateIds } })
  const { enrolmentToken } = createDeviceEnrolment
  const tokens = await graph
    .as()
    .change<Tokens & { device: { id: string } }>(
      'enrolDevice',
      { enrolmentToken },
      '... on DeviceSession { accessToken refreshToken expiresAt device { id } }',
    )
  return { ...graph.as(tokens.accessToken), ...tokens, deviceId: tokens.device.id }
}

/** Scanners that scan: one at each gate, each with so many people of its own. */
export async function openLanes(
  graph: Graph,
  organiser: Caller,
  { venue, people }: { readonly venue: Venue; readonly people: number },
) {
  const tickets = await registerMany(organiser, venue, people * venue.gateIds.length)
  const lanes: { scanner: Scanner; gateId: string; tickets: Ticket[] }[] = []
  for (const [index, gateId] of venue.gateIds.entries()) {
    const scanner = await enrolScanner(graph, organiser, { ...venue, gateIds: [gateId] })
    lanes.push({ scanner, gateId, tickets: tickets.slice(index * people, (index + 1) * people) })
  }
  return lanes
}
