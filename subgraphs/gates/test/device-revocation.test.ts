import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { deviceCalls } from './device-calls.ts'
import { offlineWorld } from './offline.ts'
import { soon, startGates } from './start-gates.ts'

let gates: Awaited<ReturnType<typeof startGates>>
let world: Awaited<ReturnType<typeof offlineWorld>>
let calls: ReturnType<typeof deviceCalls>
const now = () => new Date()
beforeAll(async () => {
  gates = await startGates({ processes: 2 })
})
afterAll(() => gates.stop())
beforeEach(async () => {
  world = await offlineWorld(gates)
  calls = deviceCalls(gates, world, now)
})

test('a revocation holds at every process as soon as it is heard, though the token is still good', async () => {
  const device = world.device()
  let deviceSeq = 0
  // The processes take turns: two scans reach both.
  const attempt = async () => {
    deviceSeq += 1
    return gates.scan(device, { code: world.sell().code, gateId: world.outer, deviceSeq })
  }
  for (const answer of [await attempt(), await attempt()]) expect(answer.__typename).toBe('ScanAdmitted')
  const before = await world.counts()
  await calls.say(device, { status: 'REVOKED', version: 2 })
  for (const answer of [await attempt(), await attempt()])
    expect(answer).toMatchObject({ __typename: 'ScanRejected', reason: 'DEVICE_REVOKED' })
  const uploaded = await world.upload(device, [world.decided(world.sell().code, 5, 1)])
  expect(uploaded.results).toMatchObject([{ status: 'QUARANTINED', conflict: 'DEVICE_REVOKED' }])
  expect(await calls.beat(device)).toMatchObject({
    __typename: 'Forbidden',
    message: expect.stringContaining('revoked'),
  })
  const { admitted, inside } = before
  expect(await world.counts()).toMatchObject({ admitted, inside })
})

test('a message that comes late, twice or before its device is known does not undo a revocation', async () => {
  const [known, unheard] = [world.device(), world.device()]
  await calls.beat(known)
  for (const device of [known, unheard]) {
    for (const [status, version] of [
      ['REVOKED', 3],
      ['ACTIVE', 2],
      ['ACTIVE', 1],
      ['REVOKED', 3],
    ])
      await calls.say(device, { status, version })
    const answer = await gates.scan(device, { code: world.sell().code, gateId: world.outer, deviceSeq: 1 })
    expect(answer).toMatchObject({ reason: 'DEVICE_REVOKED' })
  }
})

test('a revocation whose message is lost holds all the same for a device at work, within seconds', async () => {
  const { others, organizationId } = gates
  const device = world.device()
  let deviceSeq = 0
  const attempt = async () => {
    deviceSeq += 1
    return gates.scan(device, { code: world.sell().code, gateId: world.outer, deviceSeq })
  }
  expect((await attempt()).__typename).toBe('ScanAdmitted')
  others.addDevice(organizationId, world.event.id, [world.outer], {
    ...{ id: device.id, credentialStatus: 'REVOKED', credentialVersion: 2 },
  })
  const statusSql = 'SELECT status FROM devices WHERE id = $1'
  await soon(async () =>
    expect(await gates.service.database.query(statusSql, [device.id])).toEqual([{ status: 'REVOKED' }]),
  )
  expect(await attempt()).toMatchObject({ reason: 'DEVICE_REVOKED' })
})
