import { isId } from '@headcount/ids'
import type { Outbox } from '@headcount/service'
import { deviceChanged } from '../events.ts'
import type { PrismaClient } from '../generated/prisma/client.ts'
import type { DeviceRow } from './rows.ts'
import { endDeviceSessions } from './sessions.ts'

/** The columns of a device, under the names of its fields. */
export const deviceColumns = `id, organization_id AS "organizationId", event_id AS "eventId", name, gate_ids AS "gateIds", status,
  version, enrolled_at AS "enrolledAt"`

/** Devices that are enrolled. */
export interface DeviceStore {
  /** In the order of the ids; undefined for what is not the tenant's. */
  devicesById(organizationId: string, ids: readonly string[]): Promise<(DeviceRow | undefined)[]>
  deviceOfSession(deviceId: string): Promise<DeviceRow | undefined>
  /** Revokes a device of the tenant, ends its sessions and tells the others. One that is revoked stays as it is. */
  revoke(organizationId: string, id: string, now: Date): Promise<DeviceRow | undefined>
}

/** Reads devices and revokes them. */
export function createDeviceStore(prisma: PrismaClient, outbox: Outbox): DeviceStore {
  const devicesById: DeviceStore['devicesById'] = async (organizationId, ids) => {
    const known = ids.filter((id) => isId('device', id))
    const rows = await prisma.device.findMany({ where: { organizationId, id: { in: known } } })
    const byId = new Map((rows as DeviceRow[]).map((row) => [row.id, row]))
    return ids.map((id) => byId.get(id))
  }
  return {
    devicesById,
    async deviceOfSession(id) {
      return ((await prisma.device.findUnique({ where: { id } })) as DeviceRow | null) ?? undefined
    },
    revoke: async (organizationId, id, now) => {
      if (!isId('device', id)) return undefined
      return outbox.transaction(async (tx, publish) => {
        const [revoked] = await tx.query<DeviceRow>(
          `UPDATE devices SET status = 'REVOKED', version = version + 1, revoked_at = $3
           WHERE organization_id = $1 AND id = $2 AND status = 'ACTIVE' RETURNING ${deviceColumns}`,
          [organizationId, id, now],
        )
        if (!revoked) {
          const sql = `SELECT ${deviceColumns} FROM devices WHERE organization_id = $1 AND id = $2`
          return (await tx.query<DeviceRow>(sql, [organizationId, id]))[0]
        }
        await endDeviceSessions(tx, id, now)
        publish(deviceChanged(revoked))
        return revoked
      })
    },
  }
}
