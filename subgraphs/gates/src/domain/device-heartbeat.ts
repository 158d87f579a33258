import type { Viewer } from '@headcount/access'
import { fail, fieldChecks, forbidden, type ValidationError } from '@headcount/errors'
import type { DeviceHeartbeatInput } from '../generated/resolvers.ts'
import type { DeviceRow } from '../store/rows.ts'
import type { Store } from '../store/store.ts'
import type { DeviceBudget } from './device-budget.ts'
import type { Learner } from './learn.ts'

/** What taking a sign of life needs. */
export interface HeartbeatParts {
  readonly store: Pick<Store, 'keepHeartbeat'>
  readonly learner: Pick<Learner, 'device'>
  readonly budget: DeviceBudget
  readonly now: () => Date
}

/** What a device should know of itself; which numbers are missing is read where it is asked for. */
export interface Standing {
  readonly device: DeviceRow
  readonly serverTime: Date
}

const MAXIMUM_WAITING = 1_000_000
const MAXIMUM_VERSION_CHARACTERS = 50

/** Notes how the device that asks is, and says what it should know of itself. */
export async function deviceHeartbeat(parts: HeartbeatParts, viewer: Viewer, input: DeviceHeartbeatInput) {
  if (viewer.kind !== 'device') return forbidden('Signs of life are for devices: ask with the token of one.')
  const limited = parts.budget.take('heartbeat', viewer)
  if (limited) return limited
  const problem = check(input)
  if (problem) return problem
  const device = await keep(parts, viewer, input)
  if (!device) return forbidden('This device is not known: enrol it.')
  if (device.status === 'REVOKED')
    return forbidden('This device was revoked: it may not scan any more. To go on, enrol it anew.')
  return { __typename: 'DeviceStanding' as const, device, serverTime: parts.now() }
}

function check({
  waiting = 0,
  appVersion,
  batteryPercent,
}: DeviceHeartbeatInput): ValidationError | undefined {
  const checks = fieldChecks()
  checks.integer('waiting', waiting, { minimum: 0, maximum: MAXIMUM_WAITING })
  if (appVersion != null)
    checks.text('appVersion', appVersion, { minimum: 0, maximum: MAXIMUM_VERSION_CHARACTERS })
  if (batteryPercent != null) checks.integer('batteryPercent', batteryPercent, { minimum: 0, maximum: 100 })
  return checks.problem()
}

/** Keeps the sign of life. A device that enrolled a moment ago may not be known here yet: auth is asked for it once. */
async function keep(
  { store, learner, now }: HeartbeatParts,
  { organizationId, id }: Viewer,
  { sentAt, waiting = 0, appVersion, batteryPercent }: DeviceHeartbeatInput,
): Promise<DeviceRow | undefined> {
  const at = now()
  const beat = {
    ...{ at, waiting, appVersion: appVersion?.trim() || null, batteryPercent: batteryPercent ?? null },
    clockSkewMs: sentAt.getTime() - at.getTime(),
  }
  const device = await store.keepHeartbeat(organizationId, id, beat)
  if (device) return device
  if ((await learner.device(organizationId, id)) === 'unreachable')
    throw fail('SUBGRAPH_UNAVAILABLE', 'This device is not known here yet, and cannot be looked up now.')
  return store.keepHeartbeat(organizationId, id, beat)
}
