const DAY_MS = 86_400_000

/**
 * When a session that begins now ends, if nobody ends it before. A person signs in again after 30 days; a device's
 * begins anew with each refresh, so that only 180 days without one end it.
 */
export function sessionEnd(kind: 'person' | 'device', now: Date): Date {
  return new Date(now.getTime() + (kind === 'person' ? 30 : 180) * DAY_MS)
}
