import type { Database } from '@headcount/database'
import { type KeyOf, keysetCondition, type Page } from '@headcount/paging'
import { PrismaClient } from '../generated/prisma/client.ts'
import type { EventStatus } from '../generated/resolvers.ts'
import { inOrder, isStorable, listsInOrder } from './order.ts'
import { type EventRow, eventColumns, type TicketTypeRow, type ZoneRow } from './rows.ts'

/** The order of lists of events: the latest start first. */
export const eventList = { name: 'events', key: ['time', 'text'] } as const
/** Which events, and which page of them. */
export interface EventPage {
  readonly organizationId: string
  readonly status: readonly EventStatus[] | undefined
  readonly page: Page<typeof eventList.key>
}

/** The position of an event in lists. */
export function keyOfEvent(row: EventRow): KeyOf<typeof eventList.key> {
  return [row.startsAt.toISOString(), row.id]
}

/** Reads of the store. Batch reads take ids of one tenant and answer in their order. */
export function createReads(database: Database) {
  const prisma = new PrismaClient({ adapter: database.adapter })
  return { ...batchReads(prisma), ...listReads(prisma, database) }
}

function batchReads(prisma: PrismaClient) {
  const scoped = (organizationId: string, ids: readonly string[]) => ({
    where: { organizationId, id: { in: ids.filter(isStorable) } },
  })
  const ofEvents = (organizationId: string, ids: readonly string[]) => ({
    where: { organizationId, eventId: { in: ids.filter(isStorable) } },
    orderBy: { name: 'asc' as const },
  })
  return {
    async eventsById(organizationId: string, ids: readonly string[]) {
      return inOrder(ids, (await prisma.event.findMany(scoped(organizationId, ids))) as EventRow[])
    },
    async zonesById(organizationId: string, ids: readonly string[]) {
      return inOrder(ids, (await prisma.zone.findMany(scoped(organizationId, ids))) as ZoneRow[])
    },
    async ticketTypesById(organizationId: string, ids: readonly string[]) {
      return inOrder(ids, (await prisma.ticketType.findMany(scoped(organizationId, ids))) as TicketTypeRow[])
    },
    async zonesOfEvents(organizationId: string, ids: readonly string[]) {
      return listsInOrder(ids, (await prisma.zone.findMany(ofEvents(organizationId, ids))) as ZoneRow[])
    },
    async ticketTypesOfEvents(organizationId: string, ids: readonly string[]) {
      const rows = await prisma.ticketType.findMany(ofEvents(organizationId, ids))
      return listsInOrder(ids, rows as TicketTypeRow[])
    },
  }
}

function listReads(prisma: PrismaClient, database: Database) {
  return {
    async eventBySlug(organizationId: string, slug: string) {
      if (!isStorable(slug)) return null
      const where = { organizationId_slug: { organizationId, slug } }
      return (await prisma.event.findUnique({ where })) as EventRow | null
    },
    async organizationBySlug(slug: string) {
      if (!isStorable(slug)) return null
      return prisma.organization.findUnique({ where: { slug } })
    },
    async eventPage({ organizationId, status, page }: EventPage) {
      const after = keysetCondition(page, ['starts_at', 'id'], { firstPlaceholder: 4, descending: true })
      return database.read<EventRow>(
        `SELECT ${eventColumns} FROM events
         WHERE organization_id = $1 AND ($2::text[] IS NULL OR status = ANY ($2)) AND ${after.sql}
         ORDER BY starts_at DESC, id DESC LIMIT $3`,
        [organizationId, status ?? null, page.limit, ...after.params],
      )
    },
    async countEvents(organizationId: string, status: readonly EventStatus[] | undefined) {
      return prisma.event.count({ where: { organizationId, ...(status && { status: { in: [...status] } }) } })
    },
    /** Events whose doors the platform shall open by itself now. */
    async eventsToOpen(now: Date) {
      const where = { autoOpen: true, status: 'PUBLISHED', doorsOpenAt: { lte: now } }
      return (await prisma.event.findMany({ where, take: 100 })) as EventRow[]
    },
  }
}
