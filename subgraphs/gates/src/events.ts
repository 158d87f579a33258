import type { Handler, Message } from '@headcount/messaging'
import type { EventRow, GateRow, TicketTypeRow, ZoneRow } from './domain/ground.ts'
import { type ScanRow, scanIdOf } from './domain/ledger.ts'
import type { GatePublisher } from './domain/publish-gate.ts'
import type { OccupancyPublisher } from './domain/publish-occupancy.ts'
import type { TicketRow } from './domain/scan-state.ts'
import type { GroundWord } from './store/projection-writes.ts'
import type { ResetOrder, ResetRow } from './store/reset-writes.ts'
import type { DeviceWord, EventKey } from './store/rows.ts'
import type { Store } from './store/store.ts'

/** A message before it has an id and a time. */
type Outgoing = Pick<Message, 'subject' | 'organizationId' | 'payload'>

/** Tells the others a gate as it is now. */
export function gateChanged(gate: GateRow): Outgoing {
  const { id, organizationId, eventId, name, status, lanes, version } = gate
  const subject = `org.${organizationId}.event.${eventId}.gate.changed`
  return { organizationId, subject, payload: { id, eventId, name, status, lanes, version } }
}

/** Tells the others the attempts of a batch. What is null or false is left out: most is. */
export function scansRecorded({ organizationId, eventId }: EventKey, scans: readonly ScanRow[]): Outgoing {
  const subject = `org.${organizationId}.event.${eventId}.scan.recorded`
  // The event's ground is no zone; outside neither.
  const zone = (place: string | null) => (place === eventId || place === null ? undefined : place)
  const told = scans.map((scan) => ({
    id: scanIdOf(scan),
    ledgerSeq: scan.ledgerSeq,
    gateId: scan.gateId,
    zoneFromId: zone(scan.fromPlace),
    zoneToId: zone(scan.toPlace),
    ticketTypeId: scan.ticketTypeId ?? undefined,
    credentialId: scan.credentialId ?? undefined,
    direction: scan.direction,
    outcome: scan.outcome,
    reason: scan.reason ?? undefined,
    unmatched: scan.unmatched || undefined,
    effectiveAt: scan.effectiveAt,
    firstAdmission: scan.isFirstAdmission || undefined,
    kind: scan.kind,
    of: scan.ofSeq ?? undefined,
    offline: scan.offline || undefined,
    conflict: scan.conflict ?? undefined,
    deviceId: scan.deviceId ?? undefined,
  }))
  return { organizationId, subject, payload: { eventId, scans: told } }
}

/** Tells the others that bodies were taken out. */
export function presenceReset(
  { organizationId, eventId, what, kind, at }: ResetOrder,
  { ledgerSeq, bodies }: ResetRow,
): Outgoing {
  const subject = `org.${organizationId}.event.${eventId}.presence.reset`
  return { organizationId, subject, payload: { eventId, ledgerSeq, kind, bodies, at, ...what } }
}

/** What gates hears of other services. */
export const consumedSubjects = [
  'org.*.event.*.event.changed',
  'org.*.event.*.zone.changed',
  'org.*.event.*.ticket-type.changed',
  'org.*.event.*.ticket.changed',
  'org.*.event.*.device.changed',
  'org.*.ticket-key.changed',
]

/** Moments are RFC 3339 texts in messages. */
type Told<Row> = { [Key in keyof Row]: Date extends Row[Key] ? string | null | undefined : Row[Key] }

/** What a handler needs. */
export interface Hearing {
  readonly store: Store
  readonly publisher: OccupancyPublisher
  readonly gatePublisher: GatePublisher
  readonly now: () => Date
}

/** Applies what others tell; by key and version, so that twice is once, in any order. */
export function createHandler({ store, publisher, gatePublisher, now }: Hearing): Handler {
  const keepGround = async (key: EventKey, word: GroundWord) => {
    const hasChanged = await store.keepGround({ ...key, at: now() }, word)
    if (hasChanged) publisher.changed(key.eventId)
  }
  return async ({ subject, organizationId, payload }) => {
    const thing = subject.split('.').at(-2)
    if (thing === 'event') {
      const event = { ...(payload as EventRow), organizationId }
      await keepGround({ organizationId, eventId: event.id }, { event })
    } else if (thing === 'zone') {
      const zone = zoneOf(payload as ZoneRow, organizationId)
      await keepGround({ organizationId, eventId: zone.eventId }, { zones: [zone] })
    } else if (thing === 'ticket-type') {
      const type = ticketTypeOf(payload as Told<TicketTypeRow>, organizationId)
      await keepGround({ organizationId, eventId: type.eventId }, { ticketTypes: [type] })
    } else if (thing === 'ticket') {
      const { tickets } = payload as { tickets: Told<TicketRow>[] }
      await store.keepTickets(tickets.map((ticket) => ticketOf(ticket, organizationId)))
    } else if (thing === 'device') {
      gatePublisher.changed(await store.keepDevices([{ ...(payload as DeviceWord), organizationId }]))
    } else if (thing === 'ticket-key') {
      const { keyId, publicKey } = payload as { keyId: string; publicKey: string }
      await store.keepTicketKeys([{ id: keyId, organizationId, publicKey }])
    }
  }
}

/** Messages from before a field was there lack it. */
function zoneOf(told: ZoneRow, organizationId: string): ZoneRow {
  const { antiPassback, passbackTimeoutSeconds, closesAt } = told
  return {
    ...{ ...told, organizationId, antiPassback: antiPassback ?? 'HARD' },
    ...{ passbackTimeoutSeconds: passbackTimeoutSeconds ?? null, closesAt: closesAt ?? null },
  }
}

function ticketTypeOf(told: Told<TicketTypeRow>, organizationId: string): TicketTypeRow {
  const { validFrom, validUntil, dailyFrom, dailyUntil } = told
  return {
    ...{ ...told, organizationId, validFrom: momentOf(validFrom), validUntil: momentOf(validUntil) },
    ...{ dailyFrom: dailyFrom ?? null, dailyUntil: dailyUntil ?? null },
  }
}

function ticketOf(told: Told<TicketRow>, organizationId: string): TicketRow {
  const { validUntil, pendingReason } = told
  return { ...told, organizationId, validUntil: momentOf(validUntil), pendingReason: pendingReason ?? null }
}

function momentOf(text: string | null | undefined): Date | null {
  return text == null ? null : new Date(text)
}
