import type { EventStatus, Gate, TicketType, Zone } from '@headcount/scan-rules'

/** What events says of an event. */
export interface EventRow {
  readonly id: string
  readonly organizationId: string
  readonly name: string
  readonly status: EventStatus
  readonly timeZone: string
  readonly version: number
}

/** What events says of a zone. */
export interface ZoneRow extends Zone {
  readonly organizationId: string
  readonly eventId: string
  readonly name: string
  /** Local time of day, `04:00`, at which the zone is emptied; null = never. */
  readonly closesAt: string | null
  readonly version: number
}

/** What events says of a ticket type. */
export interface TicketTypeRow extends TicketType {
  readonly organizationId: string
  readonly eventId: string
  readonly name: string
  readonly version: number
}

/** A gate as it is kept. */
export interface GateRow extends Gate {
  readonly id: string
  readonly organizationId: string
  readonly name: string
  readonly lanes: number
  readonly version: number
}
