import type { Reason } from './attempt.ts'
import { type Circumstances, firstAdmissionOf } from './circumstances.ts'
import { type TicketTypeRow, wayThrough } from './ground.ts'
import type { Refusal } from './ledger.ts'
import { isOverridable } from './reasons.ts'

/** What a refusal says beside its reason. */
export function refusalOf(reason: Reason, circumstances: Circumstances): Refusal {
  const { presence, ticket, ticketType } = circumstances
  const isWrongWay = reason === 'WRONG_GATE' || reason === 'WRONG_ZONE'
  return {
    message: messageOf(reason, circumstances),
    isOverridable: isOverridable(reason, circumstances),
    firstAdmission: firstAdmissionOf(presence),
    validGateIds: isWrongWay ? validGatesOf(circumstances) : null,
    validFrom: reason === 'TOO_EARLY' ? (ticketType?.validFrom ?? null) : null,
    validUntil:
      reason === 'TOO_LATE'
        ? (ticketType?.validUntil ?? null)
        : reason === 'EXPIRED'
          ? (ticket?.validUntil ?? null)
          : null,
  }
}

/** The gates at which a ticket of this type may enter. */
function validGatesOf({ state, ticketType }: Circumstances): string[] {
  if (!ticketType) return []
  const { id, zoneIds } = ticketType
  const isValid = (place: string | null) =>
    zoneIds.length === 0 || !state.zones.has(place ?? '') || zoneIds.includes(place ?? '')
  return [...state.gates.values()]
    .filter(({ ticketTypeIds }) => ticketTypeIds.length === 0 || ticketTypeIds.includes(id))
    .filter((gate) => isValid(wayThrough(gate, 'ENTRY').to))
    .sort((a, b) => a.name.localeCompare(b.name))
    .map((gate) => gate.id)
}

const plain: Readonly<Record<Reason, string>> = {
  DEVICE_REVOKED: 'This device may no longer scan.',
  DEVICE_NOT_ASSIGNED: 'This device is not assigned to this gate.',
  UNKNOWN_CODE: 'There is no such ticket here.',
  BAD_SIGNATURE: 'This code is not genuine.',
  WRONG_EVENT: 'This ticket is for another event.',
  EVENT_NOT_OPEN: 'The event is not open.',
  NOT_PAID: 'This ticket is not paid.',
  NOT_APPROVED: 'This registration is not approved yet.',
  BLOCKED: 'This ticket is blocked.',
  REVOKED: 'This ticket was revoked.',
  CANCELLED: 'This ticket was cancelled.',
  TRANSFERRED: 'This ticket was given to another holder; this code is dead.',
  EXPIRED: 'This ticket has expired.',
  TOO_EARLY: 'This ticket is not valid yet.',
  TOO_LATE: 'This ticket is no longer valid.',
  GATE_CLOSED: 'This gate is closed in this direction.',
  WRONG_GATE: 'This ticket is not valid at this gate.',
  WRONG_ZONE: 'This ticket is not valid for this zone.',
  ALREADY_INSIDE: 'This ticket is inside already.',
  ALREADY_USED: 'This ticket has used up its entries.',
  PASSBACK_TIMEOUT: 'This ticket was used a moment ago.',
  NOT_INSIDE: 'This ticket is not inside.',
  ZONE_FULL: 'This zone is full.',
  DECIDED_OFFLINE: 'The scanner refused it without the server.',
}

function messageOf(reason: Reason, circumstances: Circumstances): string {
  const { standing, event, ticketType, state, presence, from } = circumstances
  const timeZone = event?.timeZone ?? 'UTC'
  if (reason === 'UNKNOWN_CODE' && standing.kind === 'unknown' && !standing.isConfirmed)
    return 'This code cannot be checked at the moment; try again.'
  if (reason === 'EVENT_NOT_OPEN' && event)
    return `The event is ${event.status}; ${openStates(circumstances)}.`
  const daily = ticketType && dailyText(ticketType)
  if (reason === 'TOO_EARLY' && ticketType?.validFrom && circumstances.at < ticketType.validFrom)
    return `This ticket is valid from ${timeOf(ticketType.validFrom, timeZone)} on.`
  if (reason === 'TOO_LATE' && ticketType?.validUntil && ticketType.validUntil <= circumstances.at)
    return `This ticket was valid until ${timeOf(ticketType.validUntil, timeZone)}.`
  if ((reason === 'TOO_EARLY' || reason === 'TOO_LATE') && daily) return `This ticket enters ${daily}.`
  const seconds = state.zones.get(circumstances.to ?? '')?.passbackTimeoutSeconds
  if (reason === 'PASSBACK_TIMEOUT' && seconds != null)
    return `${plain[reason]} It may enter again ${seconds} seconds after its last movement.`
  if (reason === 'NOT_INSIDE' && state.zones.has(from ?? ''))
    return `This ticket is not inside ${state.zones.get(from ?? '')?.name}.`
  const first = firstAdmissionOf(presence)
  if ((reason === 'ALREADY_INSIDE' || reason === 'ALREADY_USED') && first) {
    const gate = state.gates.get(first.gateId)?.name ?? 'another gate'
    return `${plain[reason]} It first came in at ${timeOf(first.at, timeZone)} through ${gate}.`
  }
  return plain[reason]
}

function dailyText({ dailyFrom, dailyUntil }: TicketTypeRow): string | undefined {
  if (dailyFrom !== null && dailyUntil !== null) return `from ${dailyFrom} to ${dailyUntil}`
  if (dailyFrom !== null) return `from ${dailyFrom} on`
  return dailyUntil === null ? undefined : `until ${dailyUntil}`
}

function openStates({ attempt }: Circumstances): string {
  return attempt.direction === 'ENTRY'
    ? 'entries are let in while it is DOORS_OPEN or LIVE'
    : 'exits are let out while it is DOORS_OPEN, LIVE, ENDED or CANCELLED'
}

function timeOf(at: Date, timeZone: string): string {
  return at.toLocaleString('en-GB', { timeZone, dateStyle: 'medium', timeStyle: 'short' })
}
