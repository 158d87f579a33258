import { newId } from '@headcount/ids'
import { fieldOf } from '@headcount/service/testing'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { offlineWorld } from './offline.ts'
import { startGates } from './start-gates.ts'

let gates: Awaited<ReturnType<typeof startGates>>
let world: Awaited<ReturnType<typeof offlineWorld>>
beforeAll(async () => {
  gates = await startGates({ processes: 2 })
})
afterAll(() => gates.stop())
beforeEach(async () => {
  world = await offlineWorld(gates)
})

const statuses = (answer: { results: { status: string; conflict: string | null }[] }) =>
  answer.results.map(({ status, conflict }) => (conflict === null ? status : `${status} ${conflict}`))

test('what a device let in is a fact: recorded with its conflict, and both bodies are counted', async () => {
  const [one, two] = [world.device(), world.device()]
  const { code } = world.sell()
  expect(statuses(await world.upload(one, [world.decided(code, 1, 1)]))).toEqual(['RECORDED'])
  expect(statuses(await world.upload(two, [world.decided(code, 1, 2)]))).toEqual(['RECORDED DUPLICATE'])
  expect(await world.counts()).toMatchObject({ admitted: 1, inside: 2 })
})

test('an upload that is sent again, split or mixed with new ones, records nothing twice and answers the same', async () => {
  const device = world.device()
  const scans = Array.from({ length: 12 }, (_, n) => world.decided(world.sell().code, n + 1, n / 10))
  const first = await world.upload(device, scans.slice(0, 8))
  expect(new Set(statuses(first))).toEqual(new Set(['RECORDED']))
  const again = await world.upload(device, scans.slice(4))
  expect(statuses(again)).toEqual([...Array(4).fill('REPLAYED'), ...Array(4).fill('RECORDED')])
  const before = await world.counts()
  for (let round = 0; round < 10; round += 1) {
    const shuffled = [...scans].sort(() => Math.random() - 0.5)
    const halves = [shuffled.slice(0, 5), shuffled.slice(5)]
    const answers = await Promise.all(halves.map((half) => world.upload(device, half)))
    expect(new Set(answers.flatMap(statuses))).toEqual(new Set(['REPLAYED']))
  }
  expect(await world.counts()).toEqual(before)
  expect(before).toMatchObject({ admitted: 12, inside: 12 })
})

test('numbers that are missing are told as ranges, and no more once they came', async () => {
  const device = world.device()
  const scan = (seq: number) => world.decided(world.sell().code, seq, 1)
  const late = [scan(4), scan(5)]
  expect(await world.upload(device, [scan(3), scan(8), scan(1)])).toMatchObject({
    ...{ lastDeviceSeq: 8, missingCount: 5 },
    missingSeqs: [
      { from: 2, to: 2 },
      { from: 4, to: 7 },
    ],
  })
  expect(await world.upload(device, late)).toMatchObject({
    missingSeqs: [
      { from: 2, to: 2 },
      { from: 6, to: 7 },
    ],
  })
  expect(await world.upload(device, [scan(2), scan(6), scan(7)])).toMatchObject({
    ...{ lastDeviceSeq: 8, missingSeqs: [], missingCount: 0 },
  })
})

test('a second scan under a used number is quarantined, and counts once a supervisor says so', async () => {
  const device = world.device()
  await world.upload(device, [world.decided(world.sell().code, 1, 1)])
  const second = world.decided(world.sell().code, 1, 2)
  const answer = await world.upload(device, [second])
  expect(answer.results[0]).toMatchObject({ status: 'QUARANTINED', scan: { outcome: 'QUARANTINED' } })
  expect(await world.counts()).toMatchObject({ admitted: 1, inside: 1 })
  const settle = `mutation ($input: SettleQuarantineInput!) { settleQuarantine(input: $input) { __typename
    ... on Scan { outcome decision { kind reason actor { kind } } } ... on Problem { message } } }`
  const input = { scanId: second.scanId, decision: 'COUNT', reason: 'seen on camera' }
  for (const _ of [1, 2]) {
    expect(fieldOf(await gates.run(gates.supervisor, settle, { input }), 'settleQuarantine')).toEqual({
      __typename: 'Scan',
      outcome: 'QUARANTINED',
      decision: { kind: 'COUNTED', reason: 'seen on camera', actor: { kind: 'USER' } },
    })
  }
  expect(await world.counts()).toMatchObject({ admitted: 2, inside: 2 })
  const other = { ...input, decision: 'DISMISS' }
  expect(
    fieldOf(await gates.run(gates.supervisor, settle, { input: other }), 'settleQuarantine'),
  ).toMatchObject({
    __typename: 'Conflict',
  })
  expect(statuses(await world.upload(device, [second]))).toEqual(['REPLAYED'])
})

test('what a revoked device uploads is kept and not counted', async () => {
  const { others, organizationId } = gates
  const device = world.device()
  others.addDevice(organizationId, world.event.id, [world.outer], {
    id: device.id,
    credentialStatus: 'REVOKED',
  })
  const answer = await world.upload(device, [world.decided(world.sell().code, 1, 1)])
  expect(statuses(answer)).toEqual(['QUARANTINED DEVICE_REVOKED'])
  expect(answer).toMatchObject({ lastDeviceSeq: 1, missingCount: 0 })
  expect(await world.counts()).toMatchObject({ admitted: 0, inside: 0 })
})

test('a lost answer and then a decision of its own: the same outcome is a replay', async () => {
  const device = world.device()
  const scan = world.decided(world.sell().code, 1, 1)
  const { outcome: _, ...online } = scan
  expect(await gates.scan(device, online)).toMatchObject({ __typename: 'ScanAdmitted' })
  expect(statuses(await world.upload(device, [scan]))).toEqual(['REPLAYED'])
  expect(await world.counts()).toMatchObject({ admitted: 1, inside: 1 })
})

test('the server had refused and the device let in: a linked row with the reason, and the count moves', async () => {
  const [one, two] = [world.device(), world.device()]
  const { code } = world.sell()
  await gates.scan(one, { code, gateId: world.outer, deviceSeq: 1 })
  const scan = world.decided(code, 1, 9)
  const { outcome: _, ...online } = scan
  expect(await gates.scan(two, online)).toMatchObject({ reason: 'ALREADY_INSIDE' })
  const answer = await world.upload(two, [scan])
  expect(answer.results[0]).toMatchObject({
    ...{ status: 'RECORDED', conflict: 'ALREADY_INSIDE' },
    scan: { kind: 'OFFLINE_ADMISSION', outcome: 'ADMITTED', offline: true, of: { scanId: scan.scanId } },
  })
  expect(await world.counts()).toMatchObject({ admitted: 1, inside: 2 })
  expect(statuses(await world.upload(two, [scan]))).toEqual(['REPLAYED ALREADY_INSIDE'])
  // The first answer stays the answer to a retry online.
  expect(await gates.scan(two, online)).toMatchObject({ reason: 'ALREADY_INSIDE', replayed: true })
})

test('the server had admitted and the device refused: a linked row takes the admission back', async () => {
  const device = world.device()
  const { code } = world.sell()
  const scan = world.decided(code, 1, 9, { outcome: 'REJECTED' })
  const { outcome: _, ...online } = scan
  expect(await gates.scan(device, online)).toMatchObject({ __typename: 'ScanAdmitted' })
  expect(await world.counts()).toMatchObject({ admitted: 1, inside: 1 })
  const answer = await world.upload(device, [scan])
  expect(answer.results[0]).toMatchObject({ status: 'RECORDED', scan: { kind: 'NOT_ENTERED' } })
  expect(await world.counts()).toMatchObject({ admitted: 0, inside: 0 })
  expect(statuses(await world.upload(device, [scan]))).toEqual(['REPLAYED'])
  // The ticket is as it was before.
  expect(await gates.scan(device, { code, gateId: world.outer, deviceSeq: 2 })).toMatchObject({
    __typename: 'ScanAdmitted',
  })
})

test('one poisonous scan stands in nobody’s way, and is kept as it came', async () => {
  const device = world.device()
  const good = world.decided(world.sell().code, 1, 1)
  await world.upload(device, [good])
  const scans = [
    { ...good, direction: 'EXIT', deviceSeq: 2 },
    world.decided('x', 3, 1, { gateId: newId('gate') }),
    world.decided('', 4, 1),
    world.decided('x', 0, 1),
    world.decided(world.sell().code, 5, 1),
  ]
  const answer = await world.upload(device, scans)
  expect(statuses(answer)).toEqual(['INVALID', 'INVALID', 'INVALID', 'INVALID', 'RECORDED'])
  expect(answer.results.every(({ status, message }) => (status === 'INVALID') === (message !== null))).toBe(
    true,
  )
  // Their numbers are used up: they have their final answer.
  expect(answer).toMatchObject({ lastDeviceSeq: 5, missingCount: 0 })
  await world.upload(device, scans)
  const [kept] = await gates.service.database.query(
    'SELECT count(*)::int AS rows FROM invalid_uploads WHERE actor_id = $1',
    [device.id],
  )
  expect(kept).toEqual({ rows: 4 })
})

test('an unknown code that a device let in is a body all the same', async () => {
  const answer = await world.upload(world.device(), [world.decided('not a ticket', 1, 1)])
  expect(statuses(answer)).toEqual(['RECORDED UNKNOWN_CODE'])
  expect(await world.counts()).toMatchObject({ admitted: 0, inside: 1 })
})

test('a device’s refusal is recorded as one, with its own reason or the server’s', async () => {
  const device = world.device()
  const refused = { outcome: 'REJECTED' }
  const answer = await world.upload(device, [
    world.decided(world.sell().code, 1, 1, { ...refused, reason: 'ZONE_FULL' }),
    world.decided('nonsense', 2, 1, refused),
    world.decided(world.sell().code, 3, 1, refused),
  ])
  expect(statuses(answer)).toEqual(['RECORDED', 'RECORDED', 'RECORDED'])
  const rows = await gates.service.database.query(
    'SELECT outcome, reason FROM ledger WHERE device_id = $1 ORDER BY device_seq',
    [device.id],
  )
  expect(rows).toEqual([
    { outcome: 'REJECTED', reason: 'ZONE_FULL' },
    { outcome: 'REJECTED', reason: 'UNKNOWN_CODE' },
    { outcome: 'REJECTED', reason: 'DECIDED_OFFLINE' },
  ])
  expect(await world.counts()).toMatchObject({ admitted: 0, inside: 0 })
})

test('a time is corrected by the clock’s error when it was sent, never beyond the receipt', async () => {
  const device = world.device()
  const hourMs = 3_600_000
  const fast = new Date(Date.now() + hourMs)
  await world.upload(
    device,
    [
      world.decided(world.sell().code, 1, 0, { scannedAt: new Date(fast.getTime() - 60_000).toISOString() }),
      world.decided(world.sell().code, 2, 0, { scannedAt: new Date(fast.getTime() + 60_000).toISOString() }),
    ],
    { sentAt: fast.toISOString() },
  )
  const rows = await gates.service.database.query<{ behind: number; clock_suspect: boolean }>(
    `SELECT round(extract(epoch FROM recorded_at - effective_at))::int AS behind, clock_suspect FROM ledger
     WHERE device_id = $1 ORDER BY device_seq`,
    [device.id],
  )
  expect(rows).toEqual([
    { behind: 60, clock_suspect: true },
    { behind: 0, clock_suspect: true },
  ])
})

test('a batch of no scans, or of more than 500, is one clear error', async () => {
  const device = world.device()
  const scan = world.decided('x', 1, 1)
  for (const scans of [[], Array(501).fill(scan)]) {
    const input = { batchId: 'b', sentAt: new Date().toISOString(), scans }
    const query =
      'mutation ($input: UploadScanBatchInput!) { uploadScanBatch(input: $input) { lastDeviceSeq } }'
    const { errors } = await gates.run(device, query, { input })
    expect(errors?.[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT', fields: [{ path: 'scans' }] } })
  }
})

// Where a body is follows from the times of its movements, not from when they were heard of.
test('in whatever order and grouping movements are uploaded, every body is where its last one led it', async () => {
  const moves = [
    { at: 1, gateId: world.outer, direction: 'ENTRY' },
    { at: 2, gateId: world.inner, direction: 'ENTRY' },
    { at: 3, gateId: world.inner, direction: 'EXIT' },
    { at: 4, gateId: world.outer, direction: 'EXIT' },
    { at: 5, gateId: world.outer, direction: 'ENTRY' },
    { at: 6, gateId: world.inner, direction: 'ENTRY' },
  ]
  const orders = permutations(moves.length).filter((_, index) => index % 29 === 0)
  for (const [length, hall, lounge] of [
    [6, 1, 1],
    [5, 1, 0],
    [4, 0, 0],
    [3, 1, 0],
    [2, 1, 1],
  ] as const) {
    const before = await world.counts()
    const insideBefore = {
      hall: await world.insideOf(world.hall.id),
      lounge: await world.insideOf(world.lounge.id),
    }
    let bodies = 0
    for (const order of orders) {
      const { code } = world.sell()
      const devices = [world.device(), world.device()]
      const chosen = order.filter((index) => index < length)
      for (const [position, index] of chosen.entries()) {
        const { at, ...move } = moves[index] ?? { at: 0 }
        const scan = world.decided(code, Math.floor(position / 2) + 1, at, move)
        await world.upload(devices[position % 2] ?? world.device(), [scan])
      }
      bodies += 1
    }
    const after = await world.counts()
    expect([length, after.inside - before.inside]).toEqual([length, hall * bodies])
    expect([length, (await world.insideOf(world.hall.id)) - insideBefore.hall]).toEqual([
      length,
      hall * bodies,
    ])
    expect([length, (await world.insideOf(world.lounge.id)) - insideBefore.lounge]).toEqual([
      length,
      lounge * bodies,
    ])
    expect(after.admitted - before.admitted).toBe(bodies)
  }
}, 120_000)

function permutations(length: number): number[][] {
  if (length === 0) return [[]]
  return permutations(length - 1).flatMap((shorter) =>
    Array.from({ length }, (_, at) => [...shorter.slice(0, at), length - 1, ...shorter.slice(at)]),
  )
}
