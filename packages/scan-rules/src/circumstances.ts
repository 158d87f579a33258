import { type Entries, type EntryPolicy, entriesFromOutside, entriesInto } from './entry-policy.ts'
import type { EventStatus, Gate, GroundState, TicketType, Way, Zone } from './ground.ts'
import { type LeftPlace, type PlacePresence, placeLeft } from './presence.ts'

/** State of a ticket. */
export type TicketStatus =
  | 'PENDING'
  | 'VALID'
  | 'BLOCKED'
  | 'REVOKED'
  | 'CANCELLED'
  | 'TRANSFERRED'
  | 'EXPIRED'

/** What the rules look at in a ticket. */
export interface Ticket {
  readonly eventId: string
  readonly status: TicketStatus
  readonly pendingReason: string | null
  readonly validUntil: Date | null
}

/**
 * What a code is: that of a ticket that is known; signed for a ticket that has another code by now (`replaced`), of which
 * nothing else is known (`carried`), or of another event (`elsewhere`); nothing that is known; or wrongly signed. With
 * `lacking` somebody has to be asked first; until then it is unknown.
 */
export type StandingKind =
  | 'known'
  | 'replaced'
  | 'carried'
  | 'elsewhere'
  | 'unknown'
  | 'badSignature'
  | 'lacking'

/** Where an attempt would lead a body, and by what that is judged. */
export interface Course extends Way {
  /** The zone that it goes to; undefined = the ground, or outside. */
  readonly toZone: Zone | undefined
  /** The zone's own policy, else the ticket type's. */
  readonly policy: EntryPolicy
  /** What the policy counts: entries into the zone for a zone's policy or from another zone, else from outside. */
  readonly entries: Entries
  /** The place that the body leaves; see `placeLeft`. */
  readonly left: LeftPlace
}

/** All that the rules look at when they judge one attempt. */
export interface Circumstances extends Course {
  readonly at: Date
  /** Whether a supervisor wants to pass over what stands against it. */
  readonly hasOverride: boolean
  readonly isDeviceRevoked: boolean
  /** Whether who scans may do so at this gate; people always. */
  readonly isDeviceAssigned: boolean
  readonly standing: { readonly kind: StandingKind }
  /** Undefined where nobody knows it: then it is not open. */
  readonly event: { readonly status: EventStatus; readonly timeZone: string } | undefined
  /** Undefined where the ground has no such gate: then no device is assigned to it. */
  readonly gate: Gate | undefined
  readonly ticket: Ticket | undefined
  readonly ticketType: TicketType | undefined
  /** Where the credential has been. */
  readonly presence: readonly PlacePresence[]
  readonly state: GroundState
}

const POLICY_OF_UNKNOWN_TYPE: EntryPolicy = 'AFTER_EXIT'

/** Where an attempt leads, by the way through its gate. */
export function courseOf(
  way: Way,
  { ticketType, presence, state }: Pick<Circumstances, 'ticketType' | 'presence' | 'state'>,
): Course {
  const { direction, from, to } = way
  const toZone = state.zones.get(to ?? '')
  const zonePolicy = toZone?.entryPolicy ?? null
  const isOfZone = from !== null || zonePolicy !== null
  return {
    direction,
    from,
    to,
    toZone,
    policy: zonePolicy ?? ticketType?.entryPolicy ?? POLICY_OF_UNKNOWN_TYPE,
    entries: isOfZone ? entriesInto(to, presence) : entriesFromOutside(presence),
    left: placeLeft(presence, way, state),
  }
}
