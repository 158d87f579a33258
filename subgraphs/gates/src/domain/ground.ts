import type { EntryPolicy } from './entry-policy.ts'

/** State of an event, as events names it. */
export type EventStatus =
  | 'DRAFT'
  | 'PUBLISHED'
  | 'DOORS_OPEN'
  | 'LIVE'
  | 'ENDED'
  | 'ARCHIVED'
  | 'POSTPONED'
  | 'CANCELLED'

/** What events says of an event. */
export interface EventRow {
  readonly id: string
  readonly organizationId: string
  readonly name: string
  readonly status: EventStatus
  readonly timeZone: string
  readonly version: number
}

/** What events says of a zone. */
export interface ZoneRow {
  readonly id: string
  readonly organizationId: string
  readonly eventId: string
  readonly name: string
  readonly capacity: number | null
  readonly enforcement: 'HARD' | 'SOFT' | 'NONE'
  readonly parentId: string | null
  readonly entryPolicy: EntryPolicy | null
  readonly antiPassback: AntiPassback
  /** How long after a movement the same credential may not enter again, in seconds; null = no such time. */
  readonly passbackTimeoutSeconds: number | null
  /** Local time of day, `04:00`, at which the zone is emptied; null = never. */
  readonly closesAt: string | null
  readonly version: number
}

/**
 * What a second entry without an exit between means. HARD: it is refused; SOFT: it is let in and noted as a conflict;
 * TIMED: it is refused until the zone's time is over, and then taken for one whose exit nobody saw.
 */
export type AntiPassback = 'HARD' | 'SOFT' | 'TIMED'

/** What events says of a ticket type. */
export interface TicketTypeRow {
  readonly id: string
  readonly organizationId: string
  readonly eventId: string
  readonly name: string
  readonly entryPolicy: EntryPolicy
  readonly zoneIds: readonly string[]
  readonly validFrom: Date | null
  readonly validUntil: Date | null
  /** Local times of day, `18:00`, between which its tickets enter, over midnight too; null = at any time. */
  readonly dailyFrom: string | null
  readonly dailyUntil: string | null
  readonly version: number
}

/** What a gate lets through. */
export type GateStatus = 'CLOSED' | 'OPEN_ENTRY' | 'OPEN_EXIT' | 'OPEN_BOTH' | 'PAUSED' | 'EMERGENCY'

/** A gate as it is kept. */
export interface GateRow {
  readonly id: string
  readonly organizationId: string
  readonly eventId: string
  readonly name: string
  readonly zoneFromId: string | null
  readonly zoneToId: string | null
  readonly status: GateStatus
  readonly lanes: number
  readonly ticketTypeIds: readonly string[]
  readonly version: number
}

/**
 * Where a body can be: a zone's id; the event's id = the event's ground, in which every zone lies; null = outside.
 */
export type Place = string | null

/** Which way a body goes. */
export type Direction = 'ENTRY' | 'EXIT'

/** The way of a body through a gate. A gate with no zone on either side leads from outside into the ground. */
export function wayThrough(
  gate: Pick<GateRow, 'eventId' | 'zoneFromId' | 'zoneToId'>,
  direction: Direction,
): { from: Place; to: Place } {
  const hasNoZone = gate.zoneFromId === null && gate.zoneToId === null
  const inner = hasNoZone ? gate.eventId : gate.zoneToId
  return direction === 'ENTRY' ? { from: gate.zoneFromId, to: inner } : { from: inner, to: gate.zoneFromId }
}

/** A zone in its tree. */
type Branch = Pick<ZoneRow, 'id' | 'parentId'>

/** The zones of one event, as a tree whose root is the event's ground. */
export interface ZoneTree {
  /** The place itself and everything that it lies in, up to the ground. */
  chain(place: Place): readonly string[]
  /** Whether `place` is `root`, or lies in it. */
  isWithin(place: Place, root: string): boolean
}

/** Builds the tree. A parent that is not among the zones counts as the ground. */
export function zoneTree(eventId: string, zones: Iterable<Branch>): ZoneTree {
  const parents = new Map<string, string | null>()
  for (const zone of zones) parents.set(zone.id, zone.parentId)
  // Each attempt of a batch walks them several times.
  const chains = new Map<Place, readonly string[]>([[null, []]])
  const chain = (place: Place): readonly string[] => {
    const known = chains.get(place)
    if (known) return known
    const places: string[] = []
    // A circle of parents is refused by events; were one here, the walk would end all the same.
    for (
      let at = place;
      at !== null && at !== eventId && !places.includes(at);
      at = parents.get(at) ?? null
    ) {
      places.push(at)
    }
    places.push(eventId)
    chains.set(place, places)
    return places
  }
  return { chain, isWithin: (place, root) => chain(place).includes(root) }
}
