import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { newId } from '@headcount/ids'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ticketType, zone } from './other-services.ts'
import { person, recordScan, type ScanAnswer, scanner, startGates } from './start-gates.ts'

let gates: Awaited<ReturnType<typeof startGates>>
beforeAll(async () => {
  gates = await startGates()
})
afterAll(() => gates.stop())

async function openGate(more: object = {}) {
  const { others, organizationId, gate } = gates
  const event = others.addEvent(organizationId, more)
  return { event, gateId: await gate(event.id) }
}

async function rowOf(scanId: string) {
  const [row] = await gates.service.database.query('SELECT * FROM ledger WHERE scan_id = $1', [scanId])
  return row
}

test('what is no code, or a foreign tenant’s code, is unknown; and nobody is asked for it', async () => {
  const { others, scan, supervisor } = gates
  const { gateId } = await openGate()
  const foreign = newId('organization')
  const elsewhere = others.addEvent(foreign)
  const before = others.questions.length
  for (const code of ['nonsense', 'HC1.a.b.c', '\u0000', others.sell(foreign, elsewhere).code]) {
    expect(await scan(supervisor, { code, gateId })).toMatchObject({
      reason: 'UNKNOWN_CODE',
      overridable: false,
    })
  }
  expect(others.questions).toHaveLength(before)
})

test('a code with a wrong signature, or of a key that is not the tenant’s, is BAD_SIGNATURE', async () => {
  const { others, organizationId, scan, supervisor } = gates
  const { event, gateId } = await openGate()
  const { code } = others.sell(organizationId, event)
  const [head, signature = ''] = [code.slice(0, code.lastIndexOf('.')), code.slice(code.lastIndexOf('.') + 1)]
  const forged = `${head}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`
  expect(await scan(supervisor, { code: forged, gateId })).toMatchObject({ reason: 'BAD_SIGNATURE' })
  const parts = code.split('.')
  const otherKey = [parts[0], newId('key'), ...parts.slice(2)].join('.')
  expect(await scan(supervisor, { code: otherKey, gateId })).toMatchObject({ reason: 'BAD_SIGNATURE' })
})

test('a genuine code of another event of the tenant is WRONG_EVENT, known here or not', async () => {
  const { others, organizationId, scan, supervisor } = gates
  const { gateId } = await openGate()
  const other = await openGate()
  const { code } = others.sell(organizationId, other.event)
  expect(await scan(supervisor, { code, gateId })).toMatchObject({ reason: 'WRONG_EVENT' })
  expect(await scan(supervisor, { code, gateId: other.gateId })).toMatchObject({ __typename: 'ScanAdmitted' })
  expect(await scan(supervisor, { code, gateId })).toMatchObject({ reason: 'WRONG_EVENT' })
})

test('the old code of a ticket that was issued anew is REVOKED, and the new one good', async () => {
  const { others, organizationId, scan, supervisor } = gates
  const { event, gateId } = await openGate()
  const { entity, code } = others.sell(organizationId, event)
  const old = others.codeOf(organizationId, event.id, entity.id, 7)
  expect(await scan(supervisor, { code: old, gateId })).toMatchObject({
    reason: 'REVOKED',
    overridable: false,
  })
  expect(await scan(supervisor, { code, gateId })).toMatchObject({ __typename: 'ScanAdmitted' })
})

test('a genuine code for a ticket that participants does not know is unknown', async () => {
  const { others, organizationId, scan, supervisor } = gates
  const { event, gateId } = await openGate()
  const code = others.codeOf(organizationId, event.id, newId('ticket'))
  expect(await scan(supervisor, { code, gateId })).toMatchObject({ reason: 'UNKNOWN_CODE' })
})

test('a wrong gate or zone names the gates that are right, and a wrong time the time', async () => {
  const { others, organizationId, gate, scan, supervisor } = gates
  const [hall, lounge] = [zone(), zone()]
  const later = '2099-01-01T00:00:00.000Z'
  const types = [
    ticketType({ zones: [{ id: hall.id }] }),
    ticketType({ name: 'Early', validFrom: later }),
    ticketType({ name: 'Late', validUntil: '2020-01-01T00:00:00.000Z' }),
  ] as const
  const event = others.addEvent(organizationId, { zones: [hall, lounge], ticketTypes: [...types] })
  const good = await gate(event.id, { zoneToId: hall.id })
  const staff = await gate(event.id, { zoneToId: hall.id, ticketTypeIds: [types[1].id] })
  const wrongZone = await gate(event.id, { zoneToId: lounge.id })
  const ticket = (n: 0 | 1 | 2) =>
    others.sell(organizationId, event, { ticketType: { id: types[n].id } }).code
  const right = { validGates: [{ id: good }], overridable: true }
  expect(await scan(supervisor, { code: ticket(0), gateId: staff })).toMatchObject({
    reason: 'WRONG_GATE',
    ...right,
  })
  expect(await scan(supervisor, { code: ticket(0), gateId: wrongZone })).toMatchObject({
    reason: 'WRONG_ZONE',
    ...right,
  })
  expect(await scan(supervisor, { code: ticket(1), gateId: good })).toMatchObject({
    reason: 'TOO_EARLY',
    validFrom: later,
  })
  expect(await scan(supervisor, { code: ticket(2), gateId: good })).toMatchObject({
    ...{ reason: 'TOO_LATE', validUntil: '2020-01-01T00:00:00.000Z' },
    message: expect.stringContaining('1 Jan 2020'),
  })
})

test('an override needs its scope, is kept with its reason and its actor, and is no answer to a foreign code', async () => {
  const { others, organizationId, scan, supervisor, service } = gates
  const { event, gateId } = await openGate()
  const { code } = others.sell(organizationId, event, { status: 'PENDING' })
  const device = scanner(organizationId, event.id, others.addDevice(organizationId, event.id, [gateId]))
  const override = { reason: 'paid in cash' }
  const refused = await scan(device, { code, gateId, deviceSeq: 1, override })
  expect(refused.__typename).toBe('Forbidden')
  const scanId = newId('scan')
  const answer = await scan(supervisor, { code, gateId, override, scanId })
  expect(answer).toMatchObject({ __typename: 'ScanAdmitted', scan: { overrideReason: 'paid in cash' } })
  expect(await rowOf(scanId)).toMatchObject({
    ...{ actor_kind: 'user', actor_id: 'usr_1', override_reason: 'paid in cash' },
    detail: { overridden: ['NOT_PAID'] },
  })
  expect(await scan(supervisor, { code: 'nonsense', gateId, override })).toMatchObject({
    reason: 'UNKNOWN_CODE',
  })
  const rows = await service.database.query(`SELECT FROM ledger WHERE event_id = $1 AND kind = 'SCAN'`, [
    event.id,
  ])
  expect(rows).toHaveLength(2)
})

test('a device scans at its own gates of its own event, with a number; what it does elsewhere is a row as well', async () => {
  const { others, organizationId, gate, scan } = gates
  const { event, gateId } = await openGate()
  const second = await gate(event.id)
  const elsewhere = await openGate()
  const { code } = others.sell(organizationId, event)
  const id = others.addDevice(organizationId, event.id, [gateId])
  const device = scanner(organizationId, event.id, id)
  const notAssigned = { reason: 'DEVICE_NOT_ASSIGNED', overridable: false }
  expect(await scan(device, { code, gateId: second, deviceSeq: 1 })).toMatchObject(notAssigned)
  expect(await scan(device, { code, gateId: elsewhere.gateId, deviceSeq: 2 })).toMatchObject(notAssigned)
  expect(await scan(device, { code, gateId })).toMatchObject({ fields: [{ path: 'deviceSeq' }] })
  expect(await scan(device, { code, gateId, deviceSeq: 3 })).toMatchObject({ __typename: 'ScanAdmitted' })
  const unknown = scanner(organizationId, event.id, newId('device'))
  expect(await scan(unknown, { code, gateId, deviceSeq: 1 })).toMatchObject(notAssigned)
  const revoked = others.addDevice(organizationId, event.id, [gateId], { credentialStatus: 'REVOKED' })
  const answer = await scan(scanner(organizationId, event.id, revoked), { code, gateId, deviceSeq: 1 })
  expect(answer).toMatchObject({ reason: 'DEVICE_REVOKED' })
})

test('a number that the device had used is recorded all the same and logged', async () => {
  const { others, organizationId, scan, logged } = gates
  const { event, gateId } = await openGate()
  const device = scanner(organizationId, event.id, others.addDevice(organizationId, event.id, [gateId]))
  const code = others.sell(organizationId, event).code
  await scan(device, { code, gateId, deviceSeq: 5 })
  const again = await scan(device, { code, gateId, deviceSeq: 5 })
  expect(again).toMatchObject({ reason: 'ALREADY_INSIDE' })
  expect(logged).toContainEqual(
    expect.objectContaining({ message: 'a device used one number for two attempts' }),
  )
})

const good = { scanId: 's', code: 'c', direction: 'ENTRY', scannedAt: '2026-06-01T12:00:00Z' }
test.each([
  ['scanId', { scanId: '' }],
  ['scanId', { scanId: 'x'.repeat(101) }],
  ['scanId', { scanId: 'a\u0000b' }],
  ['code', { code: '' }],
  ['code', { code: 'x'.repeat(1025) }],
  ['deviceSeq', { deviceSeq: 1 }],
  ['override.reason', { override: { reason: ' ' } }],
  ['override.reason', { override: { reason: 'x'.repeat(501) } }],
  ['scannedAt', { scannedAt: '0000-01-01T00:00:00Z' }],
  ['gateId', { gateId: 'gat_nowhere' }],
])('refuses a bad %s (%o), names it and records nothing', async (path, more) => {
  const { supervisor, run, service } = gates
  const { event, gateId } = await openGate()
  const answer = await run(supervisor, recordScan, { input: { ...good, gateId, ...more } })
  expect(answer.data?.recordScan).toMatchObject({ __typename: 'ValidationError', fields: [{ path }] })
  expect(
    await service.database.query(`SELECT FROM ledger WHERE event_id = $1 AND kind = 'SCAN'`, [event.id]),
  ).toEqual([])
})

test('a foreign tenant’s gate does not exist, even when this process has just served it', async () => {
  const { others, organizationId, scan, supervisor } = gates
  const { event, gateId } = await openGate()
  const { code } = others.sell(organizationId, event)
  await scan(supervisor, { code, gateId })
  const stranger = person(newId('organization'), ['ADMIN'])
  const answer = await scan(stranger, { code, gateId })
  expect(answer).toMatchObject({ __typename: 'ValidationError', fields: [{ path: 'gateId' }] })
})

test('one scanId for two codes is an IdempotencyConflict, also at another event and at the same moment', async () => {
  const { others, organizationId, scan, supervisor } = gates
  const [one, two] = [await openGate(), await openGate()]
  for (let round = 0; round < 10; round++) {
    const scanId = newId('scan')
    const answers = await Promise.all(
      [one, two].map(({ event, gateId }) =>
        scan(supervisor, { code: others.sell(organizationId, event).code, gateId, scanId }),
      ),
    )
    expect(answers.map((answer) => answer.__typename).sort()).toEqual(['IdempotencyConflict', 'ScanAdmitted'])
  }
})

test('without the scope nothing is recorded, and without a token neither', async () => {
  const { organizationId, run } = gates
  const { gateId } = await openGate()
  const input = { ...good, gateId }
  const analyst = await run(person(organizationId, ['ANALYST']), recordScan, { input })
  expect(analyst.errors?.[0]?.extensions.code).toBe('FORBIDDEN')
  const nobody = await run(undefined, recordScan, { input })
  expect(nobody.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED')
})

test('a bad row fails alone: the others of its batch are decided', async () => {
  const { others, organizationId, scan, supervisor, service } = gates
  await service.database.query(`ALTER TABLE ledger ADD CONSTRAINT poison CHECK (scan_id <> 'poison')`)
  const { event, gateId } = await openGate()
  const codes = Array.from({ length: 20 }, () => others.sell(organizationId, event).code)
  const answers = await Promise.allSettled(
    codes.map((code, n) => scan(supervisor, { code, gateId, scanId: n === 11 ? 'poison' : newId('scan') })),
  )
  const failed = answers.flatMap((answer, n) => (answer.status === 'rejected' ? [n] : []))
  expect(failed).toEqual([11])
})

test('over HTTP a signed viewer scans, and a stranger does not', async () => {
  const { others, organizationId, supervisor, service, headers } = gates
  const { event, gateId } = await openGate()
  const { code } = others.sell(organizationId, event)
  const server = createServer((req, res) => void service.handle(req, res))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const send = (more: Record<string, string>) =>
    fetch(`http://127.0.0.1:${port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...more },
      body: JSON.stringify({
        query: recordScan,
        variables: { input: { ...good, code, gateId, scanId: newId('scan') } },
      }),
    }).then(
      (response) =>
        response.json() as Promise<{
          data?: { recordScan: ScanAnswer }
          errors?: { extensions: { code: string } }[]
        }>,
    )
  try {
    expect((await send({})).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED')
    expect((await send(headers(supervisor))).data?.recordScan.__typename).toBe('ScanAdmitted')
  } finally {
    server.close()
    server.closeAllConnections()
  }
})

test('beyond the queue’s length nothing is recorded, and the same attempt may come again', async () => {
  const small = await startGates({ scanQueue: 3, scanBatch: 1 })
  try {
    const { others, organizationId, gate, scan, supervisor, service } = small
    const event = others.addEvent(organizationId)
    const gateId = await gate(event.id)
    const codes = Array.from({ length: 20 }, () => others.sell(organizationId, event).code)
    const inputs = codes.map((code) => ({ code, gateId, scanId: newId('scan') }))
    const answers = await Promise.all(inputs.map((input) => scan(supervisor, input)))
    const late = answers.filter((answer) => answer.__typename === 'RetryLater')
    expect(late.length).toBeGreaterThan(0)
    const rows = () => service.database.query(`SELECT FROM ledger WHERE kind = 'SCAN'`)
    expect(await rows()).toHaveLength(20 - late.length)
    for (const input of inputs)
      expect(await scan(supervisor, input)).toMatchObject({ __typename: 'ScanAdmitted' })
    expect(await rows()).toHaveLength(20)
  } finally {
    await small.stop()
  }
})
