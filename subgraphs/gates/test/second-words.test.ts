import type { Viewer } from '@headcount/access'
import { newId } from '@headcount/ids'
import { fieldOf } from '@headcount/service/testing'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { offlineWorld } from './offline.ts'
import { zone } from './other-services.ts'
import { expectAgreement } from './recompute.ts'
import { person, scanner, startGates } from './start-gates.ts'

let gates: Awaited<ReturnType<typeof startGates>>
let world: Awaited<ReturnType<typeof offlineWorld>>
beforeAll(async () => {
  gates = await startGates({ processes: 2 })
})
afterAll(() => gates.stop())
beforeEach(async () => {
  world = await offlineWorld(gates)
})
// Whatever was done: all counts follow from the rows.
afterEach(() => expectAgreement(gates.service.database, world.event.id))

interface Entry {
  readonly kind: string
  readonly reason: string | null
  readonly ledgerSeq: number
  readonly actor: { kind: string; id: string }
}
interface Answer {
  readonly __typename: string
  readonly id: string
  readonly scanId: string
  readonly outcome: string
  readonly message: string
  readonly undo: Entry | null
  readonly fields: { path: string }[]
}

const entry = 'kind reason ledgerSeq actor { kind id }'
const document = `mutation ($input: UndoScanInput!) { undoScan(input: $input) { __typename
  ... on Scan { id scanId outcome undo { ${entry} } }
  ... on ValidationError { fields { path } } ... on Problem { message } } }`

let calls = 0
/** Takes back; the processes take turns. */
async function undo(scanId: string, more: object = {}, viewer: Viewer = gates.supervisor): Promise<Answer> {
  calls += 1
  const input = { scanId, reason: 'wrong person', idempotencyKey: `key-${calls}`, ...more }
  const service = gates.services[calls % 2] ?? gates.service
  const request = { query: document, variables: { input }, viewer, requestId: 'test' }
  return fieldOf(await service.execute(request), 'undoScan')
}

/** Scans by hand; answers the client's scanId with the answer. */
async function scan(code: string, more: object = {}) {
  const scanId = newId('scan')
  const answer = await gates.scan(gates.supervisor, { scanId, code, gateId: world.outer, ...more })
  return { ...answer, scanId }
}
const exit = { direction: 'EXIT' }

async function credential(id: string) {
  const query = `{ _entities(representations: [{ __typename: "Credential", id: "${id}" }]) {
    ... on Credential { inside firstAdmission { at gate { id } } } } }`
  const [found] = fieldOf<unknown[]>(await gates.run(gates.supervisor, query), '_entities')
  return found
}

async function undoRows(): Promise<number> {
  const [row] = await gates.service.database.query<{ rows: number }>(
    `SELECT count(*)::int AS rows FROM ledger WHERE event_id = $1 AND kind = 'UNDO'`,
    [world.event.id],
  )
  return row?.rows ?? 0
}

test('an admission that is taken back is as if it had never been, by the scan’s id and by the client’s', async () => {
  for (const name of ['id', 'scanId'] as const) {
    const { code, entity } = world.sell()
    const admitted = await scan(code)
    expect(await world.counts()).toMatchObject({ admitted: 1, inside: 1 })
    const answer = await undo(name === 'id' ? admitted.scan.id : admitted.scanId)
    expect(answer).toMatchObject({ __typename: 'Scan', id: admitted.scan.id, scanId: admitted.scanId })
    expect(await world.counts()).toMatchObject({ admitted: 0, inside: 0 })
    expect(await credential(entity.id)).toEqual({ inside: false, firstAdmission: null })
    // It may enter again, and is then admitted for the first time.
    const again = await scan(code)
    expect(again.__typename).toBe('ScanAdmitted')
    expect(await world.counts()).toMatchObject({ admitted: 1, inside: 1 })
    await undo(again.scanId)
  }
})

test('an exit that is taken back puts the body where it was', async () => {
  const { code } = world.sell()
  await scan(code)
  await scan(code, { gateId: world.inner })
  const left = await scan(code, exit)
  expect(await world.insideOf(world.lounge.id)).toBe(0)
  await undo(left.scanId)
  expect(await world.insideOf(world.lounge.id)).toBe(1)
  expect(await world.counts()).toMatchObject({ admitted: 1, inside: 1 })
  expect(await scan(code)).toMatchObject({ reason: 'ALREADY_INSIDE' })
})

test('the first admission falls to the next one, and to none where none is left', async () => {
  const { code, entity } = world.sell()
  const side = await gates.gate(world.event.id, { zoneToId: world.hall.id })
  const first = await scan(code)
  await scan(code, exit)
  const second = await scan(code, { gateId: side })
  expect(await credential(entity.id)).toMatchObject({ firstAdmission: { gate: { id: world.outer } } })
  await undo(first.scanId)
  expect(await world.counts()).toMatchObject({ admitted: 1, inside: 1 })
  expect(await credential(entity.id)).toEqual({
    inside: true,
    firstAdmission: { gate: { id: side }, at: second.scan.receivedAt },
  })
  expect(await scan(code)).toMatchObject({ firstAdmission: { gate: { id: side } } })
  await undo(second.scanId)
  expect(await world.counts()).toMatchObject({ admitted: 0, inside: 0 })
  expect(await credential(entity.id)).toEqual({ inside: false, firstAdmission: null })
})

test('an entry in the middle that is taken back moves the body to where the others lead it', async () => {
  const { code } = world.sell()
  await scan(code)
  const inner = await scan(code, { gateId: world.inner })
  await undo(inner.scanId)
  expect([await world.insideOf(world.hall.id), await world.insideOf(world.lounge.id)]).toEqual([1, 0])
})

test('the same key with the same input answers the same and does nothing; with another it is a conflict', async () => {
  const [one, two] = [await scan(world.sell().code), await scan(world.sell().code)]
  const idempotencyKey = newId('message')
  const first = await undo(one.scanId, { idempotencyKey })
  const before = await world.counts()
  expect(await undo(one.scanId, { idempotencyKey })).toEqual(first)
  expect((await undo(two.scanId, { idempotencyKey })).__typename).toBe('IdempotencyConflict')
  const otherReason = await undo(one.scanId, { idempotencyKey, reason: 'another' })
  expect(otherReason.__typename).toBe('IdempotencyConflict')
  expect({ ...(await world.counts()), rows: await undoRows() }).toEqual({ ...before, rows: 1 })
  // A key is one person's: another may have the same.
  const colleague = { ...gates.supervisor, id: 'usr_2' }
  expect((await undo(two.scanId, { idempotencyKey }, colleague)).__typename).toBe('Scan')
})

test('of many at once with one key one takes back, and all have its answer', async () => {
  const { scanId } = await scan(world.sell().code)
  const idempotencyKey = newId('message')
  const answers = await Promise.all(Array.from({ length: 8 }, () => undo(scanId, { idempotencyKey })))
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
  expect(answers[0]).toMatchObject({ __typename: 'Scan', undo: { kind: 'UNDO' } })
  expect(await undoRows()).toBe(1)
  expect(await world.counts()).toMatchObject({ admitted: 0, inside: 0 })
})

test('of two inputs at once under one key one is done, at one event and at two', async () => {
  const otherEvent = gates.others.addEvent(gates.organizationId, { zones: [zone()] })
  const gateId = await gates.gate(otherEvent.id)
  const elsewhere = gates.others.sell(gates.organizationId, otherEvent)
  for (const other of [await scan(world.sell().code), await scan(elsewhere.code, { gateId })]) {
    const idempotencyKey = newId('message')
    const both = [await scan(world.sell().code), other]
    const answers = await Promise.all(both.map(({ scanId }) => undo(scanId, { idempotencyKey })))
    expect(answers.map(({ __typename }) => __typename).sort()).toEqual(['IdempotencyConflict', 'Scan'])
  }
  await expectAgreement(gates.service.database, otherEvent.id)
})

test('what let nobody through cannot be taken back, and an admission only once', async () => {
  const admitted = await scan(world.sell().code)
  const refused = await scan('nonsense')
  expect(await undo(refused.scanId)).toMatchObject({
    __typename: 'Conflict',
    message: expect.stringContaining('nobody'),
  })
  const both = await Promise.all([undo(admitted.scanId), undo(admitted.scanId)])
  expect(both.map(({ __typename }) => __typename).sort()).toEqual(['Conflict', 'Scan'])
  expect(await undo(admitted.scanId)).toMatchObject({ message: 'This admission was taken back already.' })
  expect(await undoRows()).toBe(1)
})

test('what is not there, or another tenant’s, is not found; a right that is lacking is said', async () => {
  const { scanId, scan: row } = await scan(world.sell().code)
  const stranger = person(newId('organization'), ['GATE_SUPERVISOR'])
  for (const [name, viewer] of [
    ['nothing', gates.supervisor],
    [`scn_${'x'.repeat(30)}_1`, gates.supervisor],
    [scanId, stranger],
    [row.id, stranger],
  ] as const) {
    expect((await undo(name, {}, viewer)).__typename).toBe('NotFound')
  }
  const device = scanner(gates.organizationId, world.event.id, 'dev_x')
  await expect(undo(scanId, {}, device)).rejects.toThrow('FORBIDDEN')
  for (const [path, more] of [
    ['reason', { reason: '' }],
    ['reason', { reason: 'x'.repeat(501) }],
    ['idempotencyKey', { idempotencyKey: '' }],
  ] as const) {
    expect((await undo(scanId, more)).fields.map((field) => field.path)).toEqual([path])
  }
  expect(await undoRows()).toBe(0)
})

test('who took back and why stands in the ledger and with the scan', async () => {
  const admitted = await scan(world.sell().code)
  await undo(admitted.scanId, { reason: ' wrong band ' })
  const query = `query ($eventId: ID!) {
    ledger(eventId: $eventId, kinds: [UNDO]) { edges { node { ${entry} recordedAt gate { id } scan { kind of { id } } } } }
    scans(eventId: $eventId) { edges { node { id undo { ${entry} } } } } }`
  const { data } = await gates.run(gates.supervisor, query, { eventId: world.event.id })
  const row = { kind: 'UNDO', reason: 'wrong band', actor: { kind: 'USER', id: 'usr_1' } }
  expect(data).toMatchObject({
    ledger: {
      edges: [
        { node: { ...row, gate: { id: world.outer }, scan: { kind: 'UNDO', of: { id: admitted.scan.id } } } },
      ],
    },
    scans: { edges: [{ node: { id: admitted.scan.id, undo: row } }] },
  })
})

test('one document that scans, takes back and shows both times what stands sees each as it is then', async () => {
  const query = `mutation ($scan: RecordScanInput!, $undo: UndoScanInput!) {
    recordScan(input: $scan) { ... on ScanAdmitted { scan { undo { kind } } } }
    undoScan(input: $undo) { ... on Scan { undo { kind } } } }`
  const scannedAt = new Date().toISOString()
  const { data } = await gates.run(gates.supervisor, query, {
    scan: { scanId: 'both', code: world.sell().code, gateId: world.outer, direction: 'ENTRY', scannedAt },
    undo: { scanId: 'both', reason: 'r', idempotencyKey: newId('message') },
  })
  expect(data).toEqual({ recordScan: { scan: { undo: null } }, undoScan: { undo: { kind: 'UNDO' } } })
})

test('a retry of a scan that was taken back has the first answer', async () => {
  const { code } = world.sell()
  const { scanId } = await scan(code)
  await undo(scanId)
  expect(await gates.scan(gates.supervisor, { scanId, code, gateId: world.outer })).toMatchObject({
    __typename: 'ScanAdmitted',
    replayed: true,
  })
  expect(await world.counts()).toMatchObject({ inside: 0 })
})

test('what a device let in is taken back as well: a double, and a code that names nobody', async () => {
  const { code } = world.sell()
  const [one, two] = [world.device(), world.device()]
  await world.upload(one, [world.decided(code, 1, 1)])
  const double = world.decided(code, 1, 2)
  const unknown = world.decided('not a ticket', 2, 3)
  await world.upload(two, [double, unknown])
  expect(await world.counts()).toMatchObject({ admitted: 1, inside: 3 })
  await undo(double.scanId)
  expect(await world.counts()).toMatchObject({ admitted: 1, inside: 2 })
  await undo(unknown.scanId)
  expect(await world.counts()).toMatchObject({ admitted: 1, inside: 1 })
})

test('a quarantined upload that is dismissed counts nowhere', async () => {
  const device = world.device()
  await world.upload(device, [world.decided(world.sell().code, 1, 1)])
  const second = world.decided(world.sell().code, 1, 2)
  await world.upload(device, [second])
  expect(await undo(second.scanId)).toMatchObject({ message: expect.stringContaining('quarantined') })
  const before = await expectAgreement(gates.service.database, world.event.id)
  const settle = `mutation ($input: SettleQuarantineInput!) { settleQuarantine(input: $input) { __typename } }`
  const input = { scanId: second.scanId, decision: 'DISMISS', reason: 'no' }
  await gates.run(gates.supervisor, settle, { input })
  expect(await expectAgreement(gates.service.database, world.event.id)).toEqual({
    ...before,
    seq: before.seq + 1,
  })
})
