import {
  courseOf,
  type Direction,
  type GroundState,
  type PlacePresence,
  type Circumstances as Ruled,
  type Ticket,
  type TicketType,
  type Way,
  wayThrough,
  zoneTree,
} from '@headcount/scan-rules'
import type { Ground, GroundTicketType } from './ground.ts'
import type { ListedTicket, OfflineState } from './offline-state.ts'
import { momentOf, rowsOf } from './presence.ts'
import { credentialOf, type Standing } from './standing.ts'

/** One attempt at a gate. */
export interface OfflineScan {
  /** The code as it was read. */
  readonly code: string
  readonly gateId: string
  readonly direction: Direction
  readonly at: Date
  readonly deviceId: string
}

/** What the rules look at when they judge an attempt, as a device has it, and what it says and keeps of it. */
export interface Circumstances extends Ruled {
  readonly ground: Ground
  readonly standing: Standing
  readonly credentialId: string | null
  readonly ticketTypeName: string | null
  /** Where this device knows the credential to have been, by place. */
  readonly places: ReadonlyMap<string, PlacePresence>
}

/** Gathers what there is to say about an attempt. */
export function circumstancesOf(
  { gateId, direction, at, deviceId }: OfflineScan,
  standing: Standing,
  { state: kept, ground }: { readonly state: OfflineState; readonly ground: Ground },
): Circumstances {
  const { event, device } = ground
  const state = groundStateOf(ground)
  const found = ground.gates.find(({ id }) => id === gateId)
  const gate = found && { ...found, eventId: event.id }
  const way: Way = gate ? wayThrough(gate, direction) : { direction, from: null, to: null }
  const credentialId = credentialOf(standing)
  const listed = 'ticket' in standing ? standing.ticket : undefined
  const type = listed && ground.ticketTypes.find(({ id }) => id === listed[1])
  const ticketType = type && ticketTypeOf(type)
  const places = rowsOf(kept.presence[credentialId ?? ''] ?? {})
  const presence = [...places.values()]
  return {
    ...courseOf(way, { ticketType, presence, state }),
    ...{ ground, event, state, standing, credentialId, gate, ticketType, places, presence, at },
    ticket: listed && ticketOf(listed, event.id),
    ticketTypeName: type?.name ?? null,
    isDeviceRevoked: device.status === 'REVOKED',
    isDeviceAssigned: gate !== undefined && device.id === deviceId && device.gateIds.includes(gateId),
    hasOverride: false,
  }
}

function groundStateOf({ event, zones, inside: bodies }: Ground): GroundState {
  const tree = zoneTree(event.id, zones)
  const inside = new Map<string, number>()
  for (const [placeId, count] of Object.entries(bodies))
    for (const id of tree.chain(placeId)) inside.set(id, (inside.get(id) ?? 0) + count)
  return { tree, inside, zones: new Map(zones.map((zone) => [zone.id, zone])) }
}

function ticketTypeOf({ validFrom, validUntil, ...type }: GroundTicketType): TicketType {
  return { ...type, validFrom: momentOf(validFrom), validUntil: momentOf(validUntil) }
}

function ticketOf([, , status, pendingReason, validUntil]: ListedTicket, eventId: string): Ticket {
  return { eventId, status, pendingReason, validUntil: momentOf(validUntil) }
}
