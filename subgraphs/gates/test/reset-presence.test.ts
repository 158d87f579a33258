import type { Viewer } from '@headcount/access'
import { newId } from '@headcount/ids'
import { createOutbox } from '@headcount/service'
import { fieldOf } from '@headcount/service/testing'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { closeZones } from '../src/domain/close-zones.ts'
import { createStore } from '../src/store/store.ts'
import { offlineWorld } from './offline.ts'
import type { MadeEvent } from './other-services.ts'
import { expectAgreement } from './recompute.ts'
import { person, soon, startGates } from './start-gates.ts'

let gates: Awaited<ReturnType<typeof startGates>>
let world: Awaited<ReturnType<typeof offlineWorld>>
// In Berlin it is 14:00: no process closes anything by itself.
const noon = new Date('2026-06-01T12:00:00Z')
beforeAll(async () => {
  gates = await startGates({ processes: 2 })
})
afterAll(() => gates.stop())
beforeEach(async () => {
  world = await offlineWorld(gates)
})
// Whatever was done: all counts follow from the rows.
afterEach(() => expectAgreement(gates.service.database, world.event.id))

interface Answer {
  readonly __typename: string
  readonly ledgerSeq: number
  readonly bodies: number
  readonly fields: { path: string }[]
}

const document = `mutation ($input: ResetPresenceInput!) { resetPresence(input: $input) { __typename
  ... on PresenceReset { ledgerSeq bodies reason at zone { id } credential { id } }
  ... on ValidationError { fields { path } } ... on Problem { message } } }`

let calls = 0
/** Resets; the processes take turns. */
async function reset(input: object, viewer: Viewer = gates.supervisor): Promise<Answer> {
  calls += 1
  const service = gates.services[calls % 2] ?? gates.service
  const variables = { input: { reason: 'counted by hand', ...input } }
  return fieldOf(
    await service.execute({ query: document, variables, viewer, requestId: 'test' }),
    'resetPresence',
  )
}
const scan = (code: string, more: object = {}) =>
  gates.scan(gates.supervisor, { code, gateId: world.outer, ...more })
const exit = { direction: 'EXIT' }

/** Two tickets in the hall, one in the lounge within. */
async function fill() {
  const tickets = [world.sell(), world.sell(), world.sell()] as const
  for (const { code } of tickets) await scan(code)
  await scan(tickets[2].code, { gateId: world.inner })
  return tickets
}

test('a zone is emptied with all that lies in it, by one row that says how many and where', async () => {
  await fill()
  const answer = await reset({ zoneId: world.hall.id, reason: ' counted by hand ' })
  expect(answer).toMatchObject({
    ...{ __typename: 'PresenceReset', bodies: 3, reason: 'counted by hand', zone: { id: world.hall.id } },
    credential: null,
  })
  expect(await world.counts()).toMatchObject({ seq: answer.ledgerSeq, admitted: 3, inside: 0 })
  const [row] = await gates.service.database.query(
    'SELECT * FROM ledger WHERE event_id = $1 AND ledger_seq = $2',
    [...[world.event.id, answer.ledgerSeq]],
  )
  expect(row).toMatchObject({
    ...{ kind: 'RESET', bodies: 3, actor_kind: 'user', actor_id: 'usr_1' },
    detail: { place: world.hall.id, places: { [world.hall.id]: 2, [world.lounge.id]: 1 } },
  })
  const query = `query ($eventId: ID!) { ledger(eventId: $eventId, kinds: [RESET]) { edges { node {
    ledgerSeq kind reason bodies actor { kind id } scan { id } } } } }`
  const { data } = await gates.run(gates.supervisor, query, { eventId: world.event.id })
  const node = {
    ledgerSeq: answer.ledgerSeq,
    kind: 'RESET',
    reason: 'counted by hand',
    bodies: 3,
    scan: null,
  }
  expect(data).toEqual({ ledger: { edges: [{ node: { ...node, actor: { kind: 'USER', id: 'usr_1' } } }] } })
  await soon(() => {
    const subject = `org.${gates.organizationId}.event.${world.event.id}.presence.reset`
    const told = gates.published.filter((message) => message.subject === subject)
    expect(told.map(({ payload }) => payload)).toMatchObject([
      { ledgerSeq: answer.ledgerSeq, kind: 'RESET', bodies: 3, place: world.hall.id },
    ])
  })
})

test('a zone within is emptied alone', async () => {
  await fill()
  expect(await reset({ zoneId: world.lounge.id })).toMatchObject({ bodies: 1 })
  expect(await world.insideOf(world.hall.id)).toBe(2)
  expect(await reset({ zoneId: world.lounge.id })).toMatchObject({ bodies: 0 })
})

test('after a reset an entry is free once, and an exit is let out and moves no count', async () => {
  const [one, two] = await fill()
  await reset({ zoneId: world.hall.id })
  expect(await scan(one.code)).toMatchObject({ __typename: 'ScanAdmitted', scan: { unmatched: false } })
  expect(await scan(one.code)).toMatchObject({ reason: 'ALREADY_INSIDE' })
  expect(await scan(two.code, exit)).toMatchObject({ __typename: 'ScanAdmitted', scan: { unmatched: true } })
  expect(await scan(two.code, exit)).toMatchObject({ reason: 'NOT_INSIDE' })
  expect(await world.counts()).toMatchObject({ admitted: 3, inside: 1 })
})

test('one credential is taken out wherever it is, all its bodies and no others', async () => {
  const [, , third] = await fill()
  await scan(third.code, { override: { reason: 'child' } })
  expect(await reset({ credentialId: third.entity.id })).toMatchObject({
    ...{ bodies: 2, zone: null, credential: { id: third.entity.id } },
  })
  expect(await world.counts()).toMatchObject({ admitted: 3, inside: 2 })
  expect(await scan(third.code)).toMatchObject({ __typename: 'ScanAdmitted' })
})

test('a reset without a key is one of its own; with a key it is made once, at once or later', async () => {
  await fill()
  const input = { zoneId: world.lounge.id, idempotencyKey: newId('message') }
  const answers = await Promise.all(Array.from({ length: 6 }, () => reset(input)))
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
  expect(answers[0]).toMatchObject({ bodies: 1 })
  expect(await reset(input)).toEqual(answers[0])
  expect((await reset({ ...input, reason: 'other' })).__typename).toBe('IdempotencyConflict')
  expect((await reset({ ...input, zoneId: world.hall.id })).__typename).toBe('IdempotencyConflict')
  const [one, two] = [await reset({ zoneId: world.lounge.id }), await reset({ zoneId: world.lounge.id })]
  expect(two.ledgerSeq).toBe(one.ledgerSeq + 1)
})

test('exactly one of zone and credential is given, and both are the tenant’s', async () => {
  const [{ entity }] = await fill()
  const stranger = person(newId('organization'), ['ORGANISER'])
  for (const [path, input] of [
    ['zoneId', {}],
    ['credentialId', { zoneId: world.hall.id, credentialId: entity.id }],
    ['reason', { zoneId: world.hall.id, reason: ' ' }],
    ['idempotencyKey', { zoneId: world.hall.id, idempotencyKey: 'x'.repeat(101) }],
  ] as const) {
    expect((await reset(input)).fields.map((field) => field.path)).toEqual([path])
  }
  for (const [input, viewer] of [
    [{ zoneId: newId('zone') }, gates.supervisor],
    [{ credentialId: newId('ticket') }, gates.supervisor],
    [{ zoneId: world.hall.id }, stranger],
    [{ credentialId: entity.id }, stranger],
  ] as const) {
    expect((await reset(input, viewer)).__typename).toBe('NotFound')
  }
  expect(await world.counts()).toMatchObject({ inside: 3 })
})

/** Closes what is due at a moment, as two processes at once would. */
async function closeAt(moment: Date): Promise<void> {
  const { database } = gates.service
  const one = () =>
    closeZones({
      ...{ store: createStore(database, createOutbox(database)), now: () => moment },
      publisher: { changed: () => undefined } as never,
      log: { info: () => undefined } as never,
    })
  await Promise.all([one(), one(), one()])
}

async function automaticExits() {
  return gates.service.database.query(
    `SELECT bodies, actor_kind AS actor, actor_id AS id, detail->>'day' AS day FROM ledger
     WHERE event_id = $1 AND kind = 'AUTO_EXIT' ORDER BY ledger_seq`,
    [world.event.id],
  )
}

/** Tells gates of a zone or the event as it is now. */
async function tell(thing: 'zone' | 'event', payload: object): Promise<void> {
  const { organizationId, bus } = gates
  const subject = `org.${organizationId}.event.${world.event.id}.${thing}.changed`
  const occurredAt = new Date().toISOString()
  await bus.publish('events', { id: newId('message'), subject, organizationId, occurredAt, payload })
}
const hallWith = (closesAt: string | null, version: number) => ({
  ...{ ...world.hall, parentId: null, eventId: world.event.id, closesAt, version },
})

test('a zone is emptied at its closing time once a day, however many processes look', async () => {
  const [one] = await fill()
  await tell('zone', hallWith('14:00', 2))
  await closeAt(new Date(noon.getTime() - 1))
  expect(await automaticExits()).toEqual([])
  await closeAt(noon)
  await closeAt(new Date(noon.getTime() + 60_000))
  const first = { bodies: 3, actor: 'service', id: 'gates', day: '2026-06-01' }
  expect(await automaticExits()).toEqual([first])
  expect(await world.counts()).toMatchObject({ admitted: 3, inside: 0 })
  await scan(one.code)
  await closeAt(new Date(noon.getTime() + 24 * 3_600_000))
  expect(await automaticExits()).toEqual([first, { ...first, bodies: 1, day: '2026-06-02' }])
})

test('an event that is archived is emptied once, wherever its bodies are', async () => {
  await fill()
  const ground = await gates.gate(world.event.id)
  await scan(world.sell().code, { gateId: ground })
  const { zones: _zones, ticketTypes: _types, ...event } = world.event as MadeEvent
  await tell('event', { ...event, status: 'ENDED', version: 2 })
  await closeAt(noon)
  expect(await automaticExits()).toEqual([])
  await tell('event', { ...event, status: 'ARCHIVED', version: 3 })
  await closeAt(noon)
  await closeAt(noon)
  expect(await automaticExits()).toEqual([{ bodies: 4, actor: 'service', id: 'gates', day: 'end' }])
  expect(await world.counts()).toMatchObject({ admitted: 4, inside: 0 })
})

test('who entered before a reset and is heard of after it is not inside; who entered after it is', async () => {
  const early = [world.sell(), world.sell()] as const
  // The first is known from before; nobody has seen the second.
  await world.upload(world.device(), [
    world.decided(early[0].code, 1, 0),
    world.decided(early[0].code, 2, 1, exit),
  ])
  await reset({ zoneId: world.hall.id })
  const device = world.device()
  await world.upload(device, [world.decided(early[0].code, 1, 2), world.decided(early[1].code, 2, 3)])
  expect(await world.counts()).toMatchObject({ admitted: 2, inside: 0 })
  const later = world.sell()
  await scan(later.code)
  expect(await world.counts()).toMatchObject({ admitted: 3, inside: 1 })
})

test('scans, undos and resets at random and at once: every count follows from the rows, none is below zero', async () => {
  const yard = await gates.gate(world.event.id)
  const tickets = Array.from({ length: 8 }, () => world.sell())
  const undo = `mutation ($input: UndoScanInput!) { undoScan(input: $input) { __typename } }`
  let state = 5
  const random = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  const device = world.device()
  const scanIds: string[] = []
  const gateIds = [world.outer, world.outer, world.inner, yard]
  const step = (n: number) => {
    const { code, entity } = tickets[random(tickets.length)] ?? world.sell()
    const kind = random(12)
    if (kind === 0 && n % 3 === 0) return reset({ zoneId: random(2) ? world.hall.id : world.lounge.id })
    if (kind === 1 && n % 3 === 0) return reset({ credentialId: entity.id })
    if (kind < 5 && scanIds.length > 0) {
      const input = {
        scanId: scanIds.at(-1 - random(Math.min(16, scanIds.length))),
        reason: 'r',
        idempotencyKey: `${n}`,
      }
      return gates.run(gates.supervisor, undo, { input })
    }
    const scanId = newId('scan')
    scanIds.push(scanId)
    const way = { gateId: gateIds[random(4)], direction: random(5) < 3 ? 'ENTRY' : 'EXIT', scanId }
    if (kind < 8) return world.upload(device, [world.decided(code, n + 1, random(9), way)])
    return scan(code, { ...way, ...(random(4) === 0 && { override: { reason: 'known' } }) })
  }
  for (let n = 0; n < 300; n += 10) {
    await Promise.all(Array.from({ length: 10 }, (_, index) => step(n + index)))
    await expectAgreement(gates.service.database, world.event.id)
  }
  const [found] = await gates.service.database.query(
    `SELECT count(*) FILTER (WHERE kind = 'UNDO' AND NOT unmatched)::int > 4 AS undone,
       count(*) FILTER (WHERE kind = 'RESET' AND bodies > 0)::int > 3 AS emptied FROM ledger WHERE event_id = $1`,
    [world.event.id],
  )
  expect(found).toEqual({ undone: true, emptied: true })
})
