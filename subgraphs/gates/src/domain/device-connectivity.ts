import type { DeviceRow } from '../store/rows.ts'

/** Whether a device is at work. */
export type DeviceConnectivity = 'ONLINE' | 'CATCHING_UP' | 'STALE' | 'OFFLINE'

const STALE_AFTER_MS = 60_000
const OFFLINE_AFTER_MS = 600_000

/** Whether a device is at work, by when it was heard and what it said was waiting on it. One that is revoked is not. */
export function connectivityOf(
  { status, lastSeenAt, waiting }: Pick<DeviceRow, 'status' | 'lastSeenAt' | 'waiting'>,
  now: Date,
): DeviceConnectivity {
  if (status === 'REVOKED' || lastSeenAt === null) return 'OFFLINE'
  const silentMs = now.getTime() - lastSeenAt.getTime()
  if (silentMs >= OFFLINE_AFTER_MS) return 'OFFLINE'
  if (silentMs >= STALE_AFTER_MS) return 'STALE'
  return waiting > 0 ? 'CATCHING_UP' : 'ONLINE'
}
