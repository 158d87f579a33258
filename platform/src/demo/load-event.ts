import type { Progress } from '../progress.ts'
import type { GraphClient } from './graph-client.ts'
import { capacity, gates, ticketTypes, zones } from './ground.ts'
import { typeOf } from './scenario.ts'
import type { Session } from './session.ts'

/** Does operations in the name of an organiser. */
export interface Organiser {
  /** The one field's value of a mutation; fails when it is a Problem. */
  change<Answer>(name: string, input: object): Promise<Answer>
  ask<Data>(name: string, variables?: Record<string, unknown>): Promise<Data>
}

/** Makes an organiser of a session. */
export function createOrganiser(client: GraphClient, session: Session, signal: AbortSignal): Organiser {
  const ask = async <Data>(name: string, variables?: Record<string, unknown>) => {
    return client.ask<Data>({ name, by: session, ...(variables && { variables }) }, signal)
  }
  return {
    ask,
    async change<Answer>(name: string, input: object) {
      const data = await ask<Record<string, Answer & { message?: string }>>(name, { input })
      const [answer] = Object.values(data)
      if (!answer || answer.message !== undefined) throw new Error(`The demo's ${name}: ${answer?.message}`)
      return answer
    },
  }
}

/** The demo event as it is loaded. */
export interface LoadedEvent {
  readonly id: string
  readonly version: number
}

/** What an edition is called and when it takes place. */
export interface Edition {
  readonly organizationId: string
  readonly name: string
  readonly slug: string
  readonly doorsOpenAt: Date
  readonly startsAt: Date
  readonly endsAt: Date
}

/** Makes the edition's event, or finds it where an earlier start had made it. */
export async function makeEvent(organiser: Organiser, edition: Edition): Promise<LoadedEvent> {
  const { event } = await organiser.ask<{ event: LoadedEvent | null }>('EventBySlug', { slug: edition.slug })
  if (event) return event
  const { doorsOpenAt, startsAt, endsAt, ...names } = edition
  const times = {
    doorsOpenAt: doorsOpenAt.toISOString(),
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
  }
  const input = { ...names, ...times, capacity, timeZone: 'Europe/Berlin', autoOpen: true }
  return organiser.change<LoadedEvent>('CreateEvent', input)
}

/** Ids of what stands on the demo's ground, in the order of `ground.ts`. */
export interface Ground {
  readonly ticketTypeIds: readonly string[]
  readonly gateIds: readonly string[]
}

/** Makes zones, ticket types and open gates; everything by name, so that a second time changes nothing. */
export async function makeGround(organiser: Organiser, eventId: string, startsAt: Date): Promise<Ground> {
  const zoneIds = new Map<string, string>()
  for (const zone of zones) {
    const { id } = await organiser.change<{ id: string }>('UpsertZone', { eventId, ...zone })
    zoneIds.set(zone.name, id)
  }
  const ticketTypeIds: string[] = []
  for (const { name, quota, isLate } of ticketTypes) {
    const input = { eventId, name, quota, ...(isLate && { validFrom: startsAt.toISOString() }) }
    const { id } = await organiser.change<{ id: string }>('UpsertTicketType', input)
    ticketTypeIds.push(id)
  }
  const [general, seated, late] = ticketTypeIds
  const gateIds: string[] = []
  for (const { name, zone, lanes, admitsSeats } of gates) {
    const admitted = admitsSeats ? [general, seated, late] : [general, late]
    const input = { eventId, name, zoneToId: zoneIds.get(zone), lanes, ticketTypeIds: admitted }
    const { id } = await organiser.change<{ id: string }>('UpsertGate', input)
    await organiser.change('SetGateStatus', { gateId: id, status: 'OPEN_BOTH' })
    gateIds.push(id)
  }
  return { ticketTypeIds, gateIds }
}

const rowsPerCall = 500
const callsAtOnce = 2

interface RowResult {
  readonly externalId: string
  readonly registration: { readonly tickets: readonly { id: string; qrPayload: string }[] } | null
  readonly error: { readonly message: string } | null
}

/** One ticket of the demo. */
interface DemoTicket {
  readonly person: number
  readonly id: string
  readonly code: string
}

/** What people are registered for, and in which order. */
export interface Registering {
  readonly organiser: Organiser
  readonly eventId: string
  readonly ticketTypeIds: readonly string[]
  /** Everybody, in the order in which they shall be registered. */
  readonly people: readonly number[]
  /** Told each code as soon as it is there. */
  readonly onCode: (person: number, code: string) => void
  readonly progress: Progress
}

/** Registers everybody, and revokes a few tickets as happens before every event. */
export async function registerPeople(registering: Registering): Promise<void> {
  const { people, onCode, progress } = registering
  let next = 0
  const work = async () => {
    while (next < people.length) {
      const chunk = people.slice(next, next + rowsPerCall)
      next += rowsPerCall
      const tickets = await registerChunk(registering, chunk)
      await revokeSome(registering.organiser, tickets)
      for (const { person, code } of tickets) onCode(person, code)
      if (next % 10_000 === 0) progress.step(`Demo: ${next.toLocaleString('en-GB')} registered`)
    }
  }
  await Promise.all(Array.from({ length: callsAtOnce }, work))
}

async function registerChunk(registering: Registering, chunk: readonly number[]): Promise<DemoTicket[]> {
  const { organiser, eventId, ticketTypeIds } = registering
  const rows = chunk.map((person) => rowOf(person, ticketTypeIds))
  const answer = await organiser.ask<{ upsertRegistrations: RowResult[] }>('UpsertRegistrations', {
    input: { eventId, rows },
  })
  return answer.upsertRegistrations.map(({ externalId, registration, error }) => {
    const ticket = registration?.tickets[0]
    if (!ticket) throw new Error(`The demo's registration ${externalId}: ${error?.message}`)
    return { person: Number(externalId), id: ticket.id, code: ticket.qrPayload }
  })
}

const givenNames = ['Ada', 'Björn', 'Chidi', 'Daria', 'Emre', 'Fatima', 'Goran', 'Hana', 'Ines', 'Jun']
const familyNames = ['Abel', 'Bauer', 'Costa', 'Dietz', 'Ekman', 'Fuchs', 'Grau', 'Horn', 'Ito', 'Jansen']

function rowOf(person: number, ticketTypeIds: readonly string[]) {
  const name = `${givenNames[person % 10]} ${familyNames[Math.floor(person / 10) % 10]} ${person}`
  return {
    externalId: String(person),
    ticketTypeId: ticketTypeIds[typeOf(person)],
    holder: { name, email: `person-${person}@example.test` },
    // A few have not paid yet.
    status: person % 333 === 0 ? 'PENDING' : 'CONFIRMED',
  }
}

/** Every so many-th ticket is revoked before its holder comes, so that gates have something to refuse. */
const revokedEvery = 160

async function revokeSome(organiser: Organiser, tickets: readonly DemoTicket[]): Promise<void> {
  const ticketIds = tickets.filter(({ person }) => person % revokedEvery === 1).map(({ id }) => id)
  if (ticketIds.length === 0) return
  await organiser.change('RevokeTickets', { ticketIds, reason: 'Chargeback' })
}
