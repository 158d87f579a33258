import { newId } from '@headcount/ids'
import { enrolmentRefused } from '../errors.ts'
import type { EnrolmentState } from '../store/enrolments.ts'
import type { DeviceRow, EnrolmentRow, SessionRow } from '../store/rows.ts'
import type { Store } from '../store/store.ts'
import { deviceSession, type Issuer } from './issue-tokens.ts'
import { hashToken } from './secrets.ts'
import { sessionEnd } from './session-lifetime.ts'

const reasons: Readonly<Record<EnrolmentState, string>> = {
  unknown: 'This enrolment token is not known: scan the code again, or ask for a new one.',
  used: 'This enrolment token was used: each is good for one device. Ask for a new one.',
  lapsed: 'This enrolment token has lapsed: it was good for 24 hours. Ask for a new one.',
  revoked: 'The device of this enrolment token was revoked: ask for a token for a new device.',
}

/** Makes a device of an invitation, once, or gives the one that it is for a new key; and signs it in. */
export async function enrolDevice(
  enrolmentToken: string,
  { store, issuer }: { store: Store; issuer: Issuer },
) {
  const now = issuer.now()
  const enrolled = await store.enrolments.use(hashToken(enrolmentToken), now, (enrolment, before) => {
    const device = before ? renewed(before, now) : deviceOf(enrolment, now)
    return { device, session: sessionOf(device, now) }
  })
  if (typeof enrolled === 'string') return enrolmentRefused(reasons[enrolled])
  return await deviceSession(enrolled.device, enrolled.session, issuer)
}

/** Its key alone is new: what it is called and where it scans stays. */
function renewed(before: DeviceRow, now: Date): DeviceRow {
  return { ...before, version: before.version + 1, enrolledAt: now }
}

function deviceOf({ organizationId, eventId, gateIds, name }: EnrolmentRow, now: Date): DeviceRow {
  return {
    id: newId('device', now.getTime()),
    organizationId,
    eventId,
    name,
    gateIds,
    status: 'ACTIVE',
    version: 1,
    enrolledAt: now,
  }
}

function sessionOf({ id, organizationId }: DeviceRow, now: Date): SessionRow {
  return {
    id: newId('session', now.getTime()),
    organizationId,
    userId: null,
    deviceId: id,
    generation: 1,
    recentRotations: [],
    expiresAt: sessionEnd('device', now),
    endedAt: null,
  }
}
