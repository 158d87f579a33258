import { newId } from '@headcount/ids'
import { fieldOf } from '@headcount/service/testing'
import type { offlineWorld } from './offline.ts'
import type { scanner, startGates } from './start-gates.ts'

type Viewer = ReturnType<typeof scanner>

const heartbeatQuery = `mutation ($input: DeviceHeartbeatInput!) { deviceHeartbeat(input: $input) { __typename
  ... on DeviceStanding { serverTime missingSeqs { from to } missingCount device { id lastSeq lastSeenAt clockSkewMs
    connectivity waiting appVersion batteryPercent } }
  ... on ValidationError { fields { path } } ... on RateLimited { retryAfterMs } ... on Problem { message } } }`
const devicesQuery = `query ($eventId: ID!) { devices(eventId: $eventId) { id connectivity lastSeenAt lastSeq waiting
  missingSeqs { from to } missingCount } }`
const scanQuery = `mutation ($input: RecordScanInput!) { recordScan(input: $input) { __typename
  ... on ScanAdmitted { replayed } ... on ScanRejected { reason } ... on RateLimited { message retryAfterMs } } }`
const assignQuery = `mutation ($input: AssignDevicesInput!) { assignDevices(input: $input) { __typename } }`

/** A device as its supervisor sees it. */
export interface SeenDevice {
  id: string
  connectivity: string
  lastSeenAt: string | null
  missingSeqs: { from: number; to: number }[]
  missingCount: number
}

/** What devices of a world do, and what is done about them. */
export function deviceCalls(
  { run, supervisor, organizationId, bus }: Awaited<ReturnType<typeof startGates>>,
  world: Awaited<ReturnType<typeof offlineWorld>>,
  now: () => Date,
) {
  const eventId = world.event.id
  return {
    /** Sends a sign of life. */
    async beat(viewer: Viewer, more: object = {}) {
      const input = { sentAt: now().toISOString(), ...more }
      return fieldOf<{ __typename: string }>(await run(viewer, heartbeatQuery, { input }), 'deviceHeartbeat')
    },
    /** Sends a sign of life and answers the code of the error that came of it. */
    async beatError(viewer: Viewer) {
      const { errors } = await run(viewer, heartbeatQuery, { input: { sentAt: now().toISOString() } })
      return errors?.[0]?.extensions.code
    },
    async devices() {
      return fieldOf<SeenDevice[]>(await run(supervisor, devicesQuery, { eventId }), 'devices')
    },
    async scan(viewer: Viewer, more: object) {
      const input = { direction: 'ENTRY', scannedAt: now().toISOString(), gateId: world.outer, ...more }
      return fieldOf<{ __typename: string }>(await run(viewer, scanQuery, { input }), 'recordScan')
    },
    assign: (deviceIds: string[], gateIds: string[]) =>
      run(supervisor, assignQuery, { input: { deviceIds, gateIds } }),
    /** What auth says of a device. */
    say({ id }: Viewer, more: object): Promise<void> {
      const device = { id, organizationId, eventId, name: 'Scanner', gateIds: [world.outer] }
      return bus.publish('auth', {
        ...{ id: newId('message'), subject: `org.${organizationId}.event.${eventId}.device.changed` },
        ...{ organizationId, payload: { ...device, ...more }, occurredAt: now().toISOString() },
      })
    },
  }
}
