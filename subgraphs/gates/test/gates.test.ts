import { newId } from '@headcount/ids'
import { fieldOf } from '@headcount/service/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ticketType, zone } from './other-services.ts'
import { person, scanner, soon, startGates } from './start-gates.ts'

let gates: Awaited<ReturnType<typeof startGates>>
beforeAll(async () => {
  gates = await startGates()
})
afterAll(() => gates.stop())

interface Answer {
  __typename: string
  id: string
  name: string
  status: string
  fields: { path: string }[]
  devices: { id: string; gates: { id: string }[] }[]
}

const setStatus = `mutation ($input: SetGateStatusInput!) { setGateStatus(input: $input) { __typename
  ... on Gate { id status } ... on ValidationError { fields { path } } ... on Problem { message } } }`
const assign = `mutation ($input: AssignDevicesInput!) { assignDevices(input: $input) { __typename
  ... on AssignedDevices { devices { id gates { id } } } ... on ValidationError { fields { path message } } } }`

async function change(
  name: string,
  document: string,
  input: object,
  viewer = gates.supervisor,
): Promise<Answer> {
  return fieldOf(await gates.run(viewer, document, { input }), name)
}
const upsert = (input: object, viewer?: typeof gates.supervisor) =>
  change('upsertGate', gates.upsertGate, input, viewer)

async function seqOf(eventId: string): Promise<number> {
  const answer = await gates.run(gates.supervisor, `{ occupancy(eventId: "${eventId}") { seq } }`)
  return fieldOf<{ seq: number }>(answer, 'occupancy').seq
}

test('a gate is made by its name, changed by name or id, and takes a number only where something changed', async () => {
  const { others, organizationId, published } = gates
  const hall = zone()
  const event = others.addEvent(organizationId, { zones: [hall] })
  const first = await upsert({ eventId: event.id, name: 'North', zoneToId: hall.id })
  expect(first).toMatchObject({ __typename: 'Gate', status: 'OPEN_BOTH' })
  const seq = await seqOf(event.id)
  expect(await upsert({ eventId: event.id, name: ' North ', zoneToId: hall.id })).toMatchObject({
    id: first.id,
  })
  expect(await seqOf(event.id)).toBe(seq)
  expect(await upsert({ eventId: event.id, id: first.id, name: 'South', zoneToId: hall.id })).toMatchObject({
    ...{ id: first.id, name: 'South' },
  })
  expect(await seqOf(event.id)).toBe(seq + 1)
  await soon(() => {
    const told = published.filter(
      ({ subject }) => subject === `org.${organizationId}.event.${event.id}.gate.changed`,
    )
    expect(told.map(({ payload }) => payload)).toEqual([
      expect.objectContaining({ id: first.id, name: 'North', version: 1 }),
      expect.objectContaining({ id: first.id, name: 'South', status: 'OPEN_BOTH', lanes: 1, version: 2 }),
    ])
  })
})

test('two makings of one name at once make one gate', async () => {
  const event = gates.others.addEvent(gates.organizationId)
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => upsert({ eventId: event.id, name: 'One' })),
  )
  expect(new Set(answers.map((answer) => answer.id)).size).toBe(1)
})

test.each([
  ['name', { name: '' }],
  ['name', { name: 'x'.repeat(101) }],
  ['lanes', { lanes: 0 }],
  ['lanes', { lanes: 1001 }],
  ['zoneToId', { zoneToId: 'zon_nowhere' }],
  ['zoneFromId', { zoneFromId: 'zon_nowhere' }],
  ['ticketTypeIds', { ticketTypeIds: ['typ_nowhere'] }],
])('refuses a gate with a bad %s (%o)', async (path, more) => {
  const event = gates.others.addEvent(gates.organizationId)
  const answer = await upsert({ eventId: event.id, name: 'Gate', ...more })
  expect(answer).toMatchObject({ __typename: 'ValidationError', fields: [{ path }] })
})

test('another gate’s name is a Conflict; an unknown or foreign gate or event is NotFound', async () => {
  const { others, organizationId } = gates
  const event = others.addEvent(organizationId)
  const [one] = [
    await upsert({ eventId: event.id, name: 'One' }),
    await upsert({ eventId: event.id, name: 'Two' }),
  ]
  const conflict = await upsert({ eventId: event.id, id: one.id, name: 'Two' })
  expect(conflict.__typename).toBe('Conflict')
  const stranger = person(newId('organization'), ['ADMIN'])
  for (const [input, viewer] of [
    [{ eventId: 'evt_nowhere', name: 'A' }, gates.supervisor],
    [{ eventId: event.id, id: 'gat_nowhere', name: 'A' }, gates.supervisor],
    [{ eventId: event.id, name: 'One' }, stranger],
  ] as const) {
    expect((await upsert(input, viewer)).__typename).toBe('NotFound')
  }
  const status = await change('setGateStatus', setStatus, { gateId: one.id, status: 'CLOSED' }, stranger)
  expect(status.__typename).toBe('NotFound')
})

test('a new state of a gate holds for the next scan, stands in the ledger with its reason, and is told live', async () => {
  const { others, organizationId, gate, scan, supervisor, topics, service } = gates
  const event = others.addEvent(organizationId)
  const gateId = await gate(event.id)
  const told: { seq: number; data?: unknown }[] = []
  await topics.subscribe(`org:${organizationId}:event:${event.id}:occupancy`, (message) => told.push(message))
  const { code } = others.sell(organizationId, event)
  const before = await seqOf(event.id)
  const closed = await change('setGateStatus', setStatus, { gateId, status: 'CLOSED', reason: 'rain' })
  expect(closed).toMatchObject({ status: 'CLOSED' })
  await change('setGateStatus', setStatus, { gateId, status: 'CLOSED' })
  expect(await seqOf(event.id)).toBe(before + 1)
  expect(await scan(supervisor, { code, gateId })).toMatchObject({
    reason: 'GATE_CLOSED',
    overridable: false,
  })
  const [row] = await service.database.query(
    `SELECT * FROM ledger WHERE event_id = $1 AND kind = 'GATE_STATUS'`,
    [event.id],
  )
  expect(row).toMatchObject({
    ...{ ledger_seq: before + 1, actor_id: 'usr_1', gate_id: gateId },
    detail: { from: 'OPEN_BOTH', to: 'CLOSED', reason: 'rain' },
  })
  await soon(() =>
    expect(told.findLast((message) => message.data)).toMatchObject({
      seq: before + 2,
      data: { gates: [{ gate: { status: 'CLOSED' } }] },
    }),
  )
})

test('devices are assigned to gates in place of their enrolment, known here or not, within one event', async () => {
  const { others, organizationId, gate, scan, bus } = gates
  const event = others.addEvent(organizationId, { ticketTypes: [ticketType()] })
  const [one, two] = [await gate(event.id), await gate(event.id)]
  const deviceId = others.addDevice(organizationId, event.id, [one])
  const assigned = await change('assignDevices', assign, { deviceIds: [deviceId], gateIds: [two] })
  expect(assigned.devices).toEqual([{ id: deviceId, gates: [{ id: two }] }])
  const device = scanner(organizationId, event.id, deviceId)
  const { code } = others.sell(organizationId, event)
  expect(await scan(device, { code, gateId: one, deviceSeq: 1 })).toMatchObject({
    reason: 'DEVICE_NOT_ASSIGNED',
  })
  // What auth says later of its enrolment does not undo it.
  const payload = {
    id: deviceId,
    eventId: event.id,
    name: 'New name',
    gateIds: [one],
    status: 'ACTIVE',
    version: 2,
  }
  const subject = `org.${organizationId}.event.${event.id}.device.changed`
  await bus.publish('auth', {
    id: newId('message'),
    subject,
    organizationId,
    payload,
    occurredAt: new Date().toISOString(),
  })
  expect(await scan(device, { code, gateId: two, deviceSeq: 2 })).toMatchObject({
    __typename: 'ScanAdmitted',
  })
  const elsewhere = await gate(others.addEvent(organizationId).id)
  for (const [path, input] of [
    ['gateIds', { deviceIds: [deviceId], gateIds: [one, elsewhere] }],
    ['gateIds', { deviceIds: [deviceId], gateIds: ['gat_nowhere'] }],
    ['deviceIds', { deviceIds: [deviceId], gateIds: [elsewhere] }],
    ['deviceIds', { deviceIds: ['dev_nowhere'], gateIds: [one] }],
    ['deviceIds', { deviceIds: [], gateIds: [one] }],
  ] as const) {
    const refused = await change('assignDevices', assign, input)
    expect(refused.__typename).toBe('ValidationError')
    expect(refused.fields.map((field) => field.path)).toContain(path)
  }
})

test('a device and an analyst change no gate', async () => {
  const { others, organizationId, run, upsertGate } = gates
  const event = others.addEvent(organizationId)
  for (const viewer of [scanner(organizationId, event.id, 'dev_x'), person(organizationId, ['ANALYST'])]) {
    const answer = await run(viewer, upsertGate, { input: { eventId: event.id, name: 'Mine' } })
    expect(answer.errors?.[0]?.extensions.code).toBe('FORBIDDEN')
  }
})
