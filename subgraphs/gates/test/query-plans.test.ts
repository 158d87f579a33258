import { pageArguments } from '@headcount/paging'
import { createOutbox } from '@headcount/service'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decideBatch } from '../src/domain/decide-batch.ts'
import { wantedOf } from '../src/domain/facts-wanted.ts'
import { scanIdOf } from '../src/domain/ledger.ts'
import { scanState } from '../src/domain/scan-state.ts'
import { ledgerList } from '../src/store/ledger-entries.ts'
import { credentialScanList, scanList } from '../src/store/scan-pages.ts'
import { createStore, type Store } from '../src/store/store.ts'
import { indexesUsed, noting, planOf, type Sent, tablesRead, wholeReads } from './query-plans.ts'
import { attempt } from './scan-facts.ts'
import { startGates } from './start-gates.ts'

// 64 events of 640 tickets, each let in once: 40,960 rows in each of four big tables, over four months.
const [EVENTS, TICKETS] = [64, 640]
const organizationId = 'org_a'
const eventId = 'evt_p7'
const key = { organizationId, eventId }
const [credentialId, scanId, codeHash, gateId] = ['tkt_7_100', 'scan-7-100', 'hash-7-100', 'gat_7']
const deviceId = 'dev_7'
const now = new Date()

let gates: Awaited<ReturnType<typeof startGates>>
let store: Store
let bigTables: ReadonlySet<string>
const sent: Sent[] = []
const heard: string[] = []

beforeAll(async () => {
  gates = await startGates()
  const { database } = gates.service
  store = createStore(noting(database, sent), createOutbox(noting(database, sent)))
  const first = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 3, 1))
  await store.makeLedgerMonths(first, 4)
  for (const sql of fill) await database.query(sql)
  const tables = await database.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND reltuples >= 1000`,
  )
  bigTables = new Set(tables.map(({ name }) => name))
  database.onStatement(({ sql }) => void heard.push(sql))
}, 120_000)
afterAll(() => gates.stop())

const numbers = `generate_series(0, ${EVENTS - 1}) AS event, generate_series(1, ${TICKETS}) AS n`
// An event lies in one month; those of one month's number share it.
const moment = `date_trunc('month', now(), 'UTC') - make_interval(months => event % 4) + make_interval(secs => n)`
const fill = [
  `INSERT INTO events (id, organization_id, name, status, time_zone, version)
   SELECT 'evt_p' || event, '${organizationId}', 'Night', 'LIVE', 'UTC', 1 FROM generate_series(0, ${EVENTS - 1}) AS event`,
  `INSERT INTO event_counters (event_id, organization_id, ledger_seq, inside, admitted)
   SELECT id, organization_id, ${TICKETS}, ${TICKETS}, ${TICKETS} FROM events WHERE id LIKE 'evt_p%'`,
  `INSERT INTO zones (id, organization_id, event_id, name, enforcement, version)
   SELECT 'zon_' || event, '${organizationId}', 'evt_p' || event, 'Hall', 'SOFT', 1 FROM generate_series(0, ${EVENTS - 1}) AS event`,
  `INSERT INTO zone_counters (place_id, organization_id, event_id, bodies)
   SELECT id, organization_id, event_id, ${TICKETS} FROM zones WHERE id LIKE 'zon_%'`,
  `INSERT INTO gates (id, organization_id, event_id, name, zone_to_id, status, lanes, ticket_type_ids, version)
   SELECT 'gat_' || event, '${organizationId}', 'evt_p' || event, 'Gate', 'zon_' || event, 'OPEN_BOTH', 1, '{}', 1
   FROM generate_series(0, ${EVENTS - 1}) AS event`,
  `INSERT INTO tickets (id, organization_id, event_id, ticket_type_id, code_hash, status, version)
   SELECT format('tkt_%s_%s', event, n), '${organizationId}', 'evt_p' || event, 'typ', format('hash-%s-%s', event, n), 'VALID', 1
   FROM ${numbers}`,
  `INSERT INTO ledger (event_id, ledger_seq, organization_id, kind, recorded_at, actor_kind, actor_id, gate_id, scan_id,
     code_hash, device_id, device_seq, direction, outcome, reason, credential_id, to_place, scanned_at, effective_at)
   SELECT 'evt_p' || event, n, '${organizationId}', 'SCAN', ${moment}, 'device', 'dev_' || event, 'gat_' || event,
     format('scan-%s-%s', event, n), format('hash-%s-%s', event, n), 'dev_' || event, n, 'ENTRY',
     CASE WHEN n % 10 = 0 THEN 'REJECTED' ELSE 'ADMITTED' END, CASE WHEN n % 10 = 0 THEN 'ZONE_FULL' END,
     format('tkt_%s_%s', event, n), 'zon_' || event, ${moment}, ${moment} FROM ${numbers}`,
  `INSERT INTO attempts (organization_id, scan_id, event_id, ledger_seq, recorded_at)
   SELECT organization_id, scan_id, event_id, ledger_seq, recorded_at FROM ledger WHERE event_id LIKE 'evt_p%'`,
  `INSERT INTO presence (credential_id, place_id, organization_id, event_id, bodies, entries, entries_from_outside,
     last_movement_at)
   SELECT format('tkt_%s_%s', event, n), 'zon_' || event, '${organizationId}', 'evt_p' || event, 1, 1, 1, ${moment} FROM ${numbers}`,
  'ANALYZE',
]

const page = pageArguments({ first: 50 }, scanList)
const later = { ...page, after: [500] as [number] }
const ledgerPage = pageArguments({ first: 50 }, ledgerList)
const scanned = (more: object) =>
  attempt({ organizationId, eventId, gateId, codeHash, scanId: 'new', ...more })
const decided = { outcome: 'REJECTED', reason: null, effectiveAt: new Date(0), clockSkewMs: 0 } as const
async function decideOne(one: ReturnType<typeof attempt>): Promise<void> {
  await store.changeLedger(key, wantedOf([one]), (facts) => {
    return { answer: undefined, change: decideBatch(scanState(facts), [one], false).change }
  })
}

// As many as a page has.
const fiftyRows = Array.from({ length: 50 }, (_, n) => ({ eventId, ledgerSeq: n + 1 }))
const fifty = (prefix: string) => fiftyRows.map(({ ledgerSeq }) => `${prefix}${ledgerSeq}`)

/** What is asked of the big tables, by the store's own functions. */
const questions: Record<string, () => Promise<unknown>> = {
  'a scan': () => decideOne(scanned({ receivedAt: now })),
  'an upload': () => decideOne(scanned({ scanId, offline: decided })),
  'the attempt of a scanId': () => store.attemptHead(organizationId, scanId),
  'scans by id': () => store.scansById(organizationId, fiftyRows.map(scanIdOf)),
  'rows by number': () => store.ledgerEntries(organizationId, fiftyRows),
  'second words': () => store.secondWords(organizationId, fifty('scan-7-')),
  'a page of scans': () => store.scanPage(key, {}, page),
  'a later page of scans': () => store.scanPage(key, {}, later),
  'scans at a gate': () => store.scanPage(key, { gateId }, page),
  'scans by a device': () => store.scanPage(key, { deviceId }, page),
  'refused scans': () => store.scanPage(key, { outcome: 'REJECTED' }, page),
  'scans refused for a reason': () => store.scanPage(key, { reason: ['ZONE_FULL'] }, page),
  'admitted scans': () => store.scanPage(key, { outcome: 'ADMITTED' }, page),
  'a page of the ledger': () => store.ledgerPage(key, null, ledgerPage),
  'a page of kinds of the ledger': () => store.ledgerPage(key, ['RESET', 'UNDO'], ledgerPage),
  'scans of credentials': () =>
    store.scansOfCredentials(organizationId, [
      { credentialId, page: pageArguments({ first: 5 }, credentialScanList) },
    ]),
  'where credentials are': () => store.credentialStates(organizationId, fifty('tkt_9_')),
  'what a device has just scanned': () =>
    store.scannedSince(organizationId, [{ deviceId, credentialId }], new Date(now.getTime() - 60_000)),
  'tickets by id': () => store.ticketsById(organizationId, fifty('tkt_9_')),
  'tickets as they are told': () =>
    store.keepTickets([
      {
        ...{
          id: credentialId,
          organizationId,
          eventId,
          ticketTypeId: 'typ',
          codeHash,
          status: 'VALID' as const,
        },
        ...{ pendingReason: null, validUntil: null, version: 2 },
      },
    ]),
  'a page of a manifest': () =>
    store.manifestFacts({ ...key, deviceId, after: { changedIn: 0, id: '' }, limit: 100 }),
  'a reset of a credential': () => reset({ credentialId: 'tkt_9_1' }, 'evt_p9'),
  'a reset of a zone': () => reset({ place: 'zon_11' }, 'evt_p11'),
}

function reset(what: { credentialId: string } | { place: string }, ofEvent: string) {
  const actor = { kind: 'user', id: 'usr_1' } as const
  return store.resetPresence({
    ...{ organizationId, eventId: ofEvent, what, kind: 'RESET', day: null, actor, reason: 'r', at: now },
  })
}

const BIG = /\b(ledger|presence|attempts|tickets)\b/
const isRelay = (sql: string) => /outbox/.test(sql)

/** The statements over big tables that a question sends. */
async function statementsOf(name: string): Promise<Sent[]> {
  const [from, fromHeard] = [sent.length, heard.length]
  await questions[name]?.()
  const noted = sent.slice(from)
  // What Prisma sends is heard alone: its text is explained without parameters.
  const others = heard.slice(fromHeard).filter((sql) => !noted.some((one) => one.sql === sql))
  const all = [...noted, ...others.map((sql) => ({ sql, params: [], isPlannedOnce: true }))]
  return all.filter(({ sql }) => BIG.test(sql) && !isRelay(sql))
}

test('the tables are big', () => {
  const families = ['ledger_2', 'presence_', 'attempts_', 'tickets']
  for (const family of families) expect([...bigTables].some((name) => name.startsWith(family))).toBe(true)
})

describe.each(Object.keys(questions))('%s', (name) => {
  test('is looked up by an index, whatever the parameters are where Postgres plans it once', async () => {
    const { database } = gates.service
    const statements = await statementsOf(name)
    expect(statements.length).toBeGreaterThan(0)
    for (const { sql, params, isPlannedOnce } of statements) {
      const plan = params.length > 0 ? await planOf(database, { sql, params }) : []
      const forAll = isPlannedOnce ? await planOf(database, { sql, params: [] }, 'GENERIC_PLAN') : []
      expect(plan.length + forAll.length).toBeGreaterThan(0)
      expect([sql, wholeReads([...plan, ...forAll], bigTables)]).toEqual([sql, []])
    }
  })
})

/** The plans of a question's reads, as they were run. */
async function runPlans(name: string) {
  const reads = (await statementsOf(name)).filter(({ sql }) => /^\s*(SELECT|WITH ticket)/.test(sql))
  expect(reads.length).toBeGreaterThan(0)
  const plans = reads.map((one) => planOf(gates.service.database, one, 'ANALYZE, TIMING OFF'))
  return (await Promise.all(plans)).flat()
}

// Event 7 lies three months back.
const monthOf7 = `ledger_${new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 3, 1)).toISOString().slice(0, 7).replace('-', '_')}`
const present = `ledger_${now.toISOString().slice(0, 7).replace('-', '_')}`

test('an attempt is looked for in one part of the attempts, and its row in one month', async () => {
  const steps = await runPlans('the attempt of a scanId')
  expect(tablesRead(steps, 'attempts_')).toHaveLength(1)
  expect(tablesRead(steps, 'ledger_')).toEqual([monthOf7])
})

test('a scan looks into one part of presence and attempts each, and into no month at all', async () => {
  const steps = await runPlans('a scan')
  // The first time it is new; here it has been written.
  expect(tablesRead(steps, 'presence_').length).toBeLessThanOrEqual(1)
  expect(tablesRead(steps, 'attempts_').length).toBeLessThanOrEqual(1)
  expect(tablesRead(steps, 'ledger_').filter((name) => name !== present)).toEqual([])
})

test('second words are looked for in no month but their own', async () => {
  const steps = await runPlans('second words')
  expect(tablesRead(steps, 'ledger_')).toEqual([])
})

test('what was scanned just now is looked for in no month that has ended', async () => {
  const steps = await runPlans('what a device has just scanned')
  const ended = tablesRead(steps, 'ledger_2').filter((name) => name < present)
  expect(ended).toEqual([])
})

test('a credential is looked for by its own index in all parts of presence: its events are not known', async () => {
  const [statement] = await statementsOf('where credentials are')
  if (!statement) throw new Error('nothing was asked')
  const indexes = indexesUsed(await planOf(gates.service.database, statement))
  expect(indexes.filter((name) => name.startsWith('presence')).length).toBe(8)
  for (const name of indexes) expect(name).toMatch(/credential_id|tickets_pkey/)
})

test('a reset looks into one part of presence', async () => {
  for (const name of ['a reset of a credential', 'a reset of a zone']) {
    const [statement] = (await statementsOf(name)).filter(({ sql }) => sql.includes('UPDATE presence'))
    if (!statement) throw new Error(`${name} changed no presence`)
    expect(new Set(tablesRead(await planOf(gates.service.database, statement), 'presence_')).size).toBe(1)
  }
})

test('every function of the store is looked at here, or knows none of the big tables', () => {
  const text = Object.values(questions).join()
  const unasked = Object.keys(store).filter(
    (name) => !text.includes(`store.${name}(`) && !`${reset}${decideOne}`.includes(`store.${name}(`),
  )
  expect(unasked.sort()).toEqual([
    ...['addManifestKey', 'answeredTo', 'archiveLedgerMonths', 'assignDevices', 'changeGate', 'closings'],
    ...[
      'devicesAtWork',
      'devicesById',
      'devicesOfEvent',
      'devicesOfGates',
      'eventCounts',
      'eventsById',
      'forgetKeys',
    ],
    ...['gateRates', 'gatesById', 'gatesOfEvents', 'keepDevices', 'keepGround', 'keepHeard', 'keepHeartbeat'],
    ...[
      'keepInvalidUploads',
      'keepTicketKeys',
      'makeLedgerMonths',
      'manifestKey',
      'numbersOf',
      'occupancies',
    ],
    ...[
      'settleRechecks',
      'strayLedgerRows',
      'ticketKeysById',
      'ticketTypesById',
      'unsettledRechecks',
      'zoneCounts',
    ],
    'zonesById',
  ])
})
