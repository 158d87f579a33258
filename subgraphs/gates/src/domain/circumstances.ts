import { courseOf, type Circumstances as Ruled, wayThrough } from '@headcount/scan-rules'
import type { Askable, Attempt } from './attempt.ts'
import type { EventRow, GateRow, TicketTypeRow } from './ground.ts'
import type { FirstAdmissionRow } from './ledger.ts'
import type { DeviceFacts, PresenceRow, ScanState, TicketRow } from './scan-state.ts'
import { credentialOf, type Standing, standingOf } from './standing.ts'

/** What the rules look at when they judge an attempt, as gates has it, and what is written about it. */
export interface Circumstances extends Ruled {
  readonly attempt: Attempt
  readonly state: ScanState
  readonly gate: GateRow
  readonly event: EventRow | undefined
  /** The device that scans; undefined where a person does, or where nobody knows the device. */
  readonly device: DeviceFacts | undefined
  readonly standing: Standing
  readonly credentialId: string | null
  readonly ticket: TicketRow | undefined
  readonly ticketType: TicketTypeRow | undefined
  readonly presence: readonly PresenceRow[]
}

/** Gathers what there is to say about an attempt at a gate of the batch's event. */
export function circumstancesOf(attempt: Attempt, gate: GateRow, state: ScanState): Circumstances {
  const standing = standingOf(attempt, state)
  const credentialId = credentialOf(standing)
  const ticket = 'ticket' in standing ? standing.ticket : undefined
  const ticketType = ticket && state.ticketTypes.get(ticket.ticketTypeId)
  const presence = [...(state.presence.get(credentialId ?? '')?.values() ?? [])]
  const isByDevice = attempt.actor.kind === 'device'
  const device = isByDevice ? state.devices.get(attempt.actor.id) : undefined
  const course = courseOf(wayThrough(gate, attempt.direction), { ticketType, presence, state })
  // Made for every scan: field by field, so that it has its size from the start and does not grow.
  return {
    direction: course.direction,
    from: course.from,
    to: course.to,
    toZone: course.toZone,
    policy: course.policy,
    entries: course.entries,
    left: course.left,
    attempt,
    state,
    gate,
    event: state.facts.event,
    device,
    isDeviceRevoked: device?.status === 'REVOKED',
    isDeviceAssigned: !isByDevice || isAssigned(device, gate),
    standing,
    credentialId,
    ticket,
    ticketType,
    presence,
    hasOverride: attempt.overrideReason !== null,
    at: attempt.offline?.effectiveAt ?? attempt.receivedAt,
  }
}

function isAssigned(device: DeviceFacts | undefined, gate: GateRow): boolean {
  return device?.eventId === gate.eventId && device.gateIds.includes(gate.id)
}

/** What another service must be asked for before the attempt can be judged. Each is asked for once. */
export function lackingOf(circumstances: Circumstances): Askable[] {
  const { attempt, event, device, standing, ticket, ticketType } = circumstances
  const lacking: Askable[] = []
  if (!event) lacking.push('event')
  if (attempt.actor.kind === 'device' && !device) lacking.push('device')
  if (standing.kind === 'lacking') lacking.push('ticket')
  if (ticket && ticket.eventId === attempt.eventId && !ticketType) lacking.push('ticketType')
  return lacking.filter((what) => !attempt.asked.has(what))
}

/** The credential's first admission; null where it has none. */
export function firstAdmissionOf(presence: readonly PresenceRow[]): FirstAdmissionRow | null {
  let first: PresenceRow | undefined
  for (const row of presence) {
    if (row.firstEntrySeq !== null && row.firstEntrySeq < (first?.firstEntrySeq ?? Infinity)) first = row
  }
  if (!first?.firstEntryAt || first.firstEntryGateId === null) return null
  return { at: first.firstEntryAt, gateId: first.firstEntryGateId, deviceId: first.firstEntryDeviceId }
}
