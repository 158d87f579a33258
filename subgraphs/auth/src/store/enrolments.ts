import type { Transaction } from '@headcount/database'
import { isId } from '@headcount/ids'
import type { Outbox } from '@headcount/service'
import { deviceChanged } from '../events.ts'
import type { PrismaClient } from '../generated/prisma/client.ts'
import { deviceColumns } from './devices.ts'
import type { DeviceRow, EnrolmentRow, SessionRow } from './rows.ts'
import { endDeviceSessions, insertSession } from './sessions.ts'

const columns = `id, organization_id AS "organizationId", device_id AS "deviceId", event_id AS "eventId",
  gate_ids AS "gateIds", name, token_hash AS "tokenHash", created_by AS "createdBy", expires_at AS "expiresAt"`

/** Why an enrolment token cannot be used. */
export type EnrolmentState = 'unknown' | 'used' | 'lapsed' | 'revoked'

/** A device with the session that it begins. */
export interface Enrolled {
  readonly device: DeviceRow
  readonly session: SessionRow
}

/** Invitations for devices. */
export interface EnrolmentStore {
  add(row: EnrolmentRow): Promise<void>
  /**
   * Writes the invitation that `make` makes for a device of the tenant, in place of those for it that were not used.
   * Answers the device; nothing is written where it is revoked.
   */
  addForDevice(
    organizationId: string,
    deviceId: string,
    make: (device: DeviceRow) => EnrolmentRow,
  ): Promise<DeviceRow | undefined>
  /**
   * Uses an invitation up, writes the device and the session that `make` makes of it, ends what sessions the device had
   * before, and tells the others: all or nothing. Answers why not where the token cannot be used.
   */
  use(
    tokenHash: string,
    now: Date,
    make: (enrolment: EnrolmentRow, before: DeviceRow | undefined) => Enrolled,
  ): Promise<Enrolled | EnrolmentState>
}

/** Reads and writes invitations. Where a device has one, its row is locked first. */
export function createEnrolmentStore(prisma: PrismaClient, outbox: Outbox): EnrolmentStore {
  return {
    add: async (row) => {
      await prisma.enrolment.create({ data: row })
    },
    addForDevice: async (organizationId, deviceId, make) => {
      if (!isId('device', deviceId)) return undefined
      return outbox.transaction(async (tx) => {
        const sql = `SELECT ${deviceColumns} FROM devices WHERE organization_id = $1 AND id = $2 FOR UPDATE`
        const [device] = await tx.query<DeviceRow>(sql, [organizationId, deviceId])
        if (device?.status !== 'ACTIVE') return device
        await tx.query('DELETE FROM enrolments WHERE device_id = $1 AND used_at IS NULL', [deviceId])
        await insertEnrolment(tx, make(device))
        return device
      })
    },
    use: (tokenHash, now, make) =>
      outbox.transaction(async (tx, publish) => {
        const before = await lockDeviceOf(tx, tokenHash)
        if (before?.status === 'REVOKED') return 'revoked'
        const enrolment = await useUp(tx, tokenHash, now)
        if (typeof enrolment === 'string') return enrolment
        const { device, session } = make(enrolment, before)
        await keepDevice(tx, device)
        await endDeviceSessions(tx, device.id, now)
        await insertSession(tx, session, now)
        publish(deviceChanged(device))
        return { device, session }
      }),
  }
}

async function insertEnrolment(tx: Transaction, row: EnrolmentRow): Promise<void> {
  await tx.query(
    `INSERT INTO enrolments (id, organization_id, device_id, event_id, gate_ids, name, token_hash, created_by, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      ...[row.id, row.organizationId, row.deviceId, row.eventId, row.gateIds, row.name],
      ...[row.tokenHash, row.createdBy, row.expiresAt],
    ],
  )
}

/** The device that a token gives a new key, locked; undefined where the token makes one, or is not known. */
async function lockDeviceOf(tx: Transaction, tokenHash: string): Promise<DeviceRow | undefined> {
  const [device] = await tx.query<DeviceRow>(
    `SELECT ${deviceColumns} FROM devices
     WHERE id = (SELECT device_id FROM enrolments WHERE token_hash = $1) FOR UPDATE`,
    [tokenHash],
  )
  return device
}

async function useUp(tx: Transaction, tokenHash: string, now: Date): Promise<EnrolmentRow | EnrolmentState> {
  const [enrolment] = await tx.query<EnrolmentRow>(
    `UPDATE enrolments SET used_at = $2 WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2
     RETURNING ${columns}`,
    [tokenHash, now],
  )
  if (enrolment) return enrolment
  const sql = 'SELECT used_at AS "usedAt" FROM enrolments WHERE token_hash = $1'
  const [refused] = await tx.query<{ usedAt: Date | null }>(sql, [tokenHash])
  if (!refused) return 'unknown'
  return refused.usedAt ? 'used' : 'lapsed'
}

async function keepDevice(tx: Transaction, device: DeviceRow): Promise<void> {
  await tx.query(
    `INSERT INTO devices (id, organization_id, event_id, name, gate_ids, status, version, enrolled_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (id) DO UPDATE SET version = $7, enrolled_at = $8`,
    [
      ...[device.id, device.organizationId, device.eventId, device.name, device.gateIds],
      ...[device.status, device.version, device.enrolledAt],
    ],
  )
}
