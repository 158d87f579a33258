import { fail, fieldChecks } from '@headcount/errors'
import type { AssignDevicesInput } from '../generated/resolvers.ts'
import type { DeviceRow } from '../store/rows.ts'
import type { GateRow } from './ground.ts'
import type { Changer, GateChanges } from './upsert-gate.ts'

/** Says at which gates devices may scan, in place of what they were assigned to. All of one event. */
export async function assignDevices(
  { store, learner, gatePublisher }: Pick<GateChanges, 'store' | 'learner' | 'gatePublisher'>,
  { organizationId }: Changer,
  input: AssignDevicesInput,
) {
  const deviceIds = [...new Set(input.deviceIds)]
  const gateIds = [...new Set(input.gateIds)]
  const tooMany = checkSizes(deviceIds, gateIds)
  if (tooMany) return tooMany
  const gates = await store.gatesById(organizationId, gateIds)
  const devices = await devicesOf({ store, learner }, organizationId, deviceIds)
  const problem = check({ deviceIds, gateIds, devices, gates })
  if (problem) return problem
  gatePublisher.changed(await store.assignDevices(organizationId, deviceIds, gateIds))
  const assigned = devices.filter((device) => device !== undefined).map((device) => ({ ...device, gateIds }))
  return { __typename: 'AssignedDevices' as const, devices: assigned }
}

function checkSizes(deviceIds: readonly string[], gateIds: readonly string[]) {
  const checks = fieldChecks()
  checks.list('deviceIds', deviceIds, { minimum: 1, maximum: 200 })
  checks.list('gateIds', gateIds, { minimum: 0, maximum: 50 })
  return checks.problem()
}

/** The devices; auth is asked once for those that are not known here yet. */
async function devicesOf(
  { store, learner }: Pick<GateChanges, 'store' | 'learner'>,
  organizationId: string,
  ids: readonly string[],
): Promise<(DeviceRow | undefined)[]> {
  const known = await store.devicesById(organizationId, ids)
  const unknown = ids.filter((_, index) => !known[index])
  if (unknown.length === 0) return known
  const learned = await Promise.all(unknown.map((id) => learner.device(organizationId, id)))
  if (learned.includes('unreachable'))
    throw fail('SUBGRAPH_UNAVAILABLE', 'The devices cannot be looked up now.')
  return store.devicesById(organizationId, ids)
}

function check(wanted: {
  deviceIds: readonly string[]
  gateIds: readonly string[]
  devices: readonly (DeviceRow | undefined)[]
  gates: readonly (GateRow | undefined)[]
}) {
  const { deviceIds, gateIds, devices, gates } = wanted
  const checks = fieldChecks()
  for (const [index, id] of gateIds.entries())
    checks.that(gates[index] !== undefined, 'gateIds', `There is no gate "${id}".`)
  for (const [index, id] of deviceIds.entries())
    checks.that(devices[index] !== undefined, 'deviceIds', `There is no device "${id}".`)
  const ofGates = new Set(gates.map((gate) => gate?.eventId))
  checks.that(ofGates.size <= 1, 'gateIds', 'The gates are of several events; assign those of one at a time.')
  const [eventId] = ofGates
  for (const device of devices) {
    const isOfEvent = !device || eventId === undefined || device.eventId === eventId
    checks.that(isOfEvent, 'deviceIds', `Device "${device?.id}" scans for another event than the gates.`)
  }
  return checks.problem()
}
