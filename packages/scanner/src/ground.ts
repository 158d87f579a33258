import { ManifestError } from './manifest-error.ts'

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

/** How often a ticket may enter: once ever, again after each exit, whenever, once on each day of the event's zone. */
export type EntryPolicy = 'SINGLE' | 'AFTER_EXIT' | 'UNLIMITED' | 'ONCE_PER_DAY'

/** Which way a body goes. */
export type Direction = 'ENTRY' | 'EXIT'

/** A zone's id; the event's id = the event's ground, in which every zone lies; null = outside. */
export type Place = string | null

/** A zone, as far as scans need it. */
export interface GroundZone {
  readonly id: string
  readonly name: string
  readonly capacity: number | null
  readonly enforcement: 'HARD' | 'SOFT' | 'NONE'
  readonly parentId: string | null
  readonly entryPolicy: EntryPolicy | null
  readonly antiPassback: 'HARD' | 'SOFT' | 'TIMED'
  readonly passbackTimeoutSeconds: number | null
}

/** A gate, as far as scans need it. */
export interface GroundGate {
  readonly id: string
  readonly name: string
  readonly zoneFromId: string | null
  readonly zoneToId: string | null
  readonly status: GateStatus
  /** The ticket types that it admits; empty = all. */
  readonly ticketTypeIds: readonly string[]
}

/** A ticket type, as far as scans need it. Moments are RFC 3339, times of day `18:00` at the event. */
export interface GroundTicketType {
  readonly id: string
  readonly name: string
  readonly entryPolicy: EntryPolicy
  /** The zones that it may enter; empty = all. */
  readonly zoneIds: readonly string[]
  readonly validFrom: string | null
  readonly validUntil: string | null
  readonly dailyFrom: string | null
  readonly dailyUntil: string | null
}

/** All that a device must know beside tickets and keys: the JSON text `ManifestPage.ground`. */
export interface Ground {
  readonly event: {
    readonly id: string
    readonly organizationId: string
    readonly name: string
    readonly status: EventStatus
    /** IANA name. */
    readonly timeZone: string
  }
  readonly zones: readonly GroundZone[]
  readonly gates: readonly GroundGate[]
  readonly ticketTypes: readonly GroundTicketType[]
  /** The device that asked. */
  readonly device: {
    readonly id: string
    readonly name: string
    readonly status: 'ACTIVE' | 'REVOKED'
    readonly gateIds: readonly string[]
  }
  /** Bodies directly in each place, when the page was made; what other devices change later is not known. */
  readonly inside: Readonly<Record<string, number>>
}

/** Reads the ground of a page. Throws a ManifestError where it is not that of the event. */
export function readGround(text: string, eventId: string): Ground {
  const ground = parse(text)
  if (ground.event?.id !== eventId)
    throw new ManifestError(`The manifest's ground is not that of ${eventId}.`)
  return ground
}

// Its form is the server's, whose signature has been checked: only what is no such text at all is told apart.
function parse(text: string): Ground {
  try {
    return (JSON.parse(text) ?? {}) as Ground
  } catch (cause) {
    throw new ManifestError('The manifest has a ground that is not JSON.', { cause })
  }
}
