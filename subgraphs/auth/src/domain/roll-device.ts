import type { Viewer } from '@headcount/access'
import { fail, validationError } from '@headcount/errors'
import { newId } from '@headcount/ids'
import type { Store } from '../store/store.ts'
import { makeEnrolmentToken } from './enrolment-token.ts'

/** What giving a device a new key needs. */
export interface RollParts {
  readonly viewer: Viewer
  readonly store: Pick<Store, 'enrolments'>
  readonly now: () => Date
}

/** Makes an invitation by which a device that is enrolled gets a new key; undefined where there is no such device. */
export async function rollDevice(deviceId: string, { viewer, store, now }: RollParts) {
  const at = now()
  const { enrolmentToken, tokenHash, expiresAt } = makeEnrolmentToken(at)
  const device = await store.enrolments.addForDevice(viewer.organizationId, deviceId, (known) => ({
    ...{ id: newId('enrolment', at.getTime()), organizationId: known.organizationId, deviceId: known.id },
    ...{ eventId: known.eventId, gateIds: known.gateIds, name: known.name },
    ...{ tokenHash, createdBy: viewer.id, expiresAt },
  }))
  if (!device) return undefined
  if (device.status === 'REVOKED') {
    const message = 'This device was revoked, which is for ever: enrol a new one with createDeviceEnrolment.'
    const { fields } = validationError({ path: 'deviceId', message })
    throw fail('BAD_USER_INPUT', message, { fields })
  }
  return { __typename: 'DeviceEnrolment', enrolmentToken, expiresAt } as const
}
