import {
  type GroundState,
  type Place,
  type PlacePresence,
  type Ticket,
  zoneTree,
} from '@headcount/scan-rules'
import type { EventRow, GateRow, TicketTypeRow, ZoneRow } from './ground.ts'
import type { AttemptHead } from './ledger.ts'
import type { Movement } from './movements.ts'

/** What participants says of a ticket. */
export interface TicketRow extends Ticket {
  readonly id: string
  readonly organizationId: string
  readonly ticketTypeId: string
  readonly codeHash: string
  readonly version: number
}

/** What a scan must know of a device. */
export interface DeviceFacts {
  readonly id: string
  readonly eventId: string
  readonly status: 'ACTIVE' | 'REVOKED'
  readonly gateIds: readonly string[]
}

/** What a credential did at one place; the first entry is its first into the event. */
export interface PresenceRow extends PlacePresence {
  readonly credentialId: string
  readonly firstEntrySeq: number | null
  readonly firstEntryAt: Date | null
  readonly firstEntryGateId: string | null
  readonly firstEntryDeviceId: string | null
}

/** What the database holds of an event, as far as a batch of attempts needs it; read under the event's lock. */
export interface ScanFacts {
  readonly eventId: string
  readonly organizationId: string
  readonly ledgerSeq: number
  readonly event: EventRow | undefined
  readonly zones: readonly ZoneRow[]
  /** Bodies directly in each place. */
  readonly bodies: readonly { readonly placeId: string; readonly bodies: number }[]
  readonly gates: readonly GateRow[]
  readonly ticketTypes: readonly TicketTypeRow[]
  readonly devices: readonly DeviceFacts[]
  readonly tickets: readonly TicketRow[]
  readonly presence: readonly PresenceRow[]
  /** What the ledger holds of these scanIds. */
  readonly recorded: readonly AttemptHead[]
  /** Device numbers of the batch that were received before. */
  readonly usedDeviceSeqs: readonly { readonly deviceId: string; readonly deviceSeq: number }[]
  /** All movements of the credentials whose rows are to be put among earlier ones, or taken out. */
  readonly movements: readonly { readonly credentialId: string; readonly movement: Movement }[]
}

/** The facts by key, and what of them the attempts of a batch change for those after them. */
export interface ScanState extends GroundState {
  readonly facts: ScanFacts
  readonly zones: ReadonlyMap<string, ZoneRow>
  readonly gates: ReadonlyMap<string, GateRow>
  readonly ticketTypes: ReadonlyMap<string, TicketTypeRow>
  readonly devices: ReadonlyMap<string, DeviceFacts>
  readonly ticketsByHash: ReadonlyMap<string, TicketRow>
  readonly ticketsById: ReadonlyMap<string, TicketRow>
  readonly inside: Map<string, number>
  /** credential → place → what it did there. */
  readonly presence: Map<string, Map<string, PresenceRow>>
  /** By scanId. */
  readonly recorded: Map<string, AttemptHead>
  /** `device:number` of all that were received. */
  readonly usedDeviceSeqs: Set<string>
  /** credential → its movements, where they were read. */
  readonly movements: Map<string, Movement[]>
}

/** Puts the facts in order for a batch. */
export function scanState(facts: ScanFacts): ScanState {
  const tree = zoneTree(facts.eventId, facts.zones)
  const inside = new Map<string, number>()
  for (const { placeId, bodies } of facts.bodies) addBodies({ tree, inside }, placeId, bodies)
  const presence = new Map<string, Map<string, PresenceRow>>()
  for (const row of facts.presence) {
    const places = presence.get(row.credentialId) ?? new Map<string, PresenceRow>()
    presence.set(row.credentialId, places.set(row.placeId, row))
  }
  const numbers = facts.usedDeviceSeqs.map(({ deviceId, deviceSeq }) => deviceSeqKey(deviceId, deviceSeq))
  const movements = new Map<string, Movement[]>()
  for (const { credentialId, movement } of facts.movements) {
    const known = movements.get(credentialId)
    if (known) known.push(movement)
    else movements.set(credentialId, [movement])
  }
  return {
    facts,
    tree,
    inside,
    presence,
    zones: byId(facts.zones),
    gates: byId(facts.gates),
    ticketTypes: byId(facts.ticketTypes),
    devices: byId(facts.devices),
    ticketsByHash: new Map(facts.tickets.map((ticket) => [ticket.codeHash, ticket])),
    ticketsById: byId(facts.tickets),
    recorded: new Map(facts.recorded.map((head) => [head.scan.scanId, head])),
    usedDeviceSeqs: new Set(numbers),
    movements,
  }
}

function byId<Row extends { readonly id: string }>(rows: readonly Row[]): Map<string, Row> {
  return new Map(rows.map((row) => [row.id, row]))
}

/** The key of a device's number. */
export function deviceSeqKey(deviceId: string, deviceSeq: number): string {
  return `${deviceId}:${deviceSeq}`
}

/** Counts bodies into (or, below zero, out of) a place and all that it lies in. */
export function addBodies(
  { tree, inside }: Pick<ScanState, 'tree' | 'inside'>,
  place: Place,
  bodies: number,
): void {
  for (const id of tree.chain(place)) inside.set(id, (inside.get(id) ?? 0) + bodies)
}
