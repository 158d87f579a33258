import type { Circumstances, TicketStatus } from './circumstances.ts'
import { isUsedUp } from './entry-policy.ts'
import type { EventStatus, GateStatus, Zone } from './ground.ts'
import { type Timeliness, timeliness } from './timeliness.ts'

/** Why an attempt is refused. The order in which the reasons are looked at is `reasonOrder`. */
export type Reason =
  | 'DEVICE_REVOKED'
  | 'DEVICE_NOT_ASSIGNED'
  | 'UNKNOWN_CODE'
  | 'BAD_SIGNATURE'
  | 'WRONG_EVENT'
  | 'EVENT_NOT_OPEN'
  | 'NOT_PAID'
  | 'NOT_APPROVED'
  | 'BLOCKED'
  | 'REVOKED'
  | 'CANCELLED'
  | 'TRANSFERRED'
  | 'EXPIRED'
  | 'TOO_EARLY'
  | 'TOO_LATE'
  | 'GATE_CLOSED'
  | 'WRONG_GATE'
  | 'WRONG_ZONE'
  | 'ALREADY_INSIDE'
  | 'ALREADY_USED'
  | 'PASSBACK_TIMEOUT'
  | 'NOT_INSIDE'
  | 'ZONE_FULL'

/** Whom a reason concerns: every attempt; all but exits at a gate in EMERGENCY, which are free; or entries alone. */
type Scope = 'every attempt' | 'unless free' | 'entries'

interface Rule {
  readonly reason: Reason
  readonly scope: Scope
  readonly applies: (circumstances: Circumstances) => boolean
}

const letsIn: readonly EventStatus[] = ['DOORS_OPEN', 'LIVE']
const letsOut: readonly EventStatus[] = ['DOORS_OPEN', 'LIVE', 'ENDED', 'CANCELLED']
const opensIn: readonly GateStatus[] = ['OPEN_ENTRY', 'OPEN_BOTH']
const opensOut: readonly GateStatus[] = ['OPEN_EXIT', 'OPEN_BOTH', 'EMERGENCY']

const has =
  (status: TicketStatus) =>
  ({ ticket }: Circumstances) =>
    ticket?.status === status

/** The reasons in the order in which they are looked at, so that two faults give one predictable answer. */
const rules: readonly Rule[] = [
  {
    reason: 'DEVICE_REVOKED',
    scope: 'every attempt',
    applies: ({ isDeviceRevoked }) => isDeviceRevoked,
  },
  {
    reason: 'DEVICE_NOT_ASSIGNED',
    scope: 'every attempt',
    applies: ({ isDeviceAssigned }) => !isDeviceAssigned,
  },
  {
    reason: 'UNKNOWN_CODE',
    scope: 'every attempt',
    applies: ({ standing }) => standing.kind === 'unknown' || standing.kind === 'lacking',
  },
  {
    reason: 'BAD_SIGNATURE',
    scope: 'every attempt',
    applies: ({ standing }) => standing.kind === 'badSignature',
  },
  {
    reason: 'WRONG_EVENT',
    scope: 'every attempt',
    applies: ({ standing, ticket, gate }) =>
      standing.kind === 'elsewhere' || (ticket !== undefined && ticket.eventId !== gate?.eventId),
  },
  { reason: 'EVENT_NOT_OPEN', scope: 'unless free', applies: isNotOpen },
  {
    reason: 'NOT_PAID',
    scope: 'entries',
    applies: ({ ticket }) => ticket?.status === 'PENDING' && ticket.pendingReason !== 'NOT_APPROVED',
  },
  {
    reason: 'NOT_APPROVED',
    scope: 'entries',
    applies: ({ ticket }) => ticket?.status === 'PENDING' && ticket.pendingReason === 'NOT_APPROVED',
  },
  { reason: 'BLOCKED', scope: 'entries', applies: has('BLOCKED') },
  {
    reason: 'REVOKED',
    scope: 'entries',
    applies: ({ standing, ticket }) => standing.kind === 'replaced' || ticket?.status === 'REVOKED',
  },
  { reason: 'CANCELLED', scope: 'entries', applies: has('CANCELLED') },
  { reason: 'TRANSFERRED', scope: 'entries', applies: has('TRANSFERRED') },
  {
    reason: 'EXPIRED',
    scope: 'entries',
    applies: ({ ticket, at }) =>
      ticket?.status === 'EXPIRED' || (ticket?.validUntil != null && ticket.validUntil <= at),
  },
  {
    reason: 'TOO_EARLY',
    scope: 'entries',
    applies: (circumstances) => timelinessOf(circumstances) === 'early',
  },
  {
    reason: 'TOO_LATE',
    scope: 'entries',
    applies: (circumstances) => timelinessOf(circumstances) === 'late',
  },
  {
    reason: 'GATE_CLOSED',
    scope: 'unless free',
    applies: ({ gate, direction }) =>
      gate !== undefined && !(direction === 'ENTRY' ? opensIn : opensOut).includes(gate.status),
  },
  {
    reason: 'WRONG_GATE',
    scope: 'entries',
    applies: ({ gate, ticketType }) =>
      ticketType !== undefined &&
      gate !== undefined &&
      gate.ticketTypeIds.length > 0 &&
      !gate.ticketTypeIds.includes(ticketType.id),
  },
  {
    reason: 'WRONG_ZONE',
    scope: 'entries',
    applies: ({ toZone, ticketType }) =>
      ticketType !== undefined &&
      ticketType.zoneIds.length > 0 &&
      toZone !== undefined &&
      !ticketType.zoneIds.includes(toZone.id),
  },
  { reason: 'ALREADY_INSIDE', scope: 'entries', applies: isAlreadyInside },
  {
    reason: 'ALREADY_USED',
    scope: 'entries',
    applies: ({ to, policy, entries, at, event }) =>
      to !== null && isUsedUp(policy, entries, { at, timeZone: event?.timeZone ?? 'UTC' }),
  },
  { reason: 'PASSBACK_TIMEOUT', scope: 'entries', applies: isTooSoon },
  { reason: 'NOT_INSIDE', scope: 'unless free', applies: isNotInside },
  {
    reason: 'ZONE_FULL',
    scope: 'unless free',
    applies: (circumstances) => fullZones(circumstances).length > 0,
  },
]

/** The reasons in the order in which they are looked at. */
export const reasonOrder: readonly Reason[] = rules.map(({ reason }) => reason)

const overridable: ReadonlySet<Reason> = new Set<Reason>([
  ...(['NOT_PAID', 'NOT_APPROVED', 'TOO_EARLY', 'TOO_LATE', 'EXPIRED', 'WRONG_GATE', 'WRONG_ZONE'] as const),
  ...(['ALREADY_INSIDE', 'ALREADY_USED', 'PASSBACK_TIMEOUT', 'NOT_INSIDE'] as const),
])

/** Whether a supervisor may pass over the reason. A full zone only where every full one is SOFT. */
export function isOverridable(reason: Reason, circumstances: Circumstances): boolean {
  if (reason !== 'ZONE_FULL') return overridable.has(reason)
  return fullZones(circumstances).every((zone) => zone.enforcement === 'SOFT')
}

/** What stands against an attempt. */
export interface Judgement {
  /** The first reason against it; null = it is admitted. */
  readonly reason: Reason | null
  /** Those before it that an override passed over. */
  readonly overridden: readonly Reason[]
  /** What is only noted: a SOFT rule was broken. */
  readonly conflict: 'ALREADY_INSIDE' | null
}

/** Judges an attempt by the rules in their order. With an override it passes over what may be passed over. */
export function reasonAgainst(circumstances: Circumstances): Judgement {
  const { direction, gate, toZone, hasOverride } = circumstances
  const isFreeExit = gate?.status === 'EMERGENCY' && direction === 'EXIT'
  const overridden: Reason[] = []
  let conflict: Judgement['conflict'] = null
  for (const { reason, scope, applies } of rules) {
    if (scope === 'unless free' && isFreeExit) continue
    if (scope === 'entries' && direction === 'EXIT') continue
    if (!applies(circumstances)) continue
    if (reason === 'ALREADY_INSIDE' && toZone?.antiPassback === 'SOFT') conflict ??= reason
    else if (!hasOverride || !isOverridable(reason, circumstances)) return { reason, overridden, conflict }
    else overridden.push(reason)
  }
  return { reason: null, overridden, conflict }
}

function timelinessOf({ ticketType, at, event }: Circumstances): Timeliness {
  return ticketType ? timeliness(ticketType, at, event?.timeZone ?? 'UTC') : 'in time'
}

function isNotOpen({ event, direction }: Circumstances): boolean {
  const open = direction === 'ENTRY' ? letsIn : letsOut
  return event === undefined || !open.includes(event.status)
}

/**
 * A body that comes from outside is not inside anywhere; one that comes from a zone is not in the zone it goes to.
 * So a copied ticket gets in once, whichever gates it is held to.
 */
function isAlreadyInside({ from, to, toZone, policy, presence, state }: Circumstances): boolean {
  if (to === null || policy === 'UNLIMITED' || toZone?.antiPassback === 'TIMED') return false
  return presence.some(
    ({ bodies, placeId }) => bodies > 0 && (from === null || state.tree.isWithin(placeId, to)),
  )
}

/**
 * Within the zone's time after its last movement there or in what lies there, in or out; a reset takes that away. With
 * TIMED anti-passback a ticket that is inside elsewhere must wait too, else a copy would get in at once.
 */
function isTooSoon({ from, to, toZone, state, presence, at, policy }: Circumstances): boolean {
  const seconds = toZone?.passbackTimeoutSeconds ?? null
  if (to === null || seconds === null || policy === 'UNLIMITED') return false
  if (presence.some(({ isReset }) => isReset)) return false
  const isAnywhere = from === null && toZone?.antiPassback === 'TIMED'
  return presence.some(({ placeId, bodies, entries, lastMovementAt }) => {
    const isThere = state.tree.isWithin(placeId, to) && (entries > 0 || bodies > 0)
    const sinceMs = at.getTime() - lastMovementAt.getTime()
    return (isThere || (isAnywhere && bodies > 0)) && sinceMs >= 0 && sinceMs < seconds * 1000
  })
}

/**
 * After a reset the next way out is free, though nobody is known to be there; so is the way into a TIMED zone that the
 * ticket is in, since it must have left unseen.
 */
function isNotInside({ from, left, presence, state }: Circumstances): boolean {
  if (from === null || left !== 'nowhere') return false
  return !presence.some((row) => row.isReset && state.tree.isWithin(row.placeId, from))
}

/** The zones that one body more would overfill. A zone that the body is in already does not get fuller. */
function fullZones({ state, to, left }: Circumstances): Zone[] {
  if (left === 'nowhere') return []
  const before = state.tree.chain(left)
  return state.tree
    .chain(to)
    .filter((place) => !before.includes(place))
    .map((place) => state.zones.get(place))
    .filter((zone) => zone !== undefined)
    .filter(
      ({ id, capacity, enforcement }) =>
        capacity !== null && enforcement !== 'NONE' && (state.inside.get(id) ?? 0) >= capacity,
    )
}
