import type { EntryPolicy, EventStatus, TicketStatus } from '@headcount/scan-rules'
import type { GroundWord } from '../store/projection-writes.ts'
import type { DeviceWord, TicketKeyRow } from '../store/rows.ts'
import type { EventRow, ZoneRow } from './ground.ts'
import type { TicketRow } from './scan-state.ts'

// What gates asks the owners of other entities, and what it makes of their answers.

const entities = (selection: string) =>
  `query ($representations: [_Any!]!) { _entities(representations: $representations) { ${selection} } }`

/** Asks events for events, each with its whole ground. */
export const eventQuestion = {
  service: 'events',
  query: entities(`... on Event { id name status version timeZone
    zones { id name capacity enforcement parent { id } entryPolicy antiPassback passbackTimeoutSeconds closesAt
      recordVersion }
    ticketTypes { id name entryPolicy zones { id } validFrom validUntil dailyFrom dailyUntil recordVersion } }`),
}

/** Asks auth for devices. */
export const deviceQuestion = {
  service: 'auth',
  query: entities('... on Device { id name credentialStatus eventId enrolledGateIds credentialVersion }'),
}

/** Asks participants for tickets or for keys. */
export const ticketQuestion = {
  service: 'participants',
  query: entities(`... on Ticket { id status codeHash recordVersion ticketType { id } event { id } }
    ... on TicketKey { id organizationId publicKey }`),
}

/** An event as events answers it. */
export interface EventEntity extends Omit<EventRow, 'organizationId'> {
  readonly status: EventStatus
  readonly zones: readonly (Omit<ZoneRow, 'organizationId' | 'eventId' | 'parentId' | 'version'> & {
    readonly parent: { readonly id: string } | null
    readonly recordVersion: number
  })[]
  readonly ticketTypes: readonly {
    readonly id: string
    readonly name: string
    readonly entryPolicy: EntryPolicy
    readonly zones: readonly { readonly id: string }[]
    readonly validFrom: string | null
    readonly validUntil: string | null
    readonly dailyFrom: string | null
    readonly dailyUntil: string | null
    readonly recordVersion: number
  }[]
}

/** A device as auth answers it. */
export interface DeviceEntity {
  readonly id: string
  readonly name: string | null
  readonly credentialStatus: 'ACTIVE' | 'REVOKED' | null
  readonly eventId: string | null
  readonly enrolledGateIds: readonly string[] | null
  readonly credentialVersion: number | null
}

/** A key as participants answers it. */
export type TicketKeyEntity = TicketKeyRow

/** A ticket as participants answers it. */
export interface TicketEntity {
  readonly id: string
  readonly status: TicketStatus
  readonly codeHash: string | null
  readonly recordVersion: number | null
  readonly ticketType: { readonly id: string }
  readonly event: { readonly id: string }
}

/** What an answer says of an event's ground. */
export function groundOf(entity: EventEntity, organizationId: string): GroundWord {
  const { id: eventId, name, status, version, timeZone } = entity
  const of = { organizationId, eventId }
  return {
    event: { id: eventId, organizationId, name, status, version, timeZone },
    zones: entity.zones.map(({ parent, recordVersion, ...zone }) => {
      return { ...zone, ...of, parentId: parent?.id ?? null, version: recordVersion }
    }),
    ticketTypes: entity.ticketTypes.map(({ zones, validFrom, validUntil, recordVersion, ...type }) => ({
      ...type,
      ...of,
      zoneIds: zones.map((zone) => zone.id),
      validFrom: validFrom === null ? null : new Date(validFrom),
      validUntil: validUntil === null ? null : new Date(validUntil),
      version: recordVersion,
    })),
  }
}

/** What an answer says of a device; null where it is none that scans. */
export function deviceOf(entity: DeviceEntity, organizationId: string): DeviceWord | null {
  const { id, name, credentialStatus, eventId, enrolledGateIds, credentialVersion } = entity
  if (eventId === null || credentialStatus === null) return null
  return {
    ...{ id, organizationId, eventId, name: name ?? '', status: credentialStatus },
    ...{ gateIds: enrolledGateIds ?? [], version: credentialVersion ?? 0 },
  }
}

/** What an answer says of a ticket. */
export function ticketOf(entity: TicketEntity, organizationId: string): TicketRow[] {
  const { id, status, codeHash, recordVersion, ticketType, event } = entity
  if (codeHash === null) return []
  return [
    {
      ...{ id, organizationId, eventId: event.id, ticketTypeId: ticketType.id, status, codeHash },
      ...{ pendingReason: null, validUntil: null },
      version: recordVersion ?? 0,
    },
  ]
}
