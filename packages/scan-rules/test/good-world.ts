import { type Circumstances, courseOf, type Ticket } from '../src/circumstances.ts'
import { type Gate, type TicketType, wayThrough, type Zone } from '../src/ground.ts'
import { absentFrom, type PlacePresence } from '../src/presence.ts'
import { type Judgement, reasonAgainst } from '../src/reasons.ts'
import { zoneTree } from '../src/zone-tree.ts'

type Mutable<Value> = { -readonly [Key in keyof Value]: Value[Key] }
type Given = Omit<Circumstances, 'from' | 'to' | 'toZone' | 'policy' | 'entries' | 'left' | 'state'>

/** What there is to say about an attempt, open to be changed. */
export interface World extends Mutable<Given> {
  gate: Gate
  ticket: Ticket
  ticketType: TicketType
  zones: Zone[]
  /** Bodies directly in each place. */
  bodies: Record<string, number>
  presence: PlacePresence[]
}

export const eventId = 'evt_a'
export const noon = new Date('2026-06-01T12:00:00Z')
/** Places: a hall, and within it a lounge. */
export const [hall, lounge] = ['zon_hall', 'zon_lounge'] as const

/** A presence with its last movement at noon. */
export function presence(placeId: string, more: Partial<PlacePresence> = {}): PlacePresence {
  return { ...absentFrom(placeId, noon), ...more }
}

/** A gate that is open to all in both directions. */
export function gateBetween(zoneFromId: string | null, zoneToId: string | null): Gate {
  return { eventId, zoneFromId, zoneToId, status: 'OPEN_BOTH', ticketTypeIds: [] }
}

/** A zone that anybody may enter. */
export function zone(id: string, more: Partial<Zone> = {}): Zone {
  const free = { capacity: null, enforcement: 'SOFT', entryPolicy: null, antiPassback: 'HARD' } as const
  return { id, parentId: null, passbackTimeoutSeconds: null, ...free, ...more }
}

/** A world in which everything is in order: the ticket is in the hall, and the attempt leads it into the lounge. */
export function goodWorld(): World {
  return {
    ...{ direction: 'ENTRY', at: noon, hasOverride: false, standing: { kind: 'known' } },
    ...{ isDeviceRevoked: false, isDeviceAssigned: true },
    event: { status: 'LIVE', timeZone: 'Europe/Berlin' },
    gate: gateBetween(hall, lounge),
    zones: [zone(hall), zone(lounge, { parentId: hall })],
    bodies: { [hall]: 1 },
    ticket: { eventId, status: 'VALID', pendingReason: null, validUntil: null },
    ticketType: {
      ...{ id: 'typ_a', entryPolicy: 'AFTER_EXIT', zoneIds: [] },
      ...{ validFrom: null, validUntil: null, dailyFrom: null, dailyUntil: null },
    },
    presence: [presence(hall, { bodies: 1, entries: 1 })],
  }
}

/** A world; nobody may know the ticket's type. */
type Described = Omit<World, 'ticketType'> & Pick<Circumstances, 'ticketType'>

/** The circumstances of a world. */
export function circumstancesOf({ zones, bodies, ...given }: Described): Circumstances {
  const tree = zoneTree(eventId, zones)
  const inside = new Map<string, number>()
  for (const [place, count] of Object.entries(bodies))
    for (const id of tree.chain(place)) inside.set(id, (inside.get(id) ?? 0) + count)
  const state = { tree, inside, zones: new Map(zones.map((one) => [one.id, one])) }
  return { ...given, ...courseOf(wayThrough(given.gate, given.direction), { ...given, state }), state }
}

/** What the rules say of a world. */
export function judge(world: World): Judgement {
  return reasonAgainst(circumstancesOf(world))
}
