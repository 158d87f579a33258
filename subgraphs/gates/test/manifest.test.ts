import type { Viewer } from '@headcount/access'
import { newId } from '@headcount/ids'
import {
  applyPage,
  decideOffline,
  emptyState,
  isComplete,
  type ManifestPage,
  type OfflineState,
  syncManifest,
} from '@headcount/scanner'
import { fieldOf } from '@headcount/service/testing'
import { hashTicketCode } from '@headcount/ticket-code'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { offlineWorld } from './offline.ts'
import type { SoldTicket } from './other-services.ts'
import { person, scanner, soon, startGates } from './start-gates.ts'

const manifestQuery = `query ($since: String, $first: Int!) { offlineManifest(since: $since, first: $first) { eventId
  tickets { codeHash credentialId ticketTypeId status pendingReason validUntil } cursor hasNextPage ground
  completeness { tickets sum } keys { id publicKey } asOf signature signedBy } }`

let gates: Awaited<ReturnType<typeof startGates>>
let world: Awaited<ReturnType<typeof offlineWorld>>
let device: Viewer
beforeAll(async () => {
  gates = await startGates({ processes: 2 })
})
afterAll(() => gates.stop())
beforeEach(async () => {
  world = await offlineWorld(gates)
  device = world.device()
  const { id, publicKey } = gates.others.keyOf(gates.organizationId)
  await say('ticket-key.changed', { keyId: id, publicKey })
})

async function say(subject: string, payload: object): Promise<void> {
  const { organizationId, bus } = gates
  const message = { id: newId('message'), organizationId, payload, occurredAt: new Date().toISOString() }
  await bus.publish('participants', { ...message, subject: `org.${organizationId}.${subject}` })
}

function rowOf({ entity }: SoldTicket, more: object = {}) {
  const { id, status, codeHash, ticketType, event } = entity
  return { id, status, codeHash, eventId: event.id, ticketTypeId: ticketType.id, version: 1, ...more }
}

/** Tells gates of tickets, as participants does. */
async function tell(tickets: object[]): Promise<void> {
  await say(`event.${world.event.id}.ticket.changed`, { tickets })
}

async function sell(count: number): Promise<SoldTicket[]> {
  const sold = Array.from({ length: count }, () => world.sell())
  await tell(sold.map((ticket) => rowOf(ticket)))
  return sold
}

async function pageOf(since: string | null = null, first = 2000, viewer = device): Promise<ManifestPage> {
  return fieldOf(await gates.run(viewer, manifestQuery, { since, first }), 'offlineManifest')
}

function sync(state: OfflineState = emptyState(world.event.id), first = 2000): Promise<OfflineState> {
  return syncManifest(state, (since) => pageOf(since, first))
}

async function refusal(viewer: Viewer | undefined, variables: object = {}): Promise<unknown> {
  const answer = await gates.run(viewer, manifestQuery, { first: 10, ...variables })
  const [error] = answer.errors ?? []
  return [error?.extensions?.['code'], error?.message]
}

test('a device that has all pages has every ticket and the whole ground, and decides as the server does', async () => {
  const sold = await sell(7)
  const pages: ManifestPage[] = []
  const state = await syncManifest(emptyState(world.event.id), async (since) => {
    const page = await pageOf(since, 3)
    pages.push(page)
    return page
  })
  expect(pages.map(({ tickets, hasNextPage }) => [tickets.length, hasNextPage])).toEqual([
    [3, true],
    [3, true],
    [1, false],
  ])
  expect(isComplete(state)).toBe(true)
  expect(Object.keys(state.tickets).sort()).toEqual(
    sold.map(({ code }) => hashTicketCode(code).slice(0, 16)).sort(),
  )
  const scan = { code: sold[0]?.code ?? '', direction: 'ENTRY', at: new Date(), deviceId: device.id } as const
  expect(await decideOffline(state, { ...scan, gateId: world.outer })).toMatchObject({
    ...{
      outcome: 'ADMITTED',
      credentialId: sold[0]?.entity.id,
      ticketTypeName: 'General',
      isUnlisted: false,
    },
  })
  const unlisted = world.sell()
  expect(await decideOffline(state, { ...scan, gateId: world.outer, code: unlisted.code })).toMatchObject({
    ...{ outcome: 'ADMITTED', credentialId: unlisted.entity.id, isUnlisted: true },
  })
})

test('count and sum follow every change: a code that is replaced, and a ticket that is sold', async () => {
  const [ticket] = await sell(3)
  const page = await pageOf()
  expect((await pageOf(page.cursor)).completeness).toEqual(page.completeness)
  await tell([rowOf(ticket as SoldTicket, { codeHash: hashTicketCode('another'), version: 2 })])
  const replaced = await pageOf()
  expect(replaced.completeness).toMatchObject({ tickets: 3 })
  expect(replaced.completeness.sum).not.toBe(page.completeness.sum)
  await sell(1)
  expect((await pageOf()).completeness).toMatchObject({ tickets: 4 })
  expect(isComplete(await sync())).toBe(true)
})

test('the ground shows the bodies that are inside, place by place', async () => {
  const [ticket] = await sell(1)
  await gates.scan(device, { code: ticket?.code, gateId: world.outer, deviceSeq: 1 })
  const { ground } = await sync()
  expect(ground?.inside).toMatchObject({ [world.hall.id]: 1 })
})

test('a page holds the fields that a decision needs and no others: nothing about people', async () => {
  await sell(1)
  const page = await pageOf()
  const ground = JSON.parse(page.ground)
  expect(Object.keys(page.tickets[0] ?? {})).toEqual([
    ...['codeHash', 'credentialId', 'ticketTypeId', 'status', 'pendingReason', 'validUntil'],
  ])
  const fields = (value: unknown) => Object.keys(value as object).sort()
  expect(fields(ground)).toEqual(['device', 'event', 'gates', 'inside', 'ticketTypes', 'zones'])
  expect(fields(ground.event)).toEqual(['id', 'name', 'organizationId', 'status', 'timeZone'])
  expect(fields(ground.device)).toEqual(['gateIds', 'id', 'name', 'status'])
  expect(fields(ground.gates[0])).toEqual([
    ...['id', 'name', 'status', 'ticketTypeIds', 'zoneFromId', 'zoneToId'],
  ])
  expect(fields(ground.zones[0])).toEqual([
    ...['antiPassback', 'capacity', 'enforcement', 'entryPolicy', 'id', 'name', 'parentId'],
    'passbackTimeoutSeconds',
  ])
  expect(fields(ground.ticketTypes[0])).toEqual([
    ...['dailyFrom', 'dailyUntil', 'entryPolicy', 'id', 'name', 'validFrom', 'validUntil', 'zoneIds'],
  ])
})

test('later pages bring what changed and only that; a code that was replaced is refused as revoked', async () => {
  const [kept, revoked, reissued] = await sell(3)
  if (!kept || !revoked || !reissued) throw new Error('three were sold')
  // Transactions of other tests may be under way: what was sold is settled when they have ended.
  const before = await soon(async () => {
    const state = await sync()
    expect((await pageOf(state.cursor)).tickets).toEqual([])
    return state
  })
  const { organizationId, others } = gates
  const next = others.codeOf(organizationId, world.event.id, reissued.entity.id, 2)
  await tell([
    rowOf(revoked, { status: 'REVOKED', version: 2 }),
    rowOf(reissued, { codeHash: hashTicketCode(next), version: 2 }),
  ])
  const page = await pageOf(before.cursor)
  expect(page.tickets.map(({ credentialId }) => credentialId).sort()).toEqual(
    [revoked.entity.id, reissued.entity.id].sort(),
  )
  const state = await applyPage(before, page)
  expect(isComplete(state)).toBe(true)
  const scan = { gateId: world.outer, direction: 'ENTRY', at: new Date(), deviceId: device.id } as const
  const reasons = [kept.code, revoked.code, reissued.code, next].map(async (code) => {
    return (await decideOffline(state, { ...scan, code })).reason
  })
  expect(await Promise.all(reasons)).toEqual([null, 'REVOKED', 'REVOKED', null])
})

test('a change that commits late, after others were read, is not missed', async () => {
  const late = world.sell()
  const client = await gates.service.database.pool.connect()
  try {
    await client.query('BEGIN')
    await client.query(
      `INSERT INTO tickets (id, organization_id, event_id, ticket_type_id, code_hash, status, version)
       VALUES ($1, $2, $3, $4, $5, 'VALID', 1)`,
      [
        ...[late.entity.id, gates.organizationId, world.event.id, late.entity.ticketType.id],
        late.entity.codeHash,
      ],
    )
    // Later transactions commit, and are read, while this one is under way.
    const [early] = await sell(1)
    const during = await sync()
    expect(Object.values(during.tickets).map(([id]) => id)).toEqual([early?.entity.id])
    expect(isComplete(during)).toBe(true)
    // A change of what was read is read too, and leaves the state whole.
    await tell([rowOf(early as SoldTicket, { status: 'BLOCKED', version: 2 })])
    const changed = await applyPage(during, await pageOf(during.cursor))
    expect(Object.values(changed.tickets)[0]).toMatchObject({ 2: 'BLOCKED' })
    expect(isComplete(changed)).toBe(true)
    await client.query('COMMIT')
    const after = await applyPage(changed, await pageOf(changed.cursor))
    expect(Object.values(after.tickets).map(([id]) => id)).toContain(late.entity.id)
    expect(isComplete(after)).toBe(true)
  } finally {
    client.release()
  }
})

test('what has not settled comes in pages too, and once more with the next ones', async () => {
  const client = await gates.service.database.pool.connect()
  try {
    await client.query('BEGIN')
    await client.query('SELECT pg_current_xact_id()')
    await sell(5)
    const state = await sync(undefined, 2)
    expect([isComplete(state), Object.keys(state.tickets).length]).toEqual([true, 5])
    expect((await pageOf(state.cursor)).tickets).toHaveLength(5)
  } finally {
    await client.query('ROLLBACK')
    client.release()
  }
})

test('a page that was changed, skipped, sent again or signed by another fits nothing that a device has', async () => {
  await sell(4)
  const first = await pageOf(null, 2)
  const second = await pageOf(first.cursor, 2)
  const empty = emptyState(world.event.id)
  const state = await applyPage(empty, first)
  await applyPage(state, second)
  const changed = { ...first, tickets: first.tickets.slice(1) }
  for (const [before, page] of [
    ...([[empty, changed] as const, [empty, second] as const, [state, first] as const] as const),
    [state, { ...second, signedBy: first.signedBy.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')) }],
  ] as const) {
    await expect(applyPage(before, page)).rejects.toThrow(/The manifest/)
  }
})

test('only a scanner that is not revoked gets a manifest, and only that of its event', async () => {
  const { organizationId, others, supervisor } = gates
  await sell(1)
  const admin = person(organizationId, ['ADMIN'])
  expect(await refusal(admin)).toEqual(['FORBIDDEN', expect.stringContaining('Only a scanner')])
  expect(await refusal(supervisor)).toEqual(['FORBIDDEN', expect.any(String)])
  expect(await refusal(undefined)).toEqual(['UNAUTHENTICATED', expect.any(String)])
  const revoked = others.addDevice(organizationId, world.event.id, [], { credentialStatus: 'REVOKED' })
  expect(await refusal(scanner(organizationId, world.event.id, revoked))).toEqual([
    ...['FORBIDDEN', 'This device may no longer scan.'],
  ])
  const other = others.addEvent(organizationId)
  const elsewhere = scanner(organizationId, other.id, others.addDevice(organizationId, other.id, []))
  expect(await pageOf(null, 10, elsewhere)).toMatchObject({ eventId: other.id, tickets: [] })
  // A device of one event that says it is another's is none there.
  expect(await pageOf(null, 10, scanner(organizationId, other.id, device.id))).toBeNull()
})

test.for(['', 'x', Buffer.from('["scans",1,"a"]').toString('base64url'), 'bWFuaWZlc3Q'])(
  'the cursor "%s" is one clear error',
  async (since) => {
    expect(await refusal(device, { since })).toEqual([
      'BAD_USER_INPUT',
      expect.stringContaining(`"${since}"`),
    ])
  },
)

test.for([0, 5001])('first: %s is one clear error', async (first) => {
  expect(await refusal(device, { first })).toEqual(['BAD_USER_INPUT', expect.stringContaining('1 to 5000')])
})

test('processes that need an organization’s key at once make one, and its private half is sealed', async () => {
  const organizationId = newId('organization')
  const { others, services, service } = gates
  const event = others.addEvent(organizationId)
  const viewer = scanner(organizationId, event.id, others.addDevice(organizationId, event.id, []))
  const request = { query: manifestQuery, variables: { first: 1 }, viewer, requestId: 'test' }
  const answers = await Promise.all([...services, ...services].map((one) => one.execute(request)))
  const pages = answers.map((answer) => fieldOf<ManifestPage>(answer, 'offlineManifest'))
  expect(new Set(pages.map(({ signedBy }) => signedBy)).size).toBe(1)
  for (const page of pages) await applyPage(emptyState(event.id), page)
  expect(pages[0]?.signedBy).not.toBe((await pageOf()).signedBy)
  const [row] = await service.database.query<{ sealed: string }>(
    'SELECT sealed_private_key AS sealed FROM manifest_keys WHERE organization_id = $1',
    [organizationId],
  )
  // How an Ed25519 key begins in PKCS#8.
  const sealed = Buffer.from(row?.sealed ?? '', 'base64url')
  expect(sealed.length).toBeGreaterThan(48)
  expect(sealed.includes(Buffer.from('302e020100300506032b6570', 'hex'))).toBe(false)
})
