import { type Entries, entriesFromOutside, entriesInto } from './entry-policy.ts'
import type {
  Direction,
  EntryPolicy,
  Ground,
  GroundGate,
  GroundTicketType,
  GroundZone,
  Place,
} from './ground.ts'
import type { ListedTicket, OfflineState } from './offline-state.ts'
import { type LeftPlace, type Presence, placeLeft } from './presence.ts'
import { credentialOf, type Standing } from './standing.ts'
import { wayThrough, type ZoneTree, zoneTree } from './zone-tree.ts'

/** One attempt at a gate. */
export interface OfflineScan {
  /** The code as it was read. */
  readonly code: string
  readonly gateId: string
  readonly direction: Direction
  readonly at: Date
  readonly deviceId: string
}

/** All that a rule may look at when it judges one attempt. */
export interface Circumstances {
  readonly ground: Ground
  readonly tree: ZoneTree
  readonly direction: Direction
  readonly deviceId: string
  /** Undefined where the ground has no such gate: then the device is not assigned to it. */
  readonly gate: GroundGate | undefined
  readonly from: Place
  readonly to: Place
  readonly toZone: GroundZone | undefined
  readonly standing: Standing
  readonly credentialId: string | null
  readonly ticket: ListedTicket | undefined
  readonly ticketType: GroundTicketType | undefined
  /** The zone's own policy, else the ticket type's. */
  readonly policy: EntryPolicy
  /** What the policy counts: entries into the zone for a zone's policy or from another zone, else from outside. */
  readonly entries: Entries
  /** Where this device knows the credential to have been. */
  readonly presence: Presence
  /** The place that the body leaves. */
  readonly left: LeftPlace
  /** Milliseconds since 1970. */
  readonly at: number
}

const POLICY_OF_UNKNOWN_TYPE: EntryPolicy = 'AFTER_EXIT'

/** Gathers what there is to say about an attempt. */
export function circumstancesOf(
  scan: OfflineScan,
  standing: Standing,
  { state, ground }: { readonly state: OfflineState; readonly ground: Ground },
): Circumstances {
  const { direction, deviceId } = scan
  const tree = zoneTree(ground)
  const gate = ground.gates.find(({ id }) => id === scan.gateId)
  const { from, to } = gate ? wayThrough(gate, direction, ground.event.id) : { from: null, to: null }
  const toZone = ground.zones.find(({ id }) => id === to)
  const credentialId = credentialOf(standing)
  const ticket = 'ticket' in standing ? standing.ticket : undefined
  const ticketType = ticket && ground.ticketTypes.find(({ id }) => id === ticket[1])
  const presence = state.presence[credentialId ?? ''] ?? {}
  const isOfZone = from !== null || toZone?.entryPolicy != null
  return {
    ...{
      ground,
      tree,
      direction,
      deviceId,
      gate,
      from,
      to,
      toZone,
      standing,
      credentialId,
      ticket,
      ticketType,
    },
    policy: toZone?.entryPolicy ?? ticketType?.entryPolicy ?? POLICY_OF_UNKNOWN_TYPE,
    entries: isOfZone ? entriesInto(to, presence) : entriesFromOutside(presence),
    presence,
    left: placeLeft(presence, { direction, from, to, isToTimed: toZone?.antiPassback === 'TIMED' }, tree),
    at: scan.at.getTime(),
  }
}

/** Whether a body of the credential is in the place or in what lies in it. */
export function isIn({ presence, tree }: Circumstances, place: string): boolean {
  return Object.entries(presence).some(([id, { bodies }]) => bodies > 0 && tree.isWithin(id, place))
}
