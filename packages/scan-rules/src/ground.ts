import type { EntryPolicy } from './entry-policy.ts'
import type { ZoneTree } from './zone-tree.ts'

/** State of an event. */
export type EventStatus =
  | 'DRAFT'
  | 'PUBLISHED'
  | 'DOORS_OPEN'
  | 'LIVE'
  | 'ENDED'
  | 'ARCHIVED'
  | 'POSTPONED'
  | 'CANCELLED'

/** What a gate lets through. */
export type GateStatus = 'CLOSED' | 'OPEN_ENTRY' | 'OPEN_EXIT' | 'OPEN_BOTH' | 'PAUSED' | 'EMERGENCY'

/**
 * What a second entry without an exit between means. HARD: it is refused; SOFT: it is let in and noted as a conflict;
 * TIMED: it is refused until the zone's time is over, and then taken for one whose exit nobody saw.
 */
export type AntiPassback = 'HARD' | 'SOFT' | 'TIMED'

/**
 * Where a body can be: a zone's id; the event's id = the event's ground, in which every zone lies; null = outside.
 */
export type Place = string | null

/** Whether a body goes in or out. */
export type Direction = 'ENTRY' | 'EXIT'

/** What the rules look at in a zone. */
export interface Zone {
  readonly id: string
  readonly capacity: number | null
  readonly enforcement: 'HARD' | 'SOFT' | 'NONE'
  readonly parentId: string | null
  readonly entryPolicy: EntryPolicy | null
  readonly antiPassback: AntiPassback
  /** How long after a movement the same credential may not enter again, in seconds; null = no such time. */
  readonly passbackTimeoutSeconds: number | null
}

/** What the rules look at in a gate. */
export interface Gate {
  readonly eventId: string
  readonly zoneFromId: string | null
  readonly zoneToId: string | null
  readonly status: GateStatus
  /** The ticket types that it admits; empty = all. */
  readonly ticketTypeIds: readonly string[]
}

/** What the rules look at in a ticket type. */
export interface TicketType {
  readonly id: string
  readonly entryPolicy: EntryPolicy
  /** The zones that it may enter; empty = all. */
  readonly zoneIds: readonly string[]
  readonly validFrom: Date | null
  readonly validUntil: Date | null
  /** Local times of day, `18:00`, between which its tickets enter, over midnight too; null = at any time. */
  readonly dailyFrom: string | null
  readonly dailyUntil: string | null
}

/** The zones of an event, by id, and how full they are. */
export interface GroundState {
  readonly tree: ZoneTree
  readonly zones: ReadonlyMap<string, Zone>
  /** Bodies in each place and in what lies in it; a place that is not there has none. */
  readonly inside: ReadonlyMap<string, number>
}

/** Which way a body goes through a gate. */
export interface Way {
  readonly direction: Direction
  readonly from: Place
  readonly to: Place
}

/** The way of a body through a gate. A gate with no zone on either side leads from outside into the ground. */
export function wayThrough(
  gate: Pick<Gate, 'eventId' | 'zoneFromId' | 'zoneToId'>,
  direction: Direction,
): Way {
  const hasNoZone = gate.zoneFromId === null && gate.zoneToId === null
  const inner = hasNoZone ? gate.eventId : gate.zoneToId
  return direction === 'ENTRY'
    ? { direction, from: gate.zoneFromId, to: inner }
    : { direction, from: inner, to: gate.zoneFromId }
}
