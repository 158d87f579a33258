import { isId } from '@headcount/ids'
import type { Outbox } from '@headcount/service'
import { deviceChanged } from '../events.ts'
import type { PrismaClient } from '../generated/prisma/client.ts'
import type { DeviceRow, EnrolmentRow, SessionRow } from './rows.ts'
import { insertSession } from './sessions.ts'

const columns = `id, organization_id AS "organizationId", event_id AS "eventId", name, gate_ids AS "gateIds", status,
  version, enrolled_at AS "enrolledAt"`

/** What became of an enrolment token before. */
export type EnrolmentState = 'unknown' | 'used' | 'lapsed'

/** Devices and their invitations. */
export interface DeviceStore {
  /** In the order of the ids; undefined for what is not the tenant's. */
  devicesById(organizationId: string, ids: readonly string[]): Promise<(DeviceRow | undefined)[]>
  deviceOfSession(deviceId: string): Promise<DeviceRow | undefined>
  addEnrolment(row: EnrolmentRow): Promise<void>
  /**
   * Uses an invitation up, writes the device and the session that `make` makes of it, and tells the others: all
   * or nothing. Answers why not where the token cannot be used.
   */
  enrol(
    tokenHash: string,
    now: Date,
    make: (enrolment: EnrolmentRow) => { device: DeviceRow; session: SessionRow },
  ): Promise<{ device: DeviceRow; session: SessionRow } | EnrolmentState>
  /** Revokes a device of the tenant, ends its sessions and tells the others. One that is revoked stays as it is. */
  revoke(organizationId: string, id: string, now: Date): Promise<DeviceRow | undefined>
}

/** Reads and writes devices and their invitations. */
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
    addEnrolment: async (row) => {
      await prisma.enrolment.create({ data: row })
    },
    enrol: (tokenHash, now, make) =>
      outbox.transaction(async (tx, publish) => {
        const [enrolment] = await tx.query<EnrolmentRow>(
          `UPDATE enrolments SET used_at = $2 WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2
           RETURNING id, organization_id AS "organizationId", event_id AS "eventId", gate_ids AS "gateIds", name,
             token_hash AS "tokenHash", created_by AS "createdBy", expires_at AS "expiresAt"`,
          [tokenHash, now],
        )
        if (!enrolment) {
          const sql = 'SELECT used_at AS "usedAt" FROM enrolments WHERE token_hash = $1'
          const [refused] = await tx.query<{ usedAt: Date | null }>(sql, [tokenHash])
          if (!refused) return 'unknown'
          return refused.usedAt ? 'used' : 'lapsed'
        }
        const { device, session } = make(enrolment)
        await tx.query(
          `INSERT INTO devices (id, organization_id, event_id, name, gate_ids, status, version, enrolled_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
          [
            device.id,
            device.organizationId,
            device.eventId,
            device.name,
            device.gateIds,
            device.status,
            device.version,
            device.enrolledAt,
          ],
        )
        await insertSession(tx, session, now)
        publish(deviceChanged(device))
        return { device, session }
      }),
    revoke: async (organizationId, id, now) => {
      if (!isId('device', id)) return undefined
      return outbox.transaction(async (tx, publish) => {
        const [revoked] = await tx.query<DeviceRow>(
          `UPDATE devices SET status = 'REVOKED', version = version + 1, revoked_at = $3
           WHERE organization_id = $1 AND id = $2 AND status = 'ACTIVE' RETURNING ${columns}`,
          [organizationId, id, now],
        )
        if (!revoked) {
          const sql = `SELECT ${columns} FROM devices WHERE organization_id = $1 AND id = $2`
          return (await tx.query<DeviceRow>(sql, [organizationId, id]))[0]
        }
        const end = 'UPDATE sessions SET ended_at = $2 WHERE device_id = $1 AND ended_at IS NULL'
        await tx.query(end, [id, now])
        publish(deviceChanged(revoked))
        return revoked
      })
    },
  }
}
