import type { Transaction } from '@headcount/database'
import type { Publish } from '@headcount/service'
import { registrationCounted, ticketsChanged } from '../events.ts'
import type { TicketStatus } from '../generated/resolvers.ts'
import {
  columnsOf,
  type EventPlaces,
  type Places,
  type RegistrationRow,
  registrationColumns,
  type TicketRow,
  ticketColumns,
} from './rows.ts'

/** What of a registration can change. */
export type RegistrationChange = Pick<RegistrationRow, 'id' | 'holderName' | 'holderEmail' | 'status'>

/**
 * What one transaction may do. Locks are taken in one order everywhere, so that nobody waits in a circle: the event's
 * count, then registrations, then tickets. Every changed ticket and count is told to the others at the end.
 */
export type Changes = ReturnType<typeof createChanges>

/** Makes the changes of one transaction. `tell` publishes what they were. */
export function createChanges(tx: Transaction, publish: Publish) {
  const changedTickets: TicketRow[] = []
  const note = (tickets: TicketRow[]) => {
    changedTickets.push(...tickets)
    return tickets
  }
  const tell = () => {
    for (const message of ticketsChanged(changedTickets)) publish(message)
  }
  const ofTickets = ticketChanges(tx, note)
  return Object.assign(placeChanges(tx, publish), registrationChanges(tx), ofTickets, { tell })
}

function placeChanges(tx: Transaction, publish: Publish) {
  return {
    /**
     * Locks the event's count until the transaction ends, and reads how many places there are. The types' counts are
     * read by a statement of their own: only that sees what whoever held the lock before has committed.
     */
    async lockPlaces(eventId: string, ticketTypeIds: readonly string[]): Promise<EventPlaces> {
      const [event] = await tx.query<Places>(
        `SELECT c.registered, e.capacity AS "limit"
         FROM event_counts c JOIN known_events e ON e.id = c.event_id
         WHERE c.event_id = $1 FOR UPDATE OF c`,
        [eventId],
      )
      if (!event) throw new Error(`${eventId} is not known`)
      const types = await tx.query<Places & { id: string }>(
        `SELECT c.ticket_type_id AS id, c.registered, t.quota AS "limit"
         FROM ticket_type_counts c JOIN known_ticket_types t ON t.id = c.ticket_type_id
         WHERE c.ticket_type_id = ANY ($1::text[])`,
        [ticketTypeIds],
      )
      return { event, ticketTypes: new Map(types.map((type) => [type.id, type])) }
    },
    /** Gives (or, below 0, frees) places of an event by ticket type. Under the lock of `lockPlaces` only. */
    async addPlaces(
      event: { organizationId: string; eventId: string },
      byTicketType: ReadonlyMap<string, number>,
    ): Promise<void> {
      const total = [...byTicketType.values()].reduce((sum, places) => sum + places, 0)
      const [count] = await tx.query<{ registered: number; version: number }>(
        `WITH types AS (
           UPDATE ticket_type_counts c SET registered = c.registered + d.places
           FROM unnest($2::text[], $3::int[]) AS d (id, places) WHERE c.ticket_type_id = d.id)
         UPDATE event_counts SET registered = registered + $4, version = version + 1
         WHERE event_id = $1 RETURNING registered, version`,
        [event.eventId, [...byTicketType.keys()], [...byTicketType.values()], total],
      )
      if (!count) throw new Error(`${event.eventId} is not known`)
      publish(registrationCounted({ ...event, ...count }))
    },
  }
}

function registrationChanges(tx: Transaction) {
  return {
    /** Writes new registrations and answers the ids of those that were written: not of one whose externalId is taken. */
    async insertRegistrations(rows: readonly RegistrationRow[]): Promise<string[]> {
      const written = await tx.query<{ id: string }>(
        `INSERT INTO registrations (id, organization_id, event_id, ticket_type_id, user_id, external_id, holder_name,
           holder_email, status, registered_at)
         SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
           $8::text[], $9::text[], $10::timestamptz[])
         ON CONFLICT (event_id, external_id) DO NOTHING RETURNING id`,
        columnsOf(rows, [
          ...(['id', 'organizationId', 'eventId', 'ticketTypeId', 'userId', 'externalId'] as const),
          ...(['holderName', 'holderEmail', 'status', 'registeredAt'] as const),
        ]),
      )
      return written.map((row) => row.id)
    },
    /** The event's registrations with these keys of callers. Steady under the lock of `lockPlaces`. */
    async registrationsByExternalId(
      eventId: string,
      externalIds: readonly string[],
    ): Promise<RegistrationRow[]> {
      return tx.query<RegistrationRow>(
        `SELECT ${registrationColumns} FROM registrations WHERE event_id = $1 AND external_id = ANY ($2::text[])`,
        [eventId, externalIds],
      )
    },
    async updateRegistrations(rows: readonly RegistrationChange[]): Promise<void> {
      await tx.query(
        `UPDATE registrations r SET holder_name = d.name, holder_email = d.email, status = d.status
         FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS d (id, name, email, status)
         WHERE r.id = d.id`,
        columnsOf(rows, ['id', 'holderName', 'holderEmail', 'status']),
      )
    },
    /** A registration under its lock. */
    async lockRegistration(id: string): Promise<RegistrationRow> {
      const statement = `SELECT ${registrationColumns} FROM registrations WHERE id = $1 FOR UPDATE`
      const [row] = await tx.query<RegistrationRow>(statement, [id])
      if (!row) throw new Error(`${id} is not there`)
      return row
    },
  }
}

function ticketChanges(tx: Transaction, note: (tickets: TicketRow[]) => TicketRow[]) {
  return {
    async insertTickets(rows: readonly TicketRow[]): Promise<void> {
      const inserted = await tx.query<TicketRow>(
        `INSERT INTO tickets AS t (id, organization_id, event_id, ticket_type_id, registration_id, user_id,
           holder_name, holder_email, status, status_reason, transferred_from, key_id, issue, code_hash, version)
         SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
           $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::int[], $14::text[], $15::int[])
         RETURNING ${ticketColumns}`,
        columnsOf(rows, [
          ...(['id', 'organizationId', 'eventId', 'ticketTypeId', 'registrationId', 'userId'] as const),
          ...(['holderName', 'holderEmail', 'status', 'statusReason', 'transferredFrom'] as const),
          ...(['keyId', 'issue', 'codeHash', 'version'] as const),
        ]),
      )
      note(inserted)
    },
    /** A ticket under the locks of its registration and its own; undefined when the tenant has none. */
    async lockTicket(organizationId: string, id: string): Promise<TicketRow | undefined> {
      await tx.query(
        `SELECT id FROM registrations
         WHERE id = (SELECT registration_id FROM tickets WHERE id = $1 AND organization_id = $2) FOR UPDATE`,
        [id, organizationId],
      )
      const [ticket] = await tx.query<TicketRow>(
        `SELECT ${ticketColumns} FROM tickets t WHERE id = $1 AND organization_id = $2 FOR UPDATE`,
        [id, organizationId],
      )
      return ticket
    },
    /** Locks tickets of the tenant, by id, and answers them. */
    async lockTickets(organizationId: string, ids: readonly string[]): Promise<TicketRow[]> {
      return tx.query<TicketRow>(
        `SELECT ${ticketColumns} FROM tickets t WHERE id = ANY ($1::text[]) AND organization_id = $2
         ORDER BY id FOR UPDATE`,
        [ids, organizationId],
      )
    },
    async ticketsOfRegistration(registrationId: string): Promise<TicketRow[]> {
      return tx.query<TicketRow>(
        `SELECT ${ticketColumns} FROM tickets t WHERE registration_id = $1 ORDER BY id FOR UPDATE`,
        [registrationId],
      )
    },
    /** Gives tickets another state. */
    async setTicketStatus(ids: readonly string[], status: TicketStatus, reason: string | null = null) {
      return note(
        await tx.query<TicketRow>(
          `UPDATE tickets t SET status = $2, status_reason = $3, version = version + 1
           WHERE id = ANY ($1::text[]) RETURNING ${ticketColumns}`,
          [ids, status, reason],
        ),
      )
    },
    /** Gives a ticket another code. */
    async setTicketCode(ticket: Pick<TicketRow, 'id' | 'keyId' | 'issue' | 'codeHash'>) {
      return note(
        await tx.query<TicketRow>(
          `UPDATE tickets t SET key_id = $2, issue = $3, code_hash = $4, version = version + 1
           WHERE id = $1 RETURNING ${ticketColumns}`,
          [ticket.id, ticket.keyId, ticket.issue, ticket.codeHash],
        ),
      )
    },
    /** Brings tickets in line with their registrations: the holder, and PENDING becomes VALID when it was paid. A
     * ticket that went to another holder stays as it is. */
    async followRegistrations(rows: readonly RegistrationChange[]): Promise<void> {
      note(
        await tx.query<TicketRow>(
          `UPDATE tickets t SET holder_name = d.name, holder_email = d.email, version = version + 1,
             status = CASE WHEN t.status = 'PENDING' AND d.status = 'CONFIRMED' THEN 'VALID' ELSE t.status END
           FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS d (id, name, email, status)
           WHERE t.registration_id = d.id AND t.transferred_from IS NULL
             AND t.status IN ('PENDING', 'VALID', 'BLOCKED')
           RETURNING ${ticketColumns}`,
          columnsOf(rows, ['id', 'holderName', 'holderEmail', 'status']),
        ),
      )
    },
  }
}
