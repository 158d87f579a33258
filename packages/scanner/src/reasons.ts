import { type Circumstances, isIn } from './circumstances.ts'
import { isUsedUp } from './entry-policy.ts'
import type { EventStatus, GateStatus } from './ground.ts'
import type { TicketStatus } from './manifest-page.ts'
import { timeliness } from './timeliness.ts'

/** Why an attempt is refused. */
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
type Rule = readonly [Reason, Scope, (circumstances: Circumstances) => boolean]

const letsIn: readonly EventStatus[] = ['DOORS_OPEN', 'LIVE']
const letsOut: readonly EventStatus[] = ['DOORS_OPEN', 'LIVE', 'ENDED', 'CANCELLED']
const opensIn: readonly GateStatus[] = ['OPEN_ENTRY', 'OPEN_BOTH']
const opensOut: readonly GateStatus[] = ['OPEN_EXIT', 'OPEN_BOTH', 'EMERGENCY']

const has =
  (status: TicketStatus) =>
  ({ ticket }: Circumstances) =>
    ticket?.[2] === status
const isTimed =
  (wanted: ReturnType<typeof timeliness>) =>
  ({ ticketType, at, ground }: Circumstances) =>
    ticketType !== undefined && timeliness(ticketType, at, ground.event.timeZone) === wanted

/** The rules of the server (`subgraphs/gates/src/domain/reasons.ts`) in the same order; the vectors hold both together. */
const rules: readonly Rule[] = [
  ['DEVICE_REVOKED', 'every attempt', ({ ground }) => ground.device.status === 'REVOKED'],
  ['DEVICE_NOT_ASSIGNED', 'every attempt', isNotAssigned],
  ['UNKNOWN_CODE', 'every attempt', ({ standing }) => standing.kind === 'unknown'],
  ['BAD_SIGNATURE', 'every attempt', ({ standing }) => standing.kind === 'badSignature'],
  ['WRONG_EVENT', 'every attempt', ({ standing }) => standing.kind === 'elsewhere'],
  ['EVENT_NOT_OPEN', 'unless free', isNotOpen],
  ['NOT_PAID', 'entries', (one) => has('PENDING')(one) && one.ticket?.[3] !== 'NOT_APPROVED'],
  ['NOT_APPROVED', 'entries', (one) => has('PENDING')(one) && one.ticket?.[3] === 'NOT_APPROVED'],
  ['BLOCKED', 'entries', has('BLOCKED')],
  ['REVOKED', 'entries', (one) => one.standing.kind === 'replaced' || has('REVOKED')(one)],
  ['CANCELLED', 'entries', has('CANCELLED')],
  ['TRANSFERRED', 'entries', has('TRANSFERRED')],
  ['EXPIRED', 'entries', (one) => has('EXPIRED')(one) || isOver(one)],
  ['TOO_EARLY', 'entries', isTimed('early')],
  ['TOO_LATE', 'entries', isTimed('late')],
  ['GATE_CLOSED', 'unless free', isGateClosed],
  ['WRONG_GATE', 'entries', isWrongGate],
  ['WRONG_ZONE', 'entries', isWrongZone],
  ['ALREADY_INSIDE', 'entries', isAlreadyInside],
  ['ALREADY_USED', 'entries', hasUsedUp],
  ['PASSBACK_TIMEOUT', 'entries', isTooSoon],
  ['NOT_INSIDE', 'unless free', ({ left }) => left === 'nowhere'],
  ['ZONE_FULL', 'unless free', isFull],
]

/** The first reason against an attempt; null = it is admitted. */
export function reasonAgainst(circumstances: Circumstances): Reason | null {
  const { direction, gate } = circumstances
  const isExit = direction === 'EXIT'
  const isFree = isExit && gate?.status === 'EMERGENCY'
  const concerns = (scope: Scope) => !(scope === 'unless free' && isFree) && !(scope === 'entries' && isExit)
  const found = rules.find(([, scope, applies]) => concerns(scope) && applies(circumstances))
  return found ? found[0] : null
}

function isNotAssigned({ ground, deviceId, gate }: Circumstances): boolean {
  const { id, gateIds } = ground.device
  return gate === undefined || id !== deviceId || !gateIds.includes(gate.id)
}

function isNotOpen({ direction, ground }: Circumstances): boolean {
  return !(direction === 'ENTRY' ? letsIn : letsOut).includes(ground.event.status)
}

function isOver({ ticket, at }: Circumstances): boolean {
  const validUntil = ticket?.[4] ?? null
  return validUntil !== null && Date.parse(validUntil) <= at
}

function isGateClosed({ gate, direction }: Circumstances): boolean {
  return gate !== undefined && !(direction === 'ENTRY' ? opensIn : opensOut).includes(gate.status)
}

function isWrongGate({ gate, ticketType }: Circumstances): boolean {
  const admitted = gate?.ticketTypeIds ?? []
  return ticketType !== undefined && admitted.length > 0 && !admitted.includes(ticketType.id)
}

function isWrongZone({ toZone, ticketType }: Circumstances): boolean {
  const zones = ticketType?.zoneIds ?? []
  return toZone !== undefined && zones.length > 0 && !zones.includes(toZone.id)
}

/** From outside: inside anywhere. From a zone: in the zone it goes to. Where that is SOFT it is let in and noted. */
function isAlreadyInside(circumstances: Circumstances): boolean {
  const { from, to, toZone, policy, presence } = circumstances
  const isHard = (toZone?.antiPassback ?? 'HARD') === 'HARD'
  if (to === null || policy === 'UNLIMITED' || !isHard) return false
  return from === null ? Object.values(presence).some(({ bodies }) => bodies > 0) : isIn(circumstances, to)
}

function hasUsedUp({ to, policy, entries, at, ground }: Circumstances): boolean {
  return to !== null && isUsedUp(policy, entries, { at, timeZone: ground.event.timeZone })
}

/**
 * Within the zone's time after the credential's last movement there or in what lies there, in or out. With TIMED
 * anti-passback a ticket that is inside elsewhere must wait too, else a copy would get in at once.
 */
function isTooSoon({ from, to, toZone, tree, presence, at, policy }: Circumstances): boolean {
  const seconds = toZone?.passbackTimeoutSeconds ?? null
  if (to === null || seconds === null || policy === 'UNLIMITED') return false
  const isAnywhere = from === null && toZone?.antiPassback === 'TIMED'
  return Object.entries(presence).some(([place, { bodies, entries, lastMovementAt }]) => {
    const isThere = tree.isWithin(place, to) && (entries > 0 || bodies > 0)
    const sinceMs = at - lastMovementAt
    return (isThere || (isAnywhere && bodies > 0)) && sinceMs >= 0 && sinceMs < seconds * 1000
  })
}

/** Whether one body more would overfill a zone. A zone that the body is in already does not get fuller. */
function isFull({ ground, tree, left, to }: Circumstances): boolean {
  if (left === 'nowhere') return false
  const before = new Set(tree.chain(left))
  const inside = (zone: string) =>
    Object.entries(ground.inside).reduce((sum, [id, n]) => (tree.isWithin(id, zone) ? sum + n : sum), 0)
  const entered = tree.chain(to).filter((place) => !before.has(place))
  return ground.zones.some(
    ({ id, capacity, enforcement }) =>
      capacity !== null && enforcement !== 'NONE' && entered.includes(id) && inside(id) >= capacity,
  )
}

/** The reasons in the order in which they are looked at. */
export const reasonOrder: readonly Reason[] = rules.map(([reason]) => reason)
