import type { DeviceFacts } from '../domain/scan-state.ts'

/** A device as it is kept. */
export interface DeviceRow extends DeviceFacts {
  readonly organizationId: string
  readonly name: string
  readonly version: number
  readonly lastSeq: number
  readonly lastSeenAt: Date | null
  readonly clockSkewMs: number | null
  /** How many attempts it said were still waiting on it. */
  readonly waiting: number
  readonly appVersion: string | null
  readonly batteryPercent: number | null
}

/** What auth says of a device. */
export type DeviceWord = Omit<
  DeviceRow,
  'lastSeq' | 'lastSeenAt' | 'clockSkewMs' | 'waiting' | 'appVersion' | 'batteryPercent'
>

/** A public key that verifies ticket codes. */
export interface TicketKeyRow {
  readonly id: string
  readonly organizationId: string
  readonly publicKey: string
}

/** A tenant's event. */
export interface EventKey {
  readonly organizationId: string
  readonly eventId: string
}

const owner = 'id, organization_id AS "organizationId"'

export const eventColumns = `${owner}, name, status, time_zone AS "timeZone", version`
export const zoneColumns = `${owner}, event_id AS "eventId", name, capacity, enforcement, parent_id AS "parentId",
  entry_policy AS "entryPolicy", anti_passback AS "antiPassback",
  passback_timeout_seconds AS "passbackTimeoutSeconds", closes_at AS "closesAt", version`
export const gateColumns = `${owner}, event_id AS "eventId", name, zone_from_id AS "zoneFromId",
  zone_to_id AS "zoneToId", status, lanes, ticket_type_ids AS "ticketTypeIds", version`
export const ticketTypeColumns = `${owner}, event_id AS "eventId", name, entry_policy AS "entryPolicy",
  zone_ids AS "zoneIds", valid_from AS "validFrom", valid_until AS "validUntil", daily_from AS "dailyFrom",
  daily_until AS "dailyUntil", version`
export const ticketColumns = `${owner}, event_id AS "eventId", ticket_type_id AS "ticketTypeId",
  code_hash AS "codeHash", status, pending_reason AS "pendingReason",
  valid_until AS "validUntil", version`
export const deviceColumns = `${owner}, event_id AS "eventId", name, status, version, gate_ids AS "gateIds",
  last_seq AS "lastSeq", last_seen_at AS "lastSeenAt", clock_skew_ms AS "clockSkewMs", waiting,
  app_version AS "appVersion", battery_percent AS "batteryPercent"`

/** An entity of which only the id is needed. */
export interface Reference {
  readonly id: string
}

/** An entity of another service; its name where it is at hand. */
export interface NamedReference extends Reference {
  readonly name?: string
}

/** A zone; `capacity` is the caller's where a `@requires` brought it. */
export interface ZoneReference extends NamedReference {
  readonly capacity?: number | null
  readonly enforcement?: 'HARD' | 'SOFT' | 'NONE'
}
