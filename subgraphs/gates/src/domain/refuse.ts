import { isOverridable, messages, type Reason, wayThrough } from '@headcount/scan-rules'
import { type Circumstances, firstAdmissionOf } from './circumstances.ts'
import type { TicketTypeRow } from './ground.ts'
import type { Refusal } from './ledger.ts'

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

function messageOf(reason: Reason, circumstances: Circumstances): string {
  const { standing, event, ticketType, toZone, state, presence, from } = circumstances
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
  const seconds = toZone?.passbackTimeoutSeconds
  if (reason === 'PASSBACK_TIMEOUT' && seconds != null)
    return `${messages[reason]} It may enter again ${seconds} seconds after its last movement.`
  if (reason === 'NOT_INSIDE' && state.zones.has(from ?? ''))
    return `This ticket is not inside ${state.zones.get(from ?? '')?.name}.`
  const first = firstAdmissionOf(presence)
  if ((reason === 'ALREADY_INSIDE' || reason === 'ALREADY_USED') && first) {
    const gate = state.gates.get(first.gateId)?.name ?? 'another gate'
    return `${messages[reason]} It first came in at ${timeOf(first.at, timeZone)} through ${gate}.`
  }
  return messages[reason]
}

function dailyText({ dailyFrom, dailyUntil }: TicketTypeRow): string | undefined {
  if (dailyFrom !== null && dailyUntil !== null) return `from ${dailyFrom} to ${dailyUntil}`
  if (dailyFrom !== null) return `from ${dailyFrom} on`
  return dailyUntil === null ? undefined : `until ${dailyUntil}`
}

function openStates({ direction }: Circumstances): string {
  return direction === 'ENTRY'
    ? 'entries are let in while it is DOORS_OPEN or LIVE'
    : 'exits are let out while it is DOORS_OPEN, LIVE, ENDED or CANCELLED'
}

function timeOf(at: Date, timeZone: string): string {
  return at.toLocaleString('en-GB', { timeZone, dateStyle: 'medium', timeStyle: 'short' })
}
