import { newId } from '@headcount/ids'
import { hashTicketCode } from '@headcount/ticket-code'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { zone } from './other-services.ts'
import { startGates } from './start-gates.ts'

let gates: Awaited<ReturnType<typeof startGates>>
beforeAll(async () => {
  gates = await startGates()
})
afterAll(() => gates.stop())

async function say(
  service: string,
  subject: string,
  payload: object,
  organizationId = gates.organizationId,
): Promise<void> {
  const { bus } = gates
  const whole = { id: newId('message'), subject: `org.${organizationId}.${subject}`, organizationId, payload }
  await bus.publish(service, { ...whole, occurredAt: new Date().toISOString() })
}

test('what others tell is enough to scan: nobody is asked', async () => {
  const { others, organizationId, gate, scan, supervisor } = gates
  const [eventId, zoneId, typeId, ticketId] = [
    newId('event'),
    newId('zone'),
    newId('ticketType'),
    newId('ticket'),
  ]
  const event = {
    id: eventId,
    name: 'Told',
    slug: 'told',
    status: 'LIVE',
    version: 1,
    capacity: 9,
    timeZone: 'UTC',
  }
  const common = { eventId, version: 1 }
  await say('events', `event.${eventId}.zone.changed`, {
    ...{
      ...common,
      id: zoneId,
      name: 'Hall',
      capacity: null,
      enforcement: 'SOFT',
      parentId: null,
      entryPolicy: null,
    },
  })
  await say('events', `event.${eventId}.event.changed`, { ...event, startsAt: new Date().toISOString() })
  await say('events', `event.${eventId}.ticket-type.changed`, {
    ...{ ...common, id: typeId, name: 'Day', quota: 5, entryPolicy: 'SINGLE', zoneIds: [zoneId] },
    ...{ validFrom: '2020-01-01T00:00:00.000Z', validUntil: null },
  })
  const key = others.keyOf(organizationId)
  await say('participants', 'ticket-key.changed', { keyId: key.id, organizationId, publicKey: key.publicKey })
  const code = others.codeOf(organizationId, eventId, ticketId)
  const ticket = {
    id: ticketId,
    eventId,
    ticketTypeId: typeId,
    registrationId: 'reg_1',
    codeHash: hashTicketCode(code),
  }
  const tell = (status: string, version: number) =>
    say('participants', `event.${eventId}.ticket.changed`, { tickets: [{ ...ticket, status, version }] })
  await tell('VALID', 1)
  const before = others.questions.length
  const gateId = await gate(eventId, { zoneToId: zoneId, ticketTypeIds: [typeId] })
  expect(await scan(supervisor, { code, gateId })).toMatchObject({
    __typename: 'ScanAdmitted',
    ticketTypeName: 'Day',
  })
  expect(others.questions).toHaveLength(before)
  // A revocation holds as soon as it is heard; what is older and comes later changes nothing.
  await tell('REVOKED', 3)
  await tell('VALID', 2)
  expect(await scan(supervisor, { code, gateId })).toMatchObject({ reason: 'REVOKED' })
})

test('500 tickets of a message are one statement, and a repeated id is no trouble', async () => {
  const { organizationId, others, service } = gates
  const event = others.addEvent(organizationId)
  const tickets = Array.from({ length: 500 }, (_, n) => ({
    ...{ id: newId('ticket'), eventId: event.id, ticketTypeId: 'typ', codeHash: `${event.id}-${n}` },
    ...{ status: 'VALID', version: 1 },
  }))
  const [first] = tickets
  if (first) tickets.push({ ...first, status: 'BLOCKED', version: 2 })
  const statements: string[] = []
  const forget = service.database.onStatement(({ sql }) => {
    if (/\btickets\b/.test(sql)) statements.push(sql)
  })
  await say('participants', `event.${event.id}.ticket.changed`, { tickets })
  forget()
  expect(statements).toHaveLength(1)
  const rows = await service.database.query(
    'SELECT status, count(*)::int FROM tickets WHERE event_id = $1 GROUP BY status ORDER BY status',
    [event.id],
  )
  expect(rows).toEqual([
    { status: 'BLOCKED', count: 1 },
    { status: 'VALID', count: 499 },
  ])
})

test('a foreign tenant’s ticket that gates has heard of is unknown at our gates', async () => {
  const { others, gate, organizationId, scan, supervisor } = gates
  const foreign = newId('organization')
  const theirs = others.addEvent(foreign)
  const { code, entity } = others.sell(foreign, theirs)
  const { id, status, codeHash } = entity
  const ticket = { id, eventId: theirs.id, ticketTypeId: 'typ', codeHash, status, version: 1 }
  await say('participants', `event.${theirs.id}.ticket.changed`, { tickets: [ticket] }, foreign)
  const gateId = await gate(others.addEvent(organizationId).id)
  expect(await scan(supervisor, { code, gateId })).toMatchObject({
    reason: 'UNKNOWN_CODE',
    firstAdmission: null,
  })
})

test('the same message twice, and older ones after it, leave one and the same state', async () => {
  const { organizationId, others, service } = gates
  const event = others.addEvent(organizationId)
  const hall = zone()
  const told = { ...hall, parent: undefined, parentId: null, eventId: event.id, name: 'New', version: 2 }
  for (const payload of [told, { ...told, name: 'Old', version: 1 }, told]) {
    await say('events', `event.${event.id}.zone.changed`, payload)
  }
  expect(await service.database.query('SELECT name, version FROM zones WHERE id = $1', [hall.id])).toEqual([
    { name: 'New', version: 2 },
  ])
  const rows = await service.database.query(`SELECT FROM ledger WHERE event_id = $1`, [event.id])
  expect(rows).toHaveLength(1)
})
