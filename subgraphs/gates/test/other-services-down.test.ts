import { newId } from '@headcount/ids'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { soon, startGates } from './start-gates.ts'

let gates: Awaited<ReturnType<typeof startGates>>
let clockAheadMs = 0
beforeAll(async () => {
  gates = await startGates({ now: () => new Date(Date.now() + clockAheadMs) })
})
afterAll(() => gates.stop())
afterEach(() => {
  gates.others.unreachable.clear()
  clockAheadMs = 0
})

async function openGate() {
  const { others, organizationId, gate } = gates
  const event = others.addEvent(organizationId)
  const gateId = await gate(event.id)
  // From here on the tenant's key is known.
  await gates.scan(gates.supervisor, { code: others.sell(organizationId, event).code, gateId })
  return { event, gateId }
}

function beat(): void {
  for (const service of ['auth', 'events', 'participants', 'analytics']) gates.bus.beat(service)
}

test('what the projection knows is decided with the others down, and marked degraded after 5 s', async () => {
  const { others, organizationId, scan, supervisor } = gates
  const { event, gateId } = await openGate()
  const { code } = others.sell(organizationId, event)
  beat()
  expect(await scan(supervisor, { code, gateId })).toMatchObject({ degraded: false })
  for (const service of ['auth', 'events', 'participants']) others.unreachable.add(service)
  const { code: known } = await keepSold(event)
  clockAheadMs = 4000
  expect(await scan(supervisor, { code, gateId, direction: 'EXIT' })).toMatchObject({ degraded: false })
  clockAheadMs = 6000
  expect(await scan(supervisor, { code: known, gateId })).toMatchObject({
    degraded: true,
    ticketTypeName: 'General',
  })
  clockAheadMs = 0
  beat()
  expect(await scan(supervisor, { code, gateId })).toMatchObject({ degraded: false })
})

/** Sells a ticket of which gates heard by the bus. */
async function keepSold(event: Parameters<typeof gates.others.sell>[1]) {
  const { others, organizationId, bus } = gates
  const { entity, code } = others.sell(organizationId, event)
  const { id, status, codeHash } = entity
  const ticket = { id, eventId: event.id, ticketTypeId: entity.ticketType.id, codeHash, status, version: 1 }
  await bus.publish('participants', {
    ...{
      id: newId('message'),
      subject: `org.${organizationId}.event.${event.id}.ticket.changed`,
      organizationId,
    },
    ...{ payload: { tickets: [ticket] }, occurredAt: new Date().toISOString() },
  })
  return { entity, code }
}

test('a genuine code whose owner cannot be asked is let in, once, degraded, and checked when it can be', async () => {
  const { others, organizationId, scan, supervisor, service, logged } = gates
  const { event, gateId } = await openGate()
  const [good, bad] = [
    others.sell(organizationId, event),
    others.sell(organizationId, event, { status: 'REVOKED' }),
  ]
  others.unreachable.add('participants')
  for (const { code, entity } of [good, bad]) {
    const answer = await scan(supervisor, { code, gateId })
    expect(answer).toMatchObject({ __typename: 'ScanAdmitted', degraded: true, credentialId: entity.id })
    expect(await scan(supervisor, { code, gateId })).toMatchObject({ reason: 'ALREADY_INSIDE' })
  }
  const findings = async () => {
    const rows = await service.database.query<{ ticket_id: string; finding: string | null }>(
      'SELECT ticket_id, finding FROM rechecks WHERE event_id = $1',
      [event.id],
    )
    return Object.fromEntries(rows.map((row) => [row.ticket_id, row.finding]))
  }
  expect(await findings()).toEqual({ [good.entity.id]: null, [bad.entity.id]: null })
  others.unreachable.clear()
  await soon(async () =>
    expect(await findings()).toEqual({ [good.entity.id]: 'GOOD', [bad.entity.id]: 'REVOKED' }),
  )
  expect(logged).toContainEqual(
    expect.objectContaining({ message: 'a ticket was let in by its code and is not good' }),
  )
  expect(await scan(supervisor, { code: bad.code, gateId })).toMatchObject({ reason: 'REVOKED' })
})

test('a genuine code of another event stays outside, also when nobody can be asked', async () => {
  const { others, organizationId, scan, supervisor } = gates
  const { gateId } = await openGate()
  const other = others.addEvent(organizationId)
  const { code } = others.sell(organizationId, other)
  others.unreachable.add('participants')
  expect(await scan(supervisor, { code, gateId })).toMatchObject({ reason: 'WRONG_EVENT' })
})

test('a code whose key cannot be had is refused, and says that it may be tried again', async () => {
  const fresh = await startGates()
  try {
    const { others, organizationId, gate, scan, supervisor } = fresh
    const event = others.addEvent(organizationId)
    const gateId = await gate(event.id)
    const { code } = others.sell(organizationId, event)
    others.unreachable.add('participants')
    expect(await scan(supervisor, { code, gateId })).toMatchObject({
      ...{ reason: 'UNKNOWN_CODE', message: expect.stringContaining('try again') },
    })
    others.unreachable.clear()
    expect(await scan(supervisor, { code, gateId })).toMatchObject({ __typename: 'ScanAdmitted' })
  } finally {
    await fresh.stop()
  }
})

test('a batch asks once for all that it lacks', async () => {
  const { others, organizationId, scan, supervisor } = gates
  const { event, gateId } = await openGate()
  const sold = Array.from({ length: 30 }, () => others.sell(organizationId, event).code)
  const before = others.questions.length
  await Promise.all(sold.map((code) => scan(supervisor, { code, gateId })))
  // The first attempt goes alone, the others together.
  const asked = others.questions.slice(before)
  expect(asked.length).toBeLessThanOrEqual(3)
  expect(asked.flatMap(({ ids }) => ids)).toHaveLength(30)
})
