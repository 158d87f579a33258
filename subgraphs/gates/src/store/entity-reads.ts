import type { Database } from '@headcount/database'
import type { EventRow, GateRow, TicketTypeRow, ZoneRow } from '../domain/ground.ts'
import type { TicketRow } from '../domain/scan-state.ts'
import type { PrismaClient } from '../generated/prisma/client.ts'
import { inOrder, listsInOrder } from './order.ts'
import { type DeviceRow, deviceColumns, type TicketKeyRow } from './rows.ts'

/** The reads of entities, within one tenant. Batch reads take ids and answer in their order. */
export function entityReads(prisma: PrismaClient, database: Database) {
  const scoped = (organizationId: string, ids: readonly string[]) => ({
    where: { organizationId, id: { in: [...ids] } },
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
    async gatesById(organizationId: string, ids: readonly string[]) {
      return inOrder(ids, (await prisma.gate.findMany(scoped(organizationId, ids))) as GateRow[])
    },
    async devicesById(organizationId: string, ids: readonly string[]) {
      return inOrder(ids, (await prisma.device.findMany(scoped(organizationId, ids))) as DeviceRow[])
    },
    async ticketsById(organizationId: string, ids: readonly string[]) {
      return inOrder(ids, (await prisma.ticket.findMany(scoped(organizationId, ids))) as TicketRow[])
    },
    async ticketKeysById(
      organizationId: string,
      ids: readonly string[],
    ): Promise<(TicketKeyRow | undefined)[]> {
      return inOrder(ids, await prisma.ticketKey.findMany(scoped(organizationId, ids)))
    },
    async gatesOfEvents(organizationId: string, eventIds: readonly string[]) {
      const where = { organizationId, eventId: { in: [...eventIds] } }
      const rows = await prisma.gate.findMany({ where, orderBy: [{ name: 'asc' }, { id: 'asc' }] })
      return listsInOrder(eventIds, rows as GateRow[], (row) => row.eventId)
    },
    async devicesOfEvent(organizationId: string, eventId: string) {
      return database.query<DeviceRow>(
        `SELECT ${deviceColumns} FROM devices WHERE organization_id = $1 AND event_id = $2 ORDER BY name, id`,
        [organizationId, eventId],
      )
    },
    async devicesOfGates(organizationId: string, gateIds: readonly string[]) {
      const rows = await database.query<DeviceRow & { gateId: string }>(
        `SELECT gate.id AS "gateId", device.* FROM gates gate
         JOIN LATERAL (SELECT ${deviceColumns} FROM devices WHERE event_id = gate.event_id AND gate.id = ANY (gate_ids)) device
           ON true
         WHERE gate.organization_id = $1 AND gate.id = ANY ($2) ORDER BY device.name, device.id`,
        [organizationId, gateIds],
      )
      return listsInOrder(gateIds, rows, (row) => row.gateId)
    },
  }
}
