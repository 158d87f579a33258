import { createOutbox } from '@headcount/service'
import { fieldOf } from '@headcount/service/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { keepMonths } from '../src/domain/keep-months.ts'
import { createStore, type Store } from '../src/store/store.ts'
import { offlineWorld } from './offline.ts'
import { expectAgreement } from './recompute.ts'
import { startGates } from './start-gates.ts'

let gates: Awaited<ReturnType<typeof startGates>>
let store: Store
let clock = new Date()
const present = new Date()
beforeAll(async () => {
  gates = await startGates({ now: () => clock })
  store = createStore(gates.service.database, createOutbox(gates.service.database))
})
afterAll(() => gates.stop())

const query = <Row extends object>(sql: string, params: unknown[] = []) =>
  gates.service.database.query<Row>(sql, params)

/** The first moment of a month, counted from that of a moment. */
function monthOf(moment: Date, later = 0): Date {
  return new Date(Date.UTC(moment.getUTCFullYear(), moment.getUTCMonth() + later, 1))
}
const nameOf = (moment: Date) => `ledger_${moment.toISOString().slice(0, 7).replace('-', '_')}`

async function monthsOf(eventId: string): Promise<string[]> {
  const rows = await query<{ month: string }>(
    'SELECT tableoid::regclass::text AS month FROM ledger WHERE event_id = $1 ORDER BY ledger_seq',
    [eventId],
  )
  return rows.map(({ month }) => month)
}

async function allMonths(): Promise<string[]> {
  const rows = await query<{ name: string }>(
    `SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'ledger'::regclass ORDER BY 1`,
  )
  return rows.map(({ name }) => name)
}

async function scanAt(moment: Date, input: object) {
  clock = moment
  return gates.scan(gates.supervisor, input).finally(() => {
    clock = present
  })
}

test('a row goes into the month in which the server got it, by UTC, and none into the default', async () => {
  const world = await offlineWorld(gates)
  const next = monthOf(present, 1)
  const [before, after] = [new Date(next.getTime() - 1), next]
  for (const moment of [before, after])
    expect(await scanAt(moment, { code: world.sell().code, gateId: world.outer })).toMatchObject({
      __typename: 'ScanAdmitted',
    })
  // An upload counts by its own time, and is kept by the server's.
  await world.upload(world.device(), [
    world.decided(world.sell().code, 1, 0, { scannedAt: '2020-01-01T00:00:00Z' }),
  ])
  expect((await monthsOf(world.event.id)).slice(-3)).toEqual([nameOf(before), nameOf(after), nameOf(present)])
  expect(await store.strayLedgerRows()).toBe(0)
})

test('months are made ahead, twice is nothing, and several at once make each once', async () => {
  // The service made the present month and three more when it started.
  expect(await allMonths()).toEqual(
    expect.arrayContaining([0, 1, 2, 3].map((n) => nameOf(monthOf(present, n)))),
  )
  expect(await store.makeLedgerMonths(present, 4)).toBe(0)
  const far = new Date('2031-11-30T23:59:59.999Z')
  const made = await Promise.all(Array.from({ length: 4 }, () => store.makeLedgerMonths(far, 3)))
  expect(made.reduce((sum, one) => sum + one, 0)).toBe(3)
  expect(await store.makeLedgerMonths(far, 3)).toBe(0)
  const bounds = await query<{ bounds: string }>(
    `SELECT pg_get_expr(relpartbound, oid) AS bounds FROM pg_class WHERE relname = ANY ($1) ORDER BY relname`,
    [['ledger_2031_11', 'ledger_2031_12', 'ledger_2032_01']],
  )
  const from = (month: string) => `'${month}-01 00:00:00+00'`
  expect(bounds.map((row) => row.bounds)).toEqual([
    `FOR VALUES FROM (${from('2031-11')}) TO (${from('2031-12')})`,
    `FOR VALUES FROM (${from('2031-12')}) TO (${from('2032-01')})`,
    `FOR VALUES FROM (${from('2032-01')}) TO (${from('2032-02')})`,
  ])
})

test('people are scanned while a month is made', async () => {
  const world = await offlineWorld(gates)
  const codes = Array.from({ length: 30 }, () => world.sell().code)
  const scans = codes.map((code) => gates.scan(gates.supervisor, { code, gateId: world.outer }))
  await store.makeLedgerMonths(new Date('2033-01-01T00:00:00Z'), 6)
  for (const answer of await Promise.all(scans)) expect(answer.__typename).toBe('ScanAdmitted')
})

test('every part of the ledger refuses changes, whoever is connected', async () => {
  const world = await offlineWorld(gates)
  await gates.scan(gates.supervisor, { code: world.sell().code, gateId: world.outer })
  const months = await allMonths()
  expect(months).toContain('ledger_default')
  for (const month of ['ledger', ...months])
    await expect(query(`TRUNCATE ${month}`), month).rejects.toThrow('append-only')
  for (const change of ['UPDATE', 'DELETE FROM'].map((verb) => `${verb} ${nameOf(present)}`)) {
    const sql = change.startsWith('UPDATE') ? `${change} SET outcome = NULL` : change
    await expect(query(sql), sql).rejects.toThrow('append-only')
  }
})

test('presence is spread by event and attempts by scanId, eight parts each', async () => {
  const parts = await query(
    `SELECT partrelid::regclass::text AS "table", partstrat AS strategy, pg_get_partkeydef(partrelid) AS key,
       (SELECT count(*)::int FROM pg_inherits WHERE inhparent = partrelid) AS parts
     FROM pg_partitioned_table WHERE partrelid <> 'ledger'::regclass ORDER BY 1`,
  )
  expect(parts).toEqual([
    { table: 'attempts', strategy: 'h', key: 'HASH (scan_id)', parts: 8 },
    { table: 'presence', strategy: 'h', key: 'HASH (event_id)', parts: 8 },
  ])
  const world = await offlineWorld(gates)
  for (let n = 0; n < 16; n++)
    await gates.scan(gates.supervisor, { code: world.sell().code, gateId: world.outer })
  const [spread] = await query<{ presence: number; attempts: number }>(
    `SELECT (SELECT count(DISTINCT tableoid) FROM presence WHERE event_id = $1)::int AS presence,
       (SELECT count(DISTINCT tableoid) FROM attempts WHERE event_id = $1)::int AS attempts`,
    [world.event.id],
  )
  expect(spread?.presence).toBe(1)
  expect(spread?.attempts).toBeGreaterThan(3)
})

test('a scanId is one attempt in all months: a retry in the next one has the first answer', async () => {
  const world = await offlineWorld(gates)
  const input = { scanId: `retry-${world.event.id}`, code: world.sell().code, gateId: world.outer }
  const first = await scanAt(present, input)
  expect(await scanAt(monthOf(present, 1), input)).toEqual({ ...first, replayed: true })
})

/** An event that had its rows in two months of a year, and another one that had rows in the second. */
async function twoMonthsOf(year: number) {
  await store.makeLedgerMonths(new Date(`${year}-01-01T00:00:00Z`), 2)
  const [old, other] = [await offlineWorld(gates), await offlineWorld(gates)]
  const ticket = old.sell()
  const first = { scanId: `first-${old.event.id}`, code: ticket.code, gateId: old.outer }
  await scanAt(new Date(`${year}-01-31T23:59:59.999Z`), first)
  await scanAt(new Date(`${year}-02-01T00:00:00.000Z`), { code: old.sell().code, gateId: old.outer })
  await scanAt(new Date(`${year}-02-10T00:00:00.000Z`), { code: other.sell().code, gateId: other.outer })
  return { old, other, ticket, first }
}

const setStatus = (eventId: string, status: string) =>
  query('UPDATE events SET status = $2 WHERE id = $1', [eventId, status])
const archive = (moment: string) => store.archiveLedgerMonths(new Date(moment))

test('a month is archived when it has ended and all its events are over; what is left goes on', async () => {
  const { old, other, ticket, first } = await twoMonthsOf(2020)
  expect(await archive('2020-03-01T00:00:00Z')).toEqual([])
  await setStatus(old.event.id, 'ENDED')
  expect(await archive('2020-01-31T23:59:59Z')).toEqual([])
  expect(await archive('2020-03-01T00:00:00Z')).toEqual(['ledger_2020_01'])
  expect(await archive('2020-03-01T00:00:00Z')).toEqual([])
  // The other's event is on: its month stays.
  expect(await allMonths()).toContain('ledger_2020_02')
  const kept = await query('SELECT scan_id FROM ledger_archive.ledger_2020_01')
  expect(kept).toEqual([{ scan_id: first.scanId }])
  for (const change of ['UPDATE', 'DELETE FROM', 'TRUNCATE'])
    await expect(
      query(`${change} ledger_archive.ledger_2020_01 ${change === 'UPDATE' ? 'SET outcome = NULL' : ''}`),
    ).rejects.toThrow('append-only')
  await expectAgreement(gates.service.database, other.event.id)
  // Its people still get out, and its lists show what is left.
  const exit = { code: ticket.code, gateId: old.outer, direction: 'EXIT' }
  expect(await gates.scan(gates.supervisor, exit)).toMatchObject({ __typename: 'ScanAdmitted' })
  const lists = `query ($eventId: ID!) { ledger(eventId: $eventId) { edges { node { scan { scanId } } } }
    scans(eventId: $eventId) { edges { node { scanId } } } }`
  const { data, errors } = await gates.run(gates.supervisor, lists, { eventId: old.event.id })
  expect([errors, JSON.stringify(data).includes(first.scanId)]).toEqual([undefined, false])
})

test('an attempt of an archived month stands in nobody’s way', async () => {
  const { old, other, first } = await twoMonthsOf(2021)
  for (const { event } of [old, other]) await setStatus(event.id, 'ARCHIVED')
  expect(await archive('2021-03-01T00:00:00Z')).toContain('ledger_2021_02')
  for (const { event } of [old, other]) await setStatus(event.id, 'LIVE')
  const undo = `mutation ($input: UndoScanInput!) { undoScan(input: $input) { __typename } }`
  const input = { scanId: first.scanId, reason: 'r', idempotencyKey: 'old' }
  expect(fieldOf(await gates.run(gates.supervisor, undo, { input }), 'undoScan')).toEqual({
    __typename: 'NotFound',
  })
  const again = old.decided(first.code, 1, 1, { scanId: first.scanId })
  const { results } = await old.upload(old.device(), [again, old.decided(old.sell().code, 2, 1)])
  expect(results.map(({ status }) => status)).toEqual(['INVALID', 'RECORDED'])
})

test('what is due is done by itself: months ahead, months away, and a word about rows that lie in no month', async () => {
  const said: string[] = []
  const note = (_fields: object, message: string) => void said.push(message)
  const keep = (moment: string, keptMonths?: number) =>
    keepMonths({
      store,
      log: { info: note, warn: note, error: note } as never,
      now: () => new Date(moment),
      keptMonths,
    })
  await keep('2040-01-15T00:00:00Z')
  expect(await allMonths()).toEqual(expect.arrayContaining(['ledger_2040_01', 'ledger_2040_04']))
  // One month is kept after its end; at the end of March January has been over for more, February for less.
  await keep('2040-03-31T00:00:00Z', 1)
  const left = await allMonths()
  expect([left.includes('ledger_2040_01'), left.includes('ledger_2040_02')]).toEqual([false, true])
  expect(said).toEqual(
    expect.arrayContaining(['made months of the ledger ahead', 'archived months of the ledger']),
  )
  expect(said.join()).not.toContain('in no month')
  await query(
    `INSERT INTO ledger (event_id, ledger_seq, organization_id, kind, recorded_at, actor_kind, actor_id)
     VALUES ('evt_stray', 1, 'org_stray', 'RESET', '2099-01-01', 'service', 'test')`,
  )
  await keep('2040-03-31T00:00:00Z')
  expect(said.join()).toContain('in no month')
})
