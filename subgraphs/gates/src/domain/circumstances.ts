import type { Askable, Attempt } from './attempt.ts'
import type { Entries, EntryPolicy } from './entry-policy.ts'
import { type EventRow, type GateRow, type Place, type TicketTypeRow, wayThrough } from './ground.ts'
import type { FirstAdmissionRow } from './ledger.ts'
import { placeLeft } from './movements.ts'
import type { DeviceFacts, PresenceRow, ScanState, TicketRow } from './scan-state.ts'
import { credentialOf, type Standing, standingOf } from './standing.ts'

/** All that a rule may look at when it judges one attempt. */
export interface Circumstances {
  readonly attempt: Attempt
  readonly state: ScanState
  readonly gate: GateRow
  /** Where the body comes from, and where it goes. */
  readonly from: Place
  readonly to: Place
  readonly event: EventRow | undefined
  /** The device that scans; undefined where a person does, or where nobody knows the device. */
  readonly device: DeviceFacts | undefined
  readonly standing: Standing
  readonly credentialId: string | null
  readonly ticket: TicketRow | undefined
  readonly ticketType: TicketTypeRow | undefined
  /** The zone's own policy, else the ticket type's. */
  readonly policy: EntryPolicy
  /** What the policy counts: entries into the zone for a zone's policy or from another zone, else from outside. */
  readonly entries: Entries
  /** Where the credential has been. */
  readonly presence: readonly PresenceRow[]
  /** The place that a body leaves by this attempt; see `placeLeft` of movements. */
  readonly left: Place | 'nowhere'
  readonly at: Date
}

const POLICY_OF_UNKNOWN_TYPE: EntryPolicy = 'AFTER_EXIT'

/** Gathers what there is to say about an attempt at a gate of the batch's event. */
export function circumstancesOf(attempt: Attempt, gate: GateRow, state: ScanState): Circumstances {
  const { from, to } = wayThrough(gate, attempt.direction)
  const standing = standingOf(attempt, state)
  const credentialId = credentialOf(standing)
  const ticket = 'ticket' in standing ? standing.ticket : undefined
  const ticketType = ticket && state.ticketTypes.get(ticket.ticketTypeId)
  const presence = [...(state.presence.get(credentialId ?? '')?.values() ?? [])]
  const zonePolicy = state.zones.get(to ?? '')?.entryPolicy
  const { actor } = attempt
  return {
    ...{ attempt, state, gate, from, to, standing, credentialId, ticket, ticketType, presence },
    event: state.facts.event,
    device: actor.kind === 'device' ? state.devices.get(actor.id) : undefined,
    policy: zonePolicy ?? ticketType?.entryPolicy ?? POLICY_OF_UNKNOWN_TYPE,
    left: placeLeft(presence, { direction: attempt.direction, from, to }, state),
    entries: from === null && !zonePolicy ? fromOutside(presence) : into(to, presence),
    at: attempt.offline?.effectiveAt ?? attempt.receivedAt,
  }
}

function into(to: Place, presence: readonly PresenceRow[]): Entries {
  const row = presence.find(({ placeId }) => placeId === to)
  return { count: row?.entries ?? 0, lastAt: row?.lastEntryAt ?? null }
}

function fromOutside(presence: readonly PresenceRow[]): Entries {
  let count = 0
  let lastAt: Date | null = null
  for (const row of presence) {
    count += row.entriesFromOutside
    if (row.lastFromOutsideAt && (!lastAt || row.lastFromOutsideAt > lastAt)) lastAt = row.lastFromOutsideAt
  }
  return { count, lastAt }
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

/** Whether a body of the credential is in the place or in what lies in it. */
export function isIn({ presence, state }: Circumstances, place: string): boolean {
  return presence.some((row) => row.bodies > 0 && state.tree.isWithin(row.placeId, place))
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
