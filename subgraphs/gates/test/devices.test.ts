import { newId } from '@headcount/ids'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { deviceCalls } from './device-calls.ts'
import { offlineWorld } from './offline.ts'
import { person, scanner, startGates } from './start-gates.ts'

let gates: Awaited<ReturnType<typeof startGates>>
let world: Awaited<ReturnType<typeof offlineWorld>>
let calls: ReturnType<typeof deviceCalls>
let clockMs = Date.now()
const now = () => new Date(clockMs)
beforeAll(async () => {
  gates = await startGates({ now, deviceBudget: 360, processes: 2 })
})
afterAll(() => gates.stop())
beforeEach(async () => {
  world = await offlineWorld(gates)
  calls = deviceCalls(gates, world, now)
})

test('a sign of life is kept, and answered by what the device should know of itself', async () => {
  const device = world.device()
  await world.upload(device, [world.decided(world.sell().code, 1, 1), world.decided(world.sell().code, 4, 1)])
  clockMs += 5000
  const sentAt = new Date(clockMs - 90_000).toISOString()
  const answer = await calls.beat(device, { sentAt, waiting: 7, appVersion: ' 1.2.3 ', batteryPercent: 41 })
  expect(answer).toEqual({
    ...{ __typename: 'DeviceStanding', serverTime: new Date(clockMs).toISOString() },
    ...{ missingSeqs: [{ from: 2, to: 3 }], missingCount: 2 },
    device: {
      ...{ id: device.id, lastSeq: 4, lastSeenAt: new Date(clockMs).toISOString(), clockSkewMs: -90_000 },
      ...{ connectivity: 'CATCHING_UP', waiting: 7, appVersion: '1.2.3', batteryPercent: 41 },
    },
  })
  expect(await calls.beat(device)).toMatchObject({
    device: { connectivity: 'ONLINE', waiting: 0, appVersion: null, batteryPercent: null, clockSkewMs: 0 },
  })
})

test('a device whose clock is centuries off is heard all the same', async () => {
  const answer = await calls.beat(world.device(), { sentAt: '9999-01-01T00:00:00Z' })
  expect(answer).toMatchObject({ __typename: 'DeviceStanding', device: { clockSkewMs: 0x7fff_ffff } })
})

test('auth is asked once for a device that is not known yet; one that nobody knows is Forbidden', async () => {
  const { others, organizationId } = gates
  const device = world.device()
  const before = others.questions.length
  expect((await calls.beat(device)).__typename).toBe('DeviceStanding')
  expect((await calls.beat(device)).__typename).toBe('DeviceStanding')
  const asked = others.questions.slice(before).filter(({ service }) => service === 'auth')
  expect(asked).toEqual([{ service: 'auth', ids: [device.id] }])
  const nobody = scanner(organizationId, world.event.id, newId('device'))
  expect(await calls.beat(nobody)).toMatchObject({
    __typename: 'Forbidden',
    message: expect.stringContaining('not known'),
  })
  others.unreachable.add('auth')
  const code = await calls.beatError(world.device())
  others.unreachable.delete('auth')
  expect(code).toBe('SUBGRAPH_UNAVAILABLE')
})

test('a person has no signs of life to give', async () => {
  const operator = person(gates.organizationId, ['GATE_OPERATOR'])
  expect(await calls.beat(operator)).toMatchObject({ __typename: 'Forbidden' })
})

test.each([
  ['waiting', -1],
  ['waiting', 1_000_001],
  ['appVersion', 'x'.repeat(51)],
  ['appVersion', 'a\u0000b'],
  ['batteryPercent', -1],
  ['batteryPercent', 101],
])('refuses a sign of life whose %s is %j, and keeps nothing of it', async (path, value) => {
  const device = world.device()
  await calls.beat(device, { waiting: 3 })
  expect(await calls.beat(device, { waiting: 5, [path]: value })).toMatchObject({
    __typename: 'ValidationError',
    fields: [{ path }],
  })
  expect(await calls.devices()).toMatchObject([{ id: device.id, waiting: 3 }])
})

const connectivity = async ({ id }: { id: string }) =>
  (await calls.devices()).find((device) => device.id === id)?.connectivity

test('a device is ONLINE, STALE after 60 s, OFFLINE after 10 min, and CATCHING_UP while attempts wait on it', async () => {
  const device = world.device()
  await calls.say(device, { status: 'ACTIVE', version: 1 })
  expect(await connectivity(device)).toBe('OFFLINE')
  await calls.beat(device)
  clockMs += 59_999
  expect(await connectivity(device)).toBe('ONLINE')
  clockMs += 1
  expect(await connectivity(device)).toBe('STALE')
  clockMs += 539_999
  expect(await connectivity(device)).toBe('STALE')
  clockMs += 1
  expect(await connectivity(device)).toBe('OFFLINE')
  await calls.beat(device, { waiting: 1 })
  expect(await connectivity(device)).toBe('CATCHING_UP')
  await calls.say(device, { status: 'REVOKED', version: 2 })
  expect(await connectivity(device)).toBe('OFFLINE')
})

test('a scan, and an upload that brings nothing new, are signs of life too', async () => {
  const device = world.device()
  const { code } = world.sell()
  const lastSeenAt = async () => (await calls.devices())[0]?.lastSeenAt
  await calls.scan(device, { scanId: newId('scan'), code, deviceSeq: 1 })
  expect(await lastSeenAt()).toBe(new Date(clockMs).toISOString())
  const old = [world.decided(world.sell().code, 2, 1)]
  await world.upload(device, old)
  clockMs += 30_000
  expect((await world.upload(device, old)).results).toMatchObject([{ status: 'REPLAYED' }])
  expect(await lastSeenAt()).toBe(new Date(clockMs).toISOString())
})

test('missing numbers of any number of devices are one statement, each with its own, at most 1,000 ranges', async () => {
  const [one, two, three] = [world.device(), world.device(), world.device()]
  await calls.beat(one)
  await calls.beat(three)
  const { organizationId, service } = gates
  await world.upload(two, [world.decided(world.sell().code, 3, 1)])
  // Every other one of 3,000 numbers is there.
  await service.database.query(
    `UPDATE devices SET last_seq = 3000, seqs = (SELECT range_agg(int4range(n * 2, n * 2, '[]'))
       FROM generate_series(1, 1500) AS n) WHERE id = $1 AND organization_id = $2`,
    [three.id, organizationId],
  )
  const statements: string[] = []
  const off = service.database.onStatement(({ sql }) => {
    if (sql.includes('multirange')) statements.push(sql)
  })
  const byId = new Map((await calls.devices()).map((device) => [device.id, device]))
  off()
  expect(statements).toHaveLength(1)
  expect(byId.get(one.id)).toMatchObject({ missingSeqs: [], missingCount: 0 })
  expect(byId.get(two.id)).toMatchObject({ missingSeqs: [{ from: 1, to: 2 }], missingCount: 2 })
  expect(byId.get(three.id)?.missingCount).toBe(1500)
  expect(byId.get(three.id)?.missingSeqs).toHaveLength(1000)
  expect(byId.get(three.id)?.missingSeqs[999]).toEqual({ from: 1999, to: 1999 })
})

test('a device that scans too fast is told when to come back; the attempt is not recorded before, and its number not lost', async () => {
  const [device, other] = [world.device(), world.device()]
  const first = { scanId: newId('scan'), code: world.sell().code, deviceSeq: 1 }
  for (let n = 0; n < 60; n++)
    expect(await calls.scan(device, first)).toMatchObject({ __typename: 'ScanAdmitted', replayed: n > 0 })
  const second = { scanId: newId('scan'), code: world.sell().code, deviceSeq: 2 }
  expect(await calls.scan(device, second)).toMatchObject({ __typename: 'RateLimited', retryAfterMs: 167 })
  const rows = 'SELECT ledger_seq FROM attempts WHERE scan_id = $1'
  expect(await gates.service.database.query(rows, [second.scanId])).toEqual([])
  expect(await world.counts()).toMatchObject({ admitted: 1 })
  const elsewhere = { scanId: newId('scan'), code: world.sell().code, deviceSeq: 1 }
  expect(await calls.scan(other, elsewhere)).toMatchObject({ __typename: 'ScanAdmitted' })
  clockMs += 167
  expect(await calls.scan(device, second)).toMatchObject({ __typename: 'ScanAdmitted', replayed: false })
  expect(await world.counts()).toMatchObject({ admitted: 3 })
  for (let n = 0; n < 70; n++)
    expect(await calls.scan(gates.supervisor, { ...first, deviceSeq: null })).toMatchObject({
      replayed: true,
    })
})

test('an upload is one call, however many scans it brings; beyond 60 a minute it is RATE_LIMITED', async () => {
  const device = world.device()
  const scans = Array.from({ length: 500 }, (_, n) => world.decided(world.sell().code, n + 1, n / 100))
  const answer = await world.upload(device, scans)
  expect(new Set(answer.results.map(({ status }) => status))).toEqual(new Set(['RECORDED']))
  for (let n = 1; n < 60; n++) await world.upload(device, scans.slice(0, 1))
  const query =
    'mutation ($input: UploadScanBatchInput!) { uploadScanBatch(input: $input) { lastDeviceSeq } }'
  const input = { batchId: 'b', sentAt: new Date(clockMs).toISOString(), scans: scans.slice(0, 1) }
  const { data, errors } = await gates.run(device, query, { input })
  expect(data).toEqual({ uploadScanBatch: null })
  expect(errors?.map(({ extensions }) => extensions)).toEqual([{ code: 'RATE_LIMITED', retryAfterMs: 1000 }])
  clockMs += 1000
  expect((await world.upload(device, scans.slice(0, 1))).lastDeviceSeq).toBe(500)
})

test('signs of life beyond 60 a minute are RateLimited', async () => {
  const device = world.device()
  for (let n = 0; n < 60; n++) await calls.beat(device)
  expect(await calls.beat(device)).toMatchObject({ __typename: 'RateLimited', retryAfterMs: 1000 })
})
