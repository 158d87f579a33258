import { newId } from '@headcount/ids'
import { fieldOf } from '@headcount/service/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { zone } from './other-services.ts'
import { soon, startGates } from './start-gates.ts'

let gates: Awaited<ReturnType<typeof startGates>>
let clockAheadMs = 0
beforeAll(async () => {
  gates = await startGates({ now: () => new Date(Date.now() + clockAheadMs) })
})
afterAll(() => gates.stop())

interface Told {
  seq: number
  asOf: string
  data?: { admitted: number; gates: { entriesPerMinute: number }[] }
}

/** An event with a gate, and what is told on its channel. */
async function listen(more: object = {}) {
  const { others, organizationId, gate, topics } = gates
  const event = others.addEvent(organizationId, more)
  const gateId = await gate(event.id)
  const told: (Told & { atMs: number })[] = []
  const channel = `org:${organizationId}:event:${event.id}:occupancy`
  const stop = await topics.subscribe(channel, (message) =>
    told.push({ ...(message as Told), atMs: Date.now() }),
  )
  return { event, gateId, told, stop }
}

test('a message holds exactly the selection that the schema says it carries', async () => {
  const { others, organizationId, scan, supervisor, run, service } = gates
  const hall = zone({ capacity: 3, enforcement: 'HARD' })
  const { event, gateId, told } = await listen({ zones: [hall] })
  await scan(supervisor, { code: others.sell(organizationId, event).code, gateId })
  await soon(() => expect(told.findLast((message) => message.data)?.data?.admitted).toBe(1))
  const { data: sdl } = await service.execute({
    ...{ query: '{ _service { sdl } }', viewer: supervisor, requestId: 'test' },
  })
  const carries = /carries: "([^"]+)"/.exec((sdl as { _service: { sdl: string } })._service.sdl)?.[1]
  const snapshot = fieldOf<Told>(
    await run(supervisor, `{ occupancy(eventId: "${event.id}") { ${carries} } }`),
    'occupancy',
  )
  // The values in the form in which GraphQL writes them.
  const carried = { ...told.findLast((message) => message.data)?.data, asOf: '' }
  expect(carried).toEqual(JSON.parse(JSON.stringify({ ...snapshot, asOf: '' })))
  expect(told.at(-1)?.asOf).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
})

test('the first change is told at once, a burst at most every 100 ms, and the last one always', async () => {
  const { others, organizationId, scan, supervisor } = gates
  const { event, gateId, told } = await listen()
  await soon(() => expect(told.length).toBeGreaterThan(0))
  await new Promise((resolve) => setTimeout(resolve, 150))
  told.length = 0
  const beganAtMs = Date.now()
  const codes = Array.from({ length: 120 }, () => others.sell(organizationId, event).code)
  let last = 0
  for (let n = 0; n < codes.length; n += 10) {
    const answers = await Promise.all(
      codes.slice(n, n + 10).map((code) => scan(supervisor, { code, gateId })),
    )
    last = Math.max(last, ...answers.map((answer) => answer.scan.ledgerSeq))
  }
  await soon(() =>
    expect(told.findLast((message) => message.data)).toMatchObject({ seq: last, data: { admitted: 120 } }),
  )
  const withNumbers = told.filter((message) => message.data)
  const tookMs = Date.now() - beganAtMs
  expect(withNumbers.length).toBeLessThanOrEqual(tookMs / 100 + 2)
  // Not by a heartbeat: the first one long before the last scan.
  expect(withNumbers[0]?.data?.admitted).toBeLessThanOrEqual(20)
  expect(told.map(({ seq }) => seq)).toEqual(told.map(({ seq }) => seq).sort((a, b) => a - b))
})

test('a quiet event shows every 2 s that its number is fresh, and tells when only rates changed', async () => {
  const { others, organizationId, scan, supervisor } = gates
  const { event, gateId, told, stop } = await listen()
  const answer = await scan(supervisor, { code: others.sell(organizationId, event).code, gateId })
  await soon(() => expect(told.findLast((message) => message.data)?.data?.gates[0]?.entriesPerMinute).toBe(1))
  // What the making of the gate has to tell may still be on its way.
  await new Promise((resolve) => setTimeout(resolve, 300))
  told.length = 0
  await soon(() => expect(told.length).toBeGreaterThanOrEqual(2))
  expect(told.every(({ seq, data }) => seq === answer.scan.ledgerSeq && data === undefined)).toBe(true)
  expect((told[1]?.atMs ?? 0) - (told[0]?.atMs ?? 0)).toBeLessThan(2000)
  clockAheadMs = 61_000
  await soon(() => expect(told.findLast((message) => message.data)?.data?.gates[0]?.entriesPerMinute).toBe(0))
  clockAheadMs = 0
  await stop()
})

test('heartbeats of any number of events are one statement', async () => {
  const listened = [await listen(), await listen(), await listen()]
  // What the making of the gates has to tell goes first.
  await new Promise((resolve) => setTimeout(resolve, 300))
  const statements: string[] = []
  const forget = gates.service.database.onStatement(({ sql }) => {
    if (sql.includes('event_counters counter')) statements.push(sql)
  })
  for (const { told } of listened) told.length = 0
  await soon(() => expect(listened.every(({ told }) => told.length > 0)).toBe(true))
  forget()
  expect(statements).toHaveLength(1)
  for (const { stop } of listened) await stop()
})

test('a zone that gets another capacity is told, with a higher number; one that changes nothing visible is not', async () => {
  const { organizationId, bus, service } = gates
  const hall = zone({ capacity: 3 })
  const { event, told } = await listen({ zones: [hall] })
  await soon(() => expect(told.length).toBeGreaterThan(0))
  const seq = told.at(-1)?.seq ?? 0
  const say = (change: object) =>
    bus.publish('events', {
      ...{
        id: newId('message'),
        subject: `org.${organizationId}.event.${event.id}.zone.changed`,
        organizationId,
      },
      payload: { ...hall, parent: undefined, parentId: null, eventId: event.id, ...change },
      occurredAt: new Date().toISOString(),
    })
  await say({ version: 2, entryPolicy: 'SINGLE' })
  await say({ version: 3, capacity: 9 })
  await say({ version: 2, capacity: 4 })
  await say({ version: 3, capacity: 9 })
  await soon(() =>
    expect(told.findLast((message) => message.data)).toMatchObject({
      seq: seq + 1,
      data: { zones: [{ zone: { capacity: 9 } }] },
    }),
  )
  const rows = await service.database.query(
    `SELECT detail FROM ledger WHERE event_id = $1 AND ledger_seq > $2`,
    [event.id, seq],
  )
  expect(rows).toEqual([{ detail: expect.objectContaining({ zoneId: hall.id, capacity: 9 }) }])
})

test('a channel that cannot be reached holds up no scan', async () => {
  const { others, organizationId, scan, supervisor, topics } = gates
  const { event, gateId } = await listen()
  const publish = topics.publish
  topics.publish = () => new Promise((_, reject) => setTimeout(reject, 1000, new Error('away')))
  try {
    const beganAtMs = Date.now()
    for (let n = 0; n < 5; n++) {
      const answer = await scan(supervisor, { code: others.sell(organizationId, event).code, gateId })
      expect(answer.__typename).toBe('ScanAdmitted')
    }
    expect(Date.now() - beganAtMs).toBeLessThan(1000)
  } finally {
    topics.publish = publish
  }
})
