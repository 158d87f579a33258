import { randomUUID } from 'node:crypto'
import type { Caller, Graph } from '../setup/graph.ts'
import { makeTenant, type Tenant, type Tokens } from '../setup/people.ts'
import { enrolScanner, eventInput, openDoors, openGate, type Scanner, type Ticket } from '../setup/venue.ts'
import type { MachineRoom } from './machine-room.ts'

/** A way between two places; null = outside. */
export interface Way {
  readonly gateId: string
  readonly from: string | null
  readonly to: string | null
}

/** Where a run takes place. */
export interface Ground {
  readonly tenant: Tenant
  /** Stands in all names and addresses of this tenant, and nowhere else. */
  readonly mark: string
  readonly eventId: string
  readonly capacity: number
  readonly zones: Readonly<Record<'hall' | 'lounge' | 'yard', string>>
  /** Zones that hold no more than so many. */
  readonly hard: ReadonlyMap<string, number>
  /** A zone and what it lies in, itself first. */
  readonly chains: ReadonlyMap<string, readonly string[]>
  readonly ways: readonly Way[]
  /** Ticket types by their policy. */
  readonly types: ReadonlyMap<string, string>
  /** Of this one there are only so many. */
  readonly limited: { readonly ticketTypeId: string; readonly quota: number }
  /** Grows while people register. */
  readonly tickets: Ticket[]
  readonly devices: readonly Scanner[]
  readonly organiser: Caller & Tokens
  readonly supervisor: Caller & Tokens
}

const TICKETS = 2000
const ROWS_AT_ONCE = 500
const PLACES_LEFT = 70
const QUOTA = 40
const HALL_CAPACITY = 60
const LOUNGE_CAPACITY = 12
const POLICIES = ['SINGLE', 'AFTER_EXIT', 'UNLIMITED', 'ONCE_PER_DAY'] as const

/** Makes the tenant, its event with all that belongs to it, tickets and scanners. */
export async function makeGround(room: MachineRoom, graph: Graph, devices: number): Promise<Ground> {
  const tenant = await makeTenant(room, ['ORGANISER', 'GATE_SUPERVISOR'])
  const organiser = await tenant.signIn(graph, 'ORGANISER')
  const supervisor = await tenant.signIn(graph, 'GATE_SUPERVISOR')
  const mark = `mark-${randomUUID().slice(0, 8)}`
  const capacity = TICKETS + PLACES_LEFT
  const input = eventInput(tenant.organizationId, { capacity, name: `A night ${mark}` })
  const eventId = await idOf(organiser, 'createEvent', input)
  const named = { eventId, mark }
  const zones = await makeZones(organiser, named)
  const { types, limited } = await makeTypes(organiser, named)
  await openDoors(organiser, eventId)
  const ways = await makeWays(organiser, { ...named, zones })
  const tickets = await registerAll(organiser, { ...named, ticketTypeIds: [...types.values()] })
  const scanners: Scanner[] = []
  for (let index = 0; index < devices; index++)
    scanners.push(await enrolScanner(graph, organiser, { eventId, gateIds: gatesOf(ways, index) }))
  return {
    ...{ tenant, mark, eventId, capacity, types, limited, tickets, ways, zones, organiser, supervisor },
    ...capacitiesOf(zones),
    devices: scanners,
  }
}

interface Named {
  readonly eventId: string
  readonly mark: string
}

async function makeZones(organiser: Caller, { eventId, mark }: Named): Promise<Ground['zones']> {
  const zone = (more: object) => idOf(organiser, 'upsertZone', { eventId, ...more })
  const enforcement = 'HARD'
  const hall = await zone({ name: `Hall ${mark}`, capacity: HALL_CAPACITY, enforcement })
  const inHall = { capacity: LOUNGE_CAPACITY, enforcement, parentId: hall }
  const lounge = await zone({ name: `Lounge ${mark}`, ...inHall })
  const yard = await zone({ name: `Yard ${mark}`, capacity: TICKETS * 2, enforcement: 'NONE' })
  return { hall, lounge, yard }
}

/** The same that the zones were made with, for those who count. */
function capacitiesOf({ hall, lounge, yard }: Ground['zones']): Pick<Ground, 'hard' | 'chains'> {
  return {
    hard: new Map([
      [hall, HALL_CAPACITY],
      [lounge, LOUNGE_CAPACITY],
    ]),
    chains: new Map([
      [hall, [hall]],
      [lounge, [lounge, hall]],
      [yard, [yard]],
    ]),
  }
}

async function makeTypes(organiser: Caller, { eventId }: Named): Promise<Pick<Ground, 'types' | 'limited'>> {
  const type = (more: object) => idOf(organiser, 'upsertTicketType', { eventId, ...more })
  const types = new Map<string, string>()
  for (const entryPolicy of POLICIES) types.set(entryPolicy, await type({ name: entryPolicy, entryPolicy }))
  const ticketTypeId = await type({ name: 'Limited', entryPolicy: 'AFTER_EXIT', quota: QUOTA })
  return { types, limited: { ticketTypeId, quota: QUOTA } }
}

async function idOf(organiser: Caller, field: string, input: object): Promise<string> {
  const types: Record<string, string> = {
    createEvent: 'Event',
    upsertZone: 'Zone',
    upsertTicketType: 'TicketType',
  }
  return (await organiser.change<{ id: string }>(field, input, `... on ${types[field]} { id }`)).id
}

interface WayParts extends Named {
  readonly zones: Ground['zones']
}

/** Two ways into the hall, two into the yard, one from the yard into the hall, one from the hall into its lounge. */
async function makeWays(organiser: Caller, { eventId, mark, zones }: WayParts): Promise<Way[]> {
  const { hall, lounge, yard } = zones
  const leads: readonly (readonly [string | null, string])[] = [
    [null, hall],
    [null, hall],
    [null, yard],
    [null, yard],
    [yard, hall],
    [hall, lounge],
  ]
  const ways: Way[] = []
  for (const [index, [from, to]] of leads.entries()) {
    const input = { eventId, name: `Gate ${index + 1} ${mark}`, zoneFromId: from, zoneToId: to }
    ways.push({ gateId: await openGate(organiser, input), from, to })
  }
  return ways
}

/** A device stands at one gate and may go to the next. */
function gatesOf(ways: readonly Way[], index: number): string[] {
  return [0, 1].map((step) => ways[(index + step) % ways.length]?.gateId ?? '')
}

/** Which ways a device may scan at. */
export function waysOf({ ways }: Ground, index: number): readonly Way[] {
  const own = gatesOf(ways, index)
  return ways.filter(({ gateId }) => own.includes(gateId))
}

const UPSERT = `mutation ($input: UpsertRegistrationsInput!) { upsertRegistrations(input: $input) {
  registration { id tickets { id qrPayload } } error { ... on Problem { message } } } }`

interface RegisterParts extends Named {
  readonly ticketTypeIds: readonly string[]
}

async function registerAll(
  caller: Caller,
  { eventId, ticketTypeIds, mark }: RegisterParts,
): Promise<Ticket[]> {
  type Row = { registration: { id: string; tickets: { id: string; qrPayload: string }[] } | null }
  const tickets: Ticket[] = []
  for (let from = 0; from < TICKETS; from += ROWS_AT_ONCE) {
    const rows = Array.from({ length: ROWS_AT_ONCE }, (_, index) => ({
      externalId: `${mark}-${from + index}`,
      ticketTypeId: ticketTypeIds[index % ticketTypeIds.length],
      holder: { name: `Person ${from + index} ${mark}`, email: `person-${from + index}@${mark}.test` },
    }))
    const answer = await caller.ask<{ upsertRegistrations: Row[] }>(UPSERT, { input: { eventId, rows } })
    for (const { registration } of answer.upsertRegistrations) {
      const [ticket] = registration?.tickets ?? []
      if (!registration || !ticket) throw new Error('A registration was refused.')
      tickets.push({ registrationId: registration.id, ticketId: ticket.id, code: ticket.qrPayload })
    }
  }
  return tickets
}
