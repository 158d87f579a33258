import { newId } from '@headcount/ids'
import { enrolmentRefused } from '../errors.ts'
import type { EnrolmentState } from '../store/devices.ts'
import type { DeviceRow, EnrolmentRow, SessionRow } from '../store/rows.ts'
import type { Store } from '../store/store.ts'
import { deviceSession, type Issuer } from './issue-tokens.ts'
import { hashToken } from './secrets.ts'
import { sessionEnd } from './session-lifetime.ts'

const reasons: Readonly<Record<EnrolmentState, string>> = {
  unknown: 'This enrolment token is not known: scan the code again, or ask for a new one.',
  used: 'This enrolment token was used: each is good for one device. Ask for a new one.',
  lapsed: 'This enrolment token has lapsed: it was good for 24 hours. Ask for a new one.',
}

/** Makes a device of an invitation, once, and signs it in. */
export async function enrolDevice(
  enrolmentToken: string,
  { store, issuer }: { store: Store; issuer: Issuer },
) {
  const now = issuer.now()
  const enrolled = await store.devices.enrol(hashToken(enrolmentToken), now, (enrolment) =>
    begin(enrolment, now),
  )
  if (typeof enrolled === 'string') return enrolmentRefused(reasons[enrolled])
  return await deviceSession(enrolled.device, enrolled.session, issuer)
}

function begin(enrolment: EnrolmentRow, now: Date): { device: DeviceRow; session: SessionRow } {
  const { organizationId, eventId, gateIds, name } = enrolment
  const id = newId('device', now.getTime())
  const device: DeviceRow = {
    id,
    organizationId,
    eventId,
    name,
    gateIds,
    status: 'ACTIVE',
    version: 1,
    enrolledAt: now,
  }
  const session: SessionRow = {
    id: newId('session', now.getTime()),
    organizationId,
    userId: null,
    deviceId: id,
    generation: 1,
    recentRotations: [],
    expiresAt: sessionEnd('device', now),
    endedAt: null,
  }
  return { device, session }
}
