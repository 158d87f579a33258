import type { Viewer } from '@headcount/access'

/** What a device is counted for. An upload is one call, however many scans it brings. */
export type DeviceCall = 'scan' | 'upload' | 'heartbeat'

/** Limits how often each device may call this process. */
export interface DeviceBudget {
  /** Takes one call; answers why not where the device has used up its share. People are not limited. */
  take(call: DeviceCall, viewer: Pick<Viewer, 'kind' | 'id'>): RateLimited | undefined
}

/** The expected outcome "too many calls of one device". */
export interface RateLimited {
  readonly __typename: 'RateLimited'
  readonly message: string
  readonly retryAfterMs: number
}

/** What a budget needs. */
export interface DeviceBudgetOptions {
  /** How many scans a minute; 0 = no limits at all. */
  readonly scansPerMinute: number
  readonly now: () => Date
}

const MINUTE_MS = 60_000
/** Most calls at once after a pause. */
const BURST = 60
const OTHER_CALLS_PER_MINUTE = 60
/** Beyond so many, the device that called longest ago is forgotten: its share is then a full one. */
const MAXIMUM_DEVICES = 20_000

const refusals: Readonly<Record<DeviceCall, string>> = {
  scan: 'This device scans too fast; nothing was recorded. Send the same attempt again later.',
  upload:
    'This device uploads too often; nothing was recorded. Send the same scans again later, up to 500 together.',
  heartbeat: 'This device sends signs of life too often: one each 20 s is enough.',
}

/** Makes the budgets of a process. */
export function createDeviceBudget({ scansPerMinute, now }: DeviceBudgetOptions): DeviceBudget {
  if (scansPerMinute === 0) return { take: () => undefined }
  const buckets: Readonly<Record<DeviceCall, Bucket>> = {
    scan: createBucket(scansPerMinute),
    upload: createBucket(OTHER_CALLS_PER_MINUTE),
    heartbeat: createBucket(OTHER_CALLS_PER_MINUTE),
  }
  return {
    take(call, { kind, id }) {
      if (kind !== 'device') return undefined
      const retryAfterMs = buckets[call](id, now().getTime())
      return retryAfterMs > 0
        ? { __typename: 'RateLimited', message: refusals[call], retryAfterMs }
        : undefined
    },
  }
}

/** Takes a token of a device; answers after how many milliseconds there is one where there is none now, else 0. */
type Bucket = (deviceId: string, nowMs: number) => number

/**
 * A token bucket a device, of which only the moment is kept at which it is full again: no timer, one number a device
 * (https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm).
 */
function createBucket(perMinute: number): Bucket {
  const everyMs = MINUTE_MS / perMinute
  const depthMs = Math.min(BURST, perMinute) * everyMs
  const fullAtMs = new Map<string, number>()
  return (deviceId, nowMs) => {
    // At most empty: a clock that was set back keeps nobody waiting for longer than a bucket takes to fill.
    const before = Math.min(Math.max(fullAtMs.get(deviceId) ?? 0, nowMs), nowMs + depthMs)
    const waitMs = before + everyMs - depthMs - nowMs
    // Sums of fractions are a little off: less than the clock can tell is no wait.
    if (waitMs >= 1) return Math.ceil(waitMs)
    // Put at the end: the first one is that which called longest ago.
    fullAtMs.delete(deviceId)
    fullAtMs.set(deviceId, before + everyMs)
    if (fullAtMs.size > MAXIMUM_DEVICES) forgetFirst(fullAtMs)
    return 0
  }
}

function forgetFirst(remembered: Map<string, unknown>): void {
  for (const key of remembered.keys()) {
    remembered.delete(key)
    return
  }
}
