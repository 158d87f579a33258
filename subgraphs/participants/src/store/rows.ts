import type {
  KnownEvent as KnownEventModel,
  KnownTicketType as KnownTicketTypeModel,
  Registration as RegistrationModel,
  TicketKey as TicketKeyModel,
  Ticket as TicketModel,
} from '../generated/prisma/client.ts'
import type { RegistrationStatus, TicketStatus } from '../generated/resolvers.ts'

/** State of an event, as events has it. */
export type EventStatus =
  | 'DRAFT'
  | 'PUBLISHED'
  | 'DOORS_OPEN'
  | 'LIVE'
  | 'ENDED'
  | 'ARCHIVED'
  | 'POSTPONED'
  | 'CANCELLED'

/** What events says of an event. */
export type KnownEventRow = Omit<KnownEventModel, 'status'> & { status: EventStatus }
/** What events says of a ticket type. */
export type KnownTicketTypeRow = KnownTicketTypeModel
/** A registration as it is kept. */
export type RegistrationRow = Omit<RegistrationModel, 'status'> & {
  __typename: 'Registration'
  status: RegistrationStatus
}
/** A ticket as it is kept. */
export type TicketRow = Omit<TicketModel, 'status'> & { __typename: 'Ticket'; status: TicketStatus }
/** A ticket key as it is kept, its private part sealed. */
export type TicketKeyRow = TicketKeyModel

/** An event, as a reference or with what events says of it. */
export type EventReference = Pick<KnownEventRow, 'id'> & Partial<KnownEventRow>
/** A ticket type, as a reference or with what events says of it. */
export type TicketTypeReference = Pick<KnownTicketTypeRow, 'id'> & Partial<KnownTicketTypeRow>
/** A person, as a reference. */
export interface UserReference {
  readonly id: string
}

/** How many hold a place, and how many may; null = not limited by itself. */
export interface Places {
  readonly registered: number
  readonly limit: number | null
}

/** The places of an event and of some of its ticket types, under the event's lock. */
export interface EventPlaces {
  readonly event: Places
  readonly ticketTypes: ReadonlyMap<string, Places>
}

/** A registration as Prisma reads it, with its name in the schema. */
export function registrationOf(model: RegistrationModel): RegistrationRow {
  return { ...model, __typename: 'Registration', status: model.status as RegistrationStatus }
}

/** A ticket as Prisma reads it, with its name in the schema. */
export function ticketOf(model: TicketModel): TicketRow {
  return { ...model, __typename: 'Ticket', status: model.status as TicketStatus }
}

/** Columns of a registration for SQL, named as in {@link RegistrationRow}. */
export const registrationColumns = `'Registration' AS "__typename", id, organization_id AS "organizationId",
  event_id AS "eventId", ticket_type_id AS "ticketTypeId", user_id AS "userId", external_id AS "externalId",
  holder_name AS "holderName", holder_email AS "holderEmail", status, registered_at AS "registeredAt"`

/** Columns of a ticket for SQL, named as in {@link TicketRow}. */
export const ticketColumns = `'Ticket' AS "__typename", t.id, t.organization_id AS "organizationId",
  t.event_id AS "eventId", t.ticket_type_id AS "ticketTypeId", t.registration_id AS "registrationId",
  t.user_id AS "userId", t.holder_name AS "holderName", t.holder_email AS "holderEmail", t.status,
  t.status_reason AS "statusReason", t.transferred_from AS "transferredFrom", t.key_id AS "keyId", t.issue,
  t.code_hash AS "codeHash", t.version`

/** One array a key, for `unnest`: a bulk statement has as many parameters as columns, whatever the number of rows. */
export function columnsOf<Row extends object>(rows: readonly Row[], keys: readonly (keyof Row)[]): unknown[] {
  return keys.map((key) => rows.map((row) => row[key]))
}
