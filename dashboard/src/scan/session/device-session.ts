/** Which device this browser is, and with what it proves it. */
export interface DeviceSession {
  accessToken: string
  refreshToken: string
  /** When to ask for the next token; local clock, milliseconds since 1970. */
  refreshAt: number
  /** When the access token ends; local clock, milliseconds since 1970. */
  endsAt: number
  deviceId: string
  deviceName: string
}

/** Where this browser is with its enrolment. `ended`: the platform does not take its session any more. */
export type EnrolmentState =
  | { phase: 'starting' }
  | { phase: 'none' }
  | { phase: 'enrolled'; session: DeviceSession }
  | { phase: 'ended'; session: DeviceSession }

/** Reads what was stored; undefined for anything else. */
export function readDeviceSession(value: unknown): DeviceSession | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const fields = value as Record<string, unknown>
  const texts = ['accessToken', 'refreshToken', 'deviceId', 'deviceName']
  const isWhole =
    texts.every((name) => typeof fields[name] === 'string') &&
    ['refreshAt', 'endsAt'].every((name) => Number.isFinite(fields[name]))
  return isWhole ? (value as DeviceSession) : undefined
}
