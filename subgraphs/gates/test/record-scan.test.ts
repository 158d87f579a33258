import { newId } from '@headcount/ids'
import { fieldOf } from '@headcount/service/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { zone } from './other-services.ts'
import { scanner, soon, startGates } from './start-gates.ts'

let gates: Awaited<ReturnType<typeof startGates>>
beforeAll(async () => {
  gates = await startGates()
})
afterAll(() => gates.stop())

const occupancy = `query ($eventId: ID!) { occupancy(eventId: $eventId) { seq admitted inside reset event { id name }
  zones { zone { id name capacity enforcement } inside } gates { gate { id name status } entries exits rejected entriesPerMinute } } }`

// Some 2,000 transactions: the limit is for a machine that does other things as well.
test('create event, gate, enrol, register, scan: with no pause and no message heard, 200 times without refusal', async () => {
  const { others, organizationId, gate, scan } = gates
  for (let round = 0; round < 200; round++) {
    const hall = zone()
    const event = others.addEvent(organizationId, { zones: [hall], status: 'DRAFT' })
    const gateId = await gate(event.id, { zoneToId: hall.id })
    // Opened after gates had asked for the event: what it keeps is out of date.
    Object.assign(event, { status: 'DOORS_OPEN', version: 3 })
    const device = scanner(organizationId, event.id, others.addDevice(organizationId, event.id, [gateId]))
    const { code, entity } = others.sell(organizationId, event)
    const answer = await scan(device, { code, gateId, deviceSeq: 1 })
    expect(answer).toMatchObject({
      __typename: 'ScanAdmitted',
      credentialId: entity.id,
      ticketTypeName: 'General',
      replayed: false,
    })
  }
}, 120_000)

test('an admission reaches the occupancy, the bus and the live topic', async () => {
  const { others, organizationId, supervisor, gate, scan, run, published, topics } = gates
  const hall = zone({ name: 'Hall', capacity: 10 })
  const event = others.addEvent(organizationId, { zones: [hall] })
  const gateId = await gate(event.id, { name: 'North', zoneToId: hall.id })
  const { code, entity } = others.sell(organizationId, event)
  const told: { data?: unknown }[] = []
  await topics.subscribe(`org:${organizationId}:event:${event.id}:occupancy`, (message) => told.push(message))
  const answer = await scan(supervisor, { code, gateId })
  const snapshot = fieldOf<object>(await run(supervisor, occupancy, { eventId: event.id }), 'occupancy')
  expect(snapshot).toEqual({
    ...{ seq: answer.scan.ledgerSeq, admitted: 1, inside: 1, reset: false },
    event: { id: event.id, name: 'Night' },
    zones: [{ zone: { id: hall.id, name: 'Hall', capacity: 10, enforcement: 'SOFT' }, inside: 1 }],
    gates: [
      {
        gate: { id: gateId, name: 'North', status: 'OPEN_BOTH' },
        ...{ entries: 1, exits: 0, rejected: 0, entriesPerMinute: 1 },
      },
    ],
  })
  await soon(() => expect(told.findLast((message) => message.data)).toMatchObject({ data: snapshot }))
  await soon(() => {
    const message = published.find(
      ({ subject }) => subject === `org.${organizationId}.event.${event.id}.scan.recorded`,
    )
    expect(message?.payload).toMatchObject({
      eventId: event.id,
      scans: [
        {
          gateId,
          zoneToId: hall.id,
          credentialId: entity.id,
          firstAdmission: true,
          outcome: 'ADMITTED',
        },
      ],
    })
  })
})

test('100 parallel scans of one code at 8 gates admit one; 99 name the same first admission', async () => {
  const { others, organizationId, supervisor, gate, scan } = gates
  const zones = [zone(), zone()]
  const event = others.addEvent(organizationId, { zones })
  const ids = await Promise.all(
    Array.from({ length: 8 }, (_, n) => gate(event.id, { zoneToId: zones[n % 2]?.id })),
  )
  const { code } = others.sell(organizationId, event)
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, n) => scan(supervisor, { code, gateId: ids[n % 8] })),
  )
  const admitted = answers.filter((answer) => answer.__typename === 'ScanAdmitted')
  const refused = answers.filter((answer) => answer.reason === 'ALREADY_INSIDE')
  expect([admitted.length, refused.length]).toEqual([1, 99])
  expect(new Set(refused.map((answer) => JSON.stringify(answer.firstAdmission))).size).toBe(1)
  expect(refused[0]?.firstAdmission?.at).toBe(admitted[0]?.scan.receivedAt)
})

test('the same scanId 50 times in parallel is one row and 49 replays', async () => {
  const { others, organizationId, supervisor, gate, scan, service } = gates
  const event = others.addEvent(organizationId)
  const gateId = await gate(event.id)
  const { code } = others.sell(organizationId, event)
  const scanId = newId('scan')
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => scan(supervisor, { code, gateId, scanId })),
  )
  expect(answers.filter((answer) => answer.replayed)).toHaveLength(49)
  expect(new Set(answers.map((answer) => answer.scan.id)).size).toBe(1)
  const rows = await service.database.query('SELECT FROM ledger WHERE scan_id = $1', [scanId])
  expect(rows).toHaveLength(1)
})
