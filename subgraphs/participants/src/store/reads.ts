import type { Database } from '@headcount/database'
import { type IdKind, isId } from '@headcount/ids'
import { keysetCondition, type Page } from '@headcount/paging'
import type { eventRegistrations } from '../domain/registration-lists.ts'
import { PrismaClient } from '../generated/prisma/client.ts'
import type { RegistrationStatus } from '../generated/resolvers.ts'
import { inOrder, listsInOrder } from './order.ts'
import {
  type KnownEventRow,
  type KnownTicketTypeRow,
  type RegistrationRow,
  registrationColumns,
  registrationOf,
  type TicketKeyRow,
  type TicketRow,
  ticketOf,
} from './rows.ts'

/** Which registrations. */
export interface RegistrationQuery {
  readonly organizationId: string
  readonly eventId?: string
  readonly userId?: string
  readonly status?: readonly RegistrationStatus[]
  readonly ticketTypeId?: string
}

/** Reads of the store. Batch reads take ids of one tenant and answer in their order. */
export function createReads(database: Database) {
  const prisma = new PrismaClient({ adapter: database.adapter })
  return Object.assign(entityReads(prisma), countReads(prisma), registrationLists(database))
}

/** Ids of the tenant that can exist: what has another shape is not asked for, whatever characters it holds. */
function scoped(kind: IdKind, organizationId: string, ids: readonly string[]) {
  return { where: { organizationId, id: { in: ids.filter((id) => isId(kind, id)) } } }
}

const byId = (row: { id: string }) => row.id

function entityReads(prisma: PrismaClient) {
  return {
    async knownEvents(organizationId: string, ids: readonly string[]) {
      const rows = await prisma.knownEvent.findMany(scoped('event', organizationId, ids))
      return inOrder(ids, rows as KnownEventRow[], byId)
    },
    async knownTicketTypes(organizationId: string, ids: readonly string[]) {
      const rows = await prisma.knownTicketType.findMany(scoped('ticketType', organizationId, ids))
      return inOrder<KnownTicketTypeRow>(ids, rows, byId)
    },
    async registrations(organizationId: string, ids: readonly string[]) {
      const rows = await prisma.registration.findMany(scoped('registration', organizationId, ids))
      return inOrder<RegistrationRow>(ids, rows.map(registrationOf), byId)
    },
    async tickets(organizationId: string, ids: readonly string[]) {
      const rows = await prisma.ticket.findMany(scoped('ticket', organizationId, ids))
      return inOrder<TicketRow>(ids, rows.map(ticketOf), byId)
    },
    async ticketsOfRegistrations(organizationId: string, ids: readonly string[]) {
      const where = { organizationId, registrationId: { in: [...ids] } }
      const rows = await prisma.ticket.findMany({ where, orderBy: { id: 'asc' } })
      return listsInOrder(ids, rows.map(ticketOf), (row) => row.registrationId)
    },
    async ticketKeys(organizationId: string, ids: readonly string[]) {
      const rows = await prisma.ticketKey.findMany(scoped('key', organizationId, ids))
      return inOrder<TicketKeyRow>(ids, rows, byId)
    },
    async currentTicketKey(organizationId: string): Promise<TicketKeyRow | null> {
      return prisma.ticketKey.findUnique({ where: { organizationId } })
    },
  }
}

function countReads(prisma: PrismaClient) {
  return {
    async eventCounts(organizationId: string, ids: readonly string[]): Promise<(number | undefined)[]> {
      const eventId = { in: ids.filter((id) => isId('event', id)) }
      const rows = await prisma.eventCount.findMany({ where: { organizationId, eventId } })
      return inOrder(ids, rows, (row) => row.eventId).map((row) => row?.registered)
    },
    async ticketTypeCounts(organizationId: string, ids: readonly string[]): Promise<(number | undefined)[]> {
      const ticketTypeId = { in: ids.filter((id) => isId('ticketType', id)) }
      const rows = await prisma.ticketTypeCount.findMany({ where: { organizationId, ticketTypeId } })
      return inOrder(ids, rows, (row) => row.ticketTypeId).map((row) => row?.registered)
    },
  }
}

function registrationLists(database: Database) {
  return {
    /** A page of an event's registrations in their order, or of a person's with the latest first. */
    async registrationPage(
      query: RegistrationQuery,
      page: Page<typeof eventRegistrations.key>,
    ): Promise<RegistrationRow[]> {
      const which = conditionOf(query)
      const descending = query.userId !== undefined
      const direction = descending ? 'DESC' : 'ASC'
      const firstPlaceholder = which.params.length + 1
      const after = keysetCondition(page, ['registered_at', 'id'], { firstPlaceholder, descending })
      return database.query<RegistrationRow>(
        `SELECT ${registrationColumns} FROM registrations WHERE ${which.sql} AND ${after.sql}
         ORDER BY registered_at ${direction}, id ${direction} LIMIT ${page.limit}`,
        [...which.params, ...after.params],
      )
    },
    async countRegistrations(query: RegistrationQuery): Promise<number> {
      const { sql, params } = conditionOf(query)
      const statement = `SELECT count(*) AS count FROM registrations WHERE ${sql}`
      const [row] = await database.query<{ count: number }>(statement, params)
      return row?.count ?? 0
    },
    /** Which of these keys of callers are taken in the event. */
    async takenExternalIds(eventId: string, externalIds: readonly string[]): Promise<ReadonlySet<string>> {
      const rows = await database.query<{ externalId: string }>(
        `SELECT external_id AS "externalId" FROM registrations WHERE event_id = $1 AND external_id = ANY ($2::text[])`,
        [eventId, externalIds],
      )
      return new Set(rows.map((row) => row.externalId))
    },
  }
}

function conditionOf(query: RegistrationQuery): { sql: string; params: unknown[] } {
  const parts: [string, unknown][] = [
    ['organization_id =', query.organizationId],
    ['event_id =', query.eventId],
    ['user_id =', query.userId],
    ['ticket_type_id =', query.ticketTypeId],
  ]
  const given = parts.filter(([, value]) => value !== undefined)
  const sql = given.map(([column], index) => `${column} $${index + 1}`)
  const params = given.map(([, value]) => value)
  if (query.status) {
    params.push(query.status)
    sql.push(`status = ANY ($${params.length}::text[])`)
  }
  return { sql: sql.join(' AND '), params }
}
