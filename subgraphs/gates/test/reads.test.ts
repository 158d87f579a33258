import { newId } from '@headcount/ids'
import { fieldOf } from '@headcount/service/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MadeEvent, ticketType, zone } from './other-services.ts'
import { person, scanner, startGates } from './start-gates.ts'

let gates: Awaited<ReturnType<typeof startGates>>
beforeAll(async () => {
  gates = await startGates()
})
afterAll(() => gates.stop())

interface Page {
  edges: { cursor: string; node: { id: string; ledgerSeq: number; outcome: string; reason: string | null } }[]
  pageInfo: { hasNextPage: boolean; endCursor: string | null }
}

const scansQuery = `query ($eventId: ID!, $filter: ScanFilter, $first: Int!, $after: String) {
  scans(eventId: $eventId, filter: $filter, first: $first, after: $after) {
    edges { cursor node { id ledgerSeq outcome reason } } pageInfo { hasNextPage endCursor } } }`

async function page(variables: object, viewer = gates.supervisor): Promise<Page> {
  return fieldOf(await gates.run(viewer, scansQuery, { first: 50, ...variables }), 'scans')
}

async function entities<Entity>(
  representations: object[],
  selection: string,
  viewer = gates.supervisor,
): Promise<Entity[]> {
  const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ${selection} } }`
  return fieldOf(await gates.run(viewer, query, { representations }), '_entities')
}

/** An event with a hall and a lounge, a device, and tickets of which each has entered twice: the second in vain. */
async function filledEvent(tickets: number) {
  const { others, organizationId, gate, scan } = gates
  const hall = zone({ name: 'Hall', capacity: 100 })
  const lounge = zone({ name: 'Lounge', parent: { id: hall.id } })
  const event: MadeEvent = others.addEvent(organizationId, {
    zones: [hall, lounge],
    ticketTypes: [ticketType()],
  })
  const outer = await gate(event.id, { name: 'A outer', zoneToId: hall.id })
  const inner = await gate(event.id, { name: 'B inner', zoneFromId: hall.id, zoneToId: lounge.id })
  const deviceId = others.addDevice(organizationId, event.id, [outer, inner])
  const device = scanner(organizationId, event.id, deviceId)
  const sold = Array.from({ length: tickets }, () => others.sell(organizationId, event))
  let deviceSeq = 0
  for (const { code } of [...sold, ...sold])
    await scan(device, { code, gateId: outer, deviceSeq: ++deviceSeq })
  return { event, hall, lounge, outer, inner, deviceId, device, sold }
}

test('attempts are read in pages, the latest first, with filters; none is lost or doubled by new ones', async () => {
  const { event, outer, inner, deviceId, device, sold } = await filledEvent(5)
  const all = await page({ eventId: event.id })
  expect(all.edges).toHaveLength(10)
  const seqs = all.edges.map(({ node }) => node.ledgerSeq)
  expect(seqs).toEqual(seqs.toSorted((a, b) => b - a))
  const read: number[] = []
  let after: string | null = null
  do {
    const part: Page = await page({ eventId: event.id, first: 3, after })
    read.push(...part.edges.map(({ node }) => node.ledgerSeq))
    after = part.pageInfo.hasNextPage ? part.pageInfo.endCursor : null
    await gates.scan(device, { code: sold[0]?.code, gateId: outer, deviceSeq: 90 + read.length })
  } while (after)
  expect(read).toEqual(seqs)
  const outcomes = async (filter: object) => {
    const { edges } = await page({ eventId: event.id, filter })
    return [...new Set(edges.map(({ node }) => node.reason ?? node.outcome))]
  }
  expect(await outcomes({ outcome: 'ADMITTED' })).toEqual(['ADMITTED'])
  expect(await outcomes({ reason: ['ALREADY_INSIDE'] })).toEqual(['ALREADY_INSIDE'])
  expect(await outcomes({ reason: ['PASSBACK_TIMEOUT'] })).toEqual([])
  expect(await outcomes({ gateId: inner })).toEqual([])
  expect(
    (await page({ eventId: event.id, filter: { deviceId, gateId: outer, outcome: 'ADMITTED' } })).edges,
  ).toHaveLength(5)
  const tooMany = await gates.run(gates.supervisor, scansQuery, { eventId: event.id, first: 201 })
  expect(tooMany.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT')
})

const onePage = `query ($eventId: ID!) { scans(eventId: $eventId, first: 50) { edges { node {
  id scanId deviceSeq direction gate { id name event { id name } zoneFrom { id name } zoneTo { id name inside } entriesPerMinute
    ticketTypes { id } devices { id lastSeq gate { id } gates { id } } }
  device { id lastSeq clockSkewMs lastSeenAt gates { id entriesPerMinute } }
  credential { id inside firstAdmission { at gate { id name } device { id } }
    scans(first: 2) { edges { node { id gate { id } } } pageInfo { hasNextPage } } } } } } }`

test('the number of statements does not grow with the number of rows', async () => {
  const count = async (tickets: number) => {
    const { event } = await filledEvent(tickets)
    const statements: string[] = []
    const forget = gates.service.database.onStatement(({ sql }) => {
      if (!/outbox relay|FROM rechecks|event_counters counter/.test(sql)) statements.push(sql)
    })
    const answer = await gates.run(gates.supervisor, onePage, { eventId: event.id })
    forget()
    expect(fieldOf<Page>(answer, 'scans').edges).toHaveLength(2 * tickets)
    return { kinds: new Set(statements), sent: statements.length }
  }
  const [few, many] = [await count(2), await count(20)]
  expect(many.kinds).toEqual(few.kinds)
  // A kind may be sent twice where its keys come in two turns of the loop, whatever their number.
  for (const { sent, kinds } of [few, many]) expect(sent).toBeLessThanOrEqual(kinds.size + 3)
})

test('a batch of scans is the same number of statements, whatever its size', async () => {
  const { others, organizationId, gate, scan, supervisor, service, bus } = gates
  const event = others.addEvent(organizationId)
  const gateId = await gate(event.id)
  const count = async (tickets: number) => {
    const sold = Array.from({ length: tickets + 1 }, () => others.sell(organizationId, event))
    const told = sold.map(({ entity: { ticketType: type, event: of, ...ticket } }) => {
      return { ...ticket, ticketTypeId: type.id, eventId: of.id, version: 1 }
    })
    const subject = `org.${organizationId}.event.${event.id}.ticket.changed`
    const message = { id: newId('message'), subject, organizationId, payload: { tickets: told } }
    await bus.publish('participants', { ...message, occurredAt: new Date().toISOString() })
    const statements: string[] = []
    const forget = service.database.onStatement(({ sql }) => {
      if (!/outbox relay|FROM rechecks|event_counters counter/.test(sql)) statements.push(sql)
    })
    // The first goes alone; what comes while it is decided is the second batch.
    const answers = await Promise.all(sold.map(({ code }) => scan(supervisor, { code, gateId })))
    forget()
    expect(answers.every((answer) => answer.__typename === 'ScanAdmitted')).toBe(true)
    return statements.length
  }
  await count(1)
  const few = await count(2)
  expect(await count(150)).toBe(few)
  // Two batches of: begin, lock, read, write, outbox, commit.
  expect(few).toBe(12)
})

test('zones, events, credentials, devices and scans answer for other subgraphs', async () => {
  const { event, hall, lounge, outer, inner, deviceId, device, sold } = await filledEvent(4)
  const [first, second] = sold
  await gates.scan(device, { code: first?.code, gateId: inner, deviceSeq: 50 })
  await gates.scan(device, { code: second?.code, gateId: outer, direction: 'EXIT', deviceSeq: 51 })
  const zones = [
    { __typename: 'Zone', id: hall.id, capacity: 100 },
    { __typename: 'Zone', id: lounge.id, capacity: null },
  ]
  expect(await entities(zones, '... on Zone { id inside fillRatio name }')).toEqual([
    { id: hall.id, inside: 3, fillRatio: 0.03, name: 'Hall' },
    { id: lounge.id, inside: 1, fillRatio: null, name: 'Lounge' },
  ])
  const events = [{ __typename: 'Event', id: event.id }]
  expect(await entities(events, '... on Event { admitted inside gates { id } }')).toEqual([
    { admitted: 4, inside: 3, gates: [{ id: outer }, { id: inner }] },
  ])
  const ids = [first, second].map((ticket) => ticket?.entity.id ?? '')
  const credentials = [...ids, 'tkt_nowhere'].map((id) => ({ __typename: 'Credential', id }))
  const known = `... on Credential { inside firstAdmission { gate { id } device { id } } scannedJustNowBy(deviceId: "${deviceId}")
    scans(first: 1) { edges { node { direction } } pageInfo { hasNextPage } } }`
  const firstAdmission = { gate: { id: outer }, device: { id: deviceId } }
  const scans = (direction: string) => ({ edges: [{ node: { direction } }], pageInfo: { hasNextPage: true } })
  expect(await entities(credentials, known)).toEqual([
    { inside: true, firstAdmission, scannedJustNowBy: true, scans: scans('ENTRY') },
    { inside: false, firstAdmission, scannedJustNowBy: true, scans: scans('EXIT') },
    {
      inside: null,
      firstAdmission: null,
      scannedJustNowBy: false,
      scans: { edges: [], pageInfo: { hasNextPage: false } },
    },
  ])
  const devices = [{ __typename: 'Device', id: deviceId }]
  expect(await entities(devices, '... on Device { lastSeq gate { id } gates { id } lastSeenAt }')).toEqual([
    {
      lastSeq: 51,
      gate: { id: outer },
      gates: [{ id: outer }, { id: inner }],
      lastSeenAt: expect.any(String),
    },
  ])
  const [latest] = (await page({ eventId: event.id, first: 1 })).edges
  const scan = [{ __typename: 'Scan', id: latest?.node.id }]
  expect(await entities(scan, '... on Scan { ledgerSeq deviceSeq direction }')).toEqual([
    { ledgerSeq: latest?.node.ledgerSeq, deviceSeq: 51, direction: 'EXIT' },
  ])
})

test('a device that enrolled a moment ago is known', async () => {
  const { others, organizationId, gate } = gates
  const event = others.addEvent(organizationId)
  const gateId = await gate(event.id)
  const id = others.addDevice(organizationId, event.id, [gateId])
  const found = await entities(
    [{ __typename: 'Device', id }],
    '... on Device { gates { id } lastSeq clockSkewMs }',
  )
  expect(found).toEqual([{ gates: [{ id: gateId }], lastSeq: 0, clockSkewMs: null }])
})

test('an event that gates has not heard of has counts of nothing; one that nobody knows is null', async () => {
  const { others, organizationId, run, supervisor } = gates
  const event = others.addEvent(organizationId, { zones: [zone({ name: 'New' })] })
  const query =
    'query ($id: ID!) { occupancy(eventId: $id) { seq admitted inside event { name } zones { inside } gates { entries } } }'
  expect(fieldOf(await run(supervisor, query, { id: event.id }), 'occupancy')).toEqual({
    ...{ seq: 1, admitted: 0, inside: 0, event: { name: 'Night' }, zones: [{ inside: 0 }], gates: [] },
  })
  expect(fieldOf(await run(supervisor, query, { id: 'evt_nowhere' }), 'occupancy')).toBeNull()
})

test('a foreign tenant reads nothing', async () => {
  const { event, hall, outer, deviceId, sold } = await filledEvent(1)
  const stranger = person(newId('organization'), ['ADMIN', 'ORGANISER'])
  const [latest] = (await page({ eventId: event.id, first: 1 })).edges
  const { data } = await gates.run(
    stranger,
    `{ occupancy(eventId: "${event.id}") { seq } scans(eventId: "${event.id}") { edges { cursor } } gate(id: "${outer}") { id } }`,
  )
  expect(data).toEqual({ occupancy: null, scans: null, gate: null })
  const representations = [
    { __typename: 'Gate', id: outer },
    { __typename: 'Scan', id: latest?.node.id },
    { __typename: 'Device', id: deviceId },
    { __typename: 'Credential', id: sold[0]?.entity.id },
    { __typename: 'Zone', id: hall.id, capacity: 10 },
    { __typename: 'Event', id: event.id },
  ]
  const selection = `... on Gate { name } ... on Scan { scanId } ... on Device { lastSeq } ... on Zone { bodies: inside }
    ... on Credential { inside scans { edges { cursor } } } ... on Event { admitted gates { id } }`
  expect(await entities(representations, selection, stranger)).toEqual([
    ...[null, null, null],
    { inside: null, scans: { edges: [] } },
    { bodies: 0 },
    { admitted: 0, gates: [] },
  ])
})

test('a device reads its own event and no other', async () => {
  const { event, outer, device } = await filledEvent(1)
  const other = await filledEvent(1)
  const query =
    'query ($e: ID!, $g: ID!) { occupancy(eventId: $e) { seq } scans(eventId: $e) { edges { cursor } } gate(id: $g) { id } }'
  const own = await gates.run(device, query, { e: event.id, g: outer })
  expect(own.data).toMatchObject({ gate: { id: outer }, occupancy: { seq: expect.any(Number) } })
  const foreign = await gates.run(device, query, { e: other.event.id, g: other.outer })
  expect(foreign.data).toEqual({ occupancy: null, scans: null, gate: null })
})
