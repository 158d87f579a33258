import type { Database, Transaction } from '@headcount/database'
import { type KeyOf, keysetCondition, type Page } from '@headcount/paging'
import type { Outbox } from '@headcount/service'
import { eventChanged, ticketTypeChanged, zoneChanged } from './events.ts'
import type {
  Event as EventModel,
  TicketType as TicketTypeModel,
  Zone as ZoneModel,
} from './generated/prisma/client.ts'
import { PrismaClient } from './generated/prisma/client.ts'
import type { EntryPolicy, EventStatus, ZoneEnforcement } from './generated/resolvers.ts'
import { inOrder, listsInOrder } from './order.ts'

/** An event as it is kept. */
export type EventRow = Omit<EventModel, 'status'> & { status: EventStatus }
/** A zone as it is kept. */
export type ZoneRow = Omit<ZoneModel, 'enforcement' | 'entryPolicy'> & {
  enforcement: ZoneEnforcement
  entryPolicy: EntryPolicy | null
}
/** A ticket type as it is kept. */
export type TicketTypeRow = Omit<TicketTypeModel, 'entryPolicy'> & { entryPolicy: EntryPolicy }
/** A tenant, as a reference. */
export interface OrganizationReference {
  readonly id: string
}
/** The order of lists of events: the latest start first. */
export const eventList = { name: 'events', key: ['time', 'text'] } as const
/** Which events, and which page of them. */
export interface EventPage {
  readonly organizationId: string
  readonly status: readonly EventStatus[] | undefined
  readonly page: Page<typeof eventList.key>
}
/** Everything of one event, read under its lock. */
export interface EventGround {
  readonly event: EventRow
  readonly zones: readonly ZoneRow[]
  readonly ticketTypes: readonly TicketTypeRow[]
}
/** What a change of an event leaves to be written. A row whose version rose is written and told. */
export interface GroundChange {
  readonly event?: EventRow
  readonly zones?: readonly ZoneRow[]
  readonly ticketTypes?: readonly TicketTypeRow[]
}

/** The position of an event in lists. */
export function keyOfEvent(row: EventRow): KeyOf<typeof eventList.key> {
  return [row.startsAt.toISOString(), row.id]
}

export type Store = ReturnType<typeof createStore>

const eventColumns = `id, organization_id AS "organizationId", name, slug, status, version, capacity,
  auto_open AS "autoOpen", starts_at AS "startsAt", doors_open_at AS "doorsOpenAt", ends_at AS "endsAt",
  time_zone AS "timeZone"`

/** The one door to the database of events. Batch reads take ids and answer in their order. */
export function createStore(database: Database, outbox: Outbox) {
  const prisma = new PrismaClient({ adapter: database.adapter })
  const reads = { ...batchReads(prisma), ...listReads(prisma, database) }
  return Object.assign(reads, writes(database, outbox))
}

function batchReads(prisma: PrismaClient) {
  const scoped = (organizationId: string, ids: readonly string[]) => ({
    where: { organizationId, id: { in: [...ids] } },
  })
  const ofEvents = (organizationId: string, ids: readonly string[]) => ({
    where: { organizationId, eventId: { in: [...ids] } },
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
      const where = { organizationId_slug: { organizationId, slug } }
      return (await prisma.event.findUnique({ where })) as EventRow | null
    },
    async organizationBySlug(slug: string) {
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

function writes(database: Database, outbox: Outbox) {
  return {
    /** Keeps what auth says of a tenant, unless something newer is kept already. */
    async keepOrganization(organization: { id: string; slug: string; version: number }) {
      await database.query(
        `INSERT INTO organizations (id, slug, version) VALUES ($1, $2, $3)
         ON CONFLICT (id) DO UPDATE SET slug = excluded.slug, version = excluded.version
         WHERE organizations.version < excluded.version`,
        [organization.id, organization.slug, organization.version],
      )
    },
    /** Writes a new event with its ground; false when its slug is taken. */
    async insertEvent(event: EventRow, ground: Omit<GroundChange, 'event'> = {}): Promise<boolean> {
      return outbox.transaction(async (tx, publish) => {
        if (!(await insertEventRow(tx, event))) return false
        publish(eventChanged(event))
        await writeGround(tx, ground, publish)
        return true
      })
    },
    /**
     * Changes an event under its lock: `decide` sees the whole ground and answers what to write, together with what to
     * answer. Answers undefined when the tenant has no such event, and `taken` when the new slug is another event's.
     */
    async changeEvent<Decision extends { change?: GroundChange | undefined; answer: unknown }>(
      key: { organizationId: string; eventId: string },
      decide: (ground: EventGround) => Decision,
    ): Promise<{ answer: Decision['answer'] } | 'taken' | undefined> {
      return outbox.transaction(async (tx, publish) => {
        const ground = await lockGround(tx, key)
        if (!ground) return undefined
        const { change = {}, answer } = decide(ground)
        if (change.event) {
          if (!(await updateEventRow(tx, change.event))) return 'taken'
          publish(eventChanged(change.event))
        }
        await writeGround(tx, change, publish)
        return { answer }
      })
    },
  }
}

type Tell = Parameters<Parameters<Outbox['transaction']>[0]>[1]

const zoneColumns = `id, organization_id AS "organizationId", event_id AS "eventId", name, capacity, enforcement,
  parent_id AS "parentId", entry_policy AS "entryPolicy", version`
const ticketTypeColumns = `id, organization_id AS "organizationId", event_id AS "eventId", name, quota,
  entry_policy AS "entryPolicy", zone_ids AS "zoneIds", valid_from AS "validFrom", valid_until AS "validUntil", version`

async function lockGround(
  tx: Transaction,
  { organizationId, eventId }: { organizationId: string; eventId: string },
): Promise<EventGround | undefined> {
  const [event] = await tx.query<EventRow>(
    `SELECT ${eventColumns} FROM events WHERE id = $1 AND organization_id = $2 FOR UPDATE`,
    [eventId, organizationId],
  )
  if (!event) return undefined
  const zones = await tx.query<ZoneRow>(`SELECT ${zoneColumns} FROM zones WHERE event_id = $1`, [eventId])
  const types = `SELECT ${ticketTypeColumns} FROM ticket_types WHERE event_id = $1`
  return { event, zones, ticketTypes: await tx.query<TicketTypeRow>(types, [eventId]) }
}

function valuesOf(row: EventRow): unknown[] {
  const { id, organizationId, name, slug, status, version, capacity, autoOpen } = row
  const { startsAt, doorsOpenAt, endsAt, timeZone } = row
  const times = [startsAt, doorsOpenAt, endsAt, timeZone]
  return [id, organizationId, name, slug, status, version, capacity, autoOpen, ...times]
}

async function insertEventRow(tx: Transaction, row: EventRow): Promise<boolean> {
  const rows = await tx.query(
    `INSERT INTO events (id, organization_id, name, slug, status, version, capacity, auto_open, starts_at,
       doors_open_at, ends_at, time_zone)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
     ON CONFLICT (organization_id, slug) DO NOTHING RETURNING id`,
    valuesOf(row),
  )
  return rows.length === 1
}

async function updateEventRow(tx: Transaction, row: EventRow): Promise<boolean> {
  const rows = await tx.query(
    `UPDATE events SET name = $3, slug = $4, status = $5, version = $6, capacity = $7, auto_open = $8,
       starts_at = $9, doors_open_at = $10, ends_at = $11, time_zone = $12
     WHERE id = $1 AND organization_id = $2
       AND NOT EXISTS (SELECT FROM events other WHERE other.organization_id = $2 AND other.slug = $4 AND other.id <> $1)
     RETURNING id`,
    valuesOf(row),
  )
  return rows.length === 1
}

async function writeGround(tx: Transaction, ground: GroundChange, publish: Tell): Promise<void> {
  for (const row of ground.zones ?? []) {
    await tx.query(
      `INSERT INTO zones (id, organization_id, event_id, name, capacity, enforcement, parent_id, entry_policy, version)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       ON CONFLICT (id) DO UPDATE SET name = $4, capacity = $5, enforcement = $6, parent_id = $7, entry_policy = $8,
         version = $9`,
      [
        ...[row.id, row.organizationId, row.eventId, row.name, row.capacity, row.enforcement],
        ...[row.parentId, row.entryPolicy, row.version],
      ],
    )
    publish(zoneChanged(row))
  }
  for (const row of ground.ticketTypes ?? []) {
    await tx.query(
      `INSERT INTO ticket_types (id, organization_id, event_id, name, quota, entry_policy, zone_ids, valid_from,
         valid_until, version)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
       ON CONFLICT (id) DO UPDATE SET name = $4, quota = $5, entry_policy = $6, zone_ids = $7, valid_from = $8,
         valid_until = $9, version = $10`,
      [
        ...[row.id, row.organizationId, row.eventId, row.name, row.quota, row.entryPolicy],
        ...[row.zoneIds, row.validFrom, row.validUntil, row.version],
      ],
    )
    publish(ticketTypeChanged(row))
  }
}
