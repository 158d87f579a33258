import type {
  Event as EventModel,
  TicketType as TicketTypeModel,
  Zone as ZoneModel,
} from '../generated/prisma/client.ts'
import type { AntiPassback, EntryPolicy, EventStatus, ZoneEnforcement } from '../generated/resolvers.ts'

/** An event as it is kept. */
export type EventRow = Omit<EventModel, 'status'> & { status: EventStatus }
/** A zone as it is kept. */
export type ZoneRow = Omit<ZoneModel, 'enforcement' | 'entryPolicy' | 'antiPassback'> & {
  enforcement: ZoneEnforcement
  entryPolicy: EntryPolicy | null
  antiPassback: AntiPassback
}
/** A ticket type as it is kept. */
export type TicketTypeRow = Omit<TicketTypeModel, 'entryPolicy'> & { entryPolicy: EntryPolicy }
/** A tenant, as a reference. */
export interface OrganizationReference {
  readonly id: string
}

/** The columns of an event, named as its row's fields. */
export const eventColumns = `id, organization_id AS "organizationId", name, slug, status, version, capacity,
  auto_open AS "autoOpen", starts_at AS "startsAt", doors_open_at AS "doorsOpenAt", ends_at AS "endsAt",
  time_zone AS "timeZone"`
