import { setTimeout as sleep } from 'node:timers/promises'
import { newId } from '@headcount/ids'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Scan } from '../src/domain/count-scans.ts'
import { createStore } from '../src/store.ts'
import { type Bucket, scan, startAnalytics } from './start-analytics.ts'

let analytics: Awaited<ReturnType<typeof startAnalytics>>

beforeAll(async () => {
  analytics = await startAnalytics()
})
afterAll(() => analytics.stop())

const start = Date.parse('2026-07-01T18:00:00Z')
const at = (seconds: number) => new Date(start + seconds * 1000).toISOString()

/** Numbers from 0 to below `limit`, the same each run. https://en.wikipedia.org/wiki/Linear_congruential_generator */
function numbers(seed: number) {
  let state = seed
  return (limit: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
}

function shuffled<T>(items: readonly T[], next: (limit: number) => number): T[] {
  const result = [...items]
  for (let index = result.length - 1; index > 0; index--) {
    const other = next(index + 1)
    const [a, b] = [result[index], result[other]]
    if (a === undefined || b === undefined) continue
    result[index] = b
    result[other] = a
  }
  return result
}

function chunks<T>(items: readonly T[], next: (limit: number) => number): T[][] {
  const result: T[][] = []
  for (let from = 0; from < items.length; ) {
    const size = 1 + next(40)
    result.push(items.slice(from, from + size))
    from += size
  }
  return result
}

const total = (buckets: readonly Bucket[], key: 'entries' | 'firstEntries' | 'exits' | 'rejected') =>
  buckets.reduce((sum, bucket) => sum + bucket[key], 0)

test('scans count by gate and minute of effectiveAt: entries, first ones of them, exits and refusals', async () => {
  const eventId = newId('event')
  const gates = [newId('gate'), newId('gate')].sort()
  const [a = '', b = ''] = gates
  await analytics.tell(eventId, [
    scan(1, a),
    scan(2, a, { effectiveAt: at(59.999), firstAdmission: false }),
    scan(3, a, { effectiveAt: at(60) }),
    scan(4, b, { direction: 'EXIT', firstAdmission: false }),
    scan(5, b, { outcome: 'REJECTED', firstAdmission: false }),
    scan(6, b, { outcome: 'REJECTED', direction: 'EXIT', firstAdmission: false }),
  ])
  expect(await analytics.ingress(`eventId: "${eventId}"`)).toEqual([
    { at: at(0), gate: { id: a }, entries: 2, firstEntries: 1, exits: 0, rejected: 0 },
    { at: at(0), gate: { id: b }, entries: 0, firstEntries: 0, exits: 1, rejected: 2 },
    { at: at(60), gate: { id: a }, entries: 1, firstEntries: 1, exits: 0, rejected: 0 },
  ])
})

test('replayed ten times, shuffled, split and merged anew, by several at once: each scan counts once', async () => {
  const next = numbers(7)
  const eventId = newId('event')
  const gates = Array.from({ length: 4 }, () => newId('gate'))
  const kinds: Partial<Scan>[] = [
    {},
    { firstAdmission: false },
    { direction: 'EXIT', firstAdmission: false },
    { outcome: 'REJECTED', firstAdmission: false },
  ]
  // Every seventh number of the ledger is no scan, as a gate's status is none.
  const ledger = Array.from({ length: 700 }, (_, index) => index + 1).filter((sequence) => sequence % 7 !== 0)
  const scans = ledger.map((sequence) => {
    const gateId = gates[next(4)] ?? ''
    return scan(sequence, gateId, { ...kinds[next(4)], effectiveAt: at(next(600)) })
  })
  const expected = new Map<string, Partial<Bucket>>()
  for (const { gateId, effectiveAt, outcome, direction, firstAdmission } of scans) {
    const minute = new Date(Math.floor(Date.parse(effectiveAt) / 60_000) * 60_000).toISOString()
    const before = expected.get(`${minute} ${gateId}`)
    const isEntry = outcome === 'ADMITTED' && direction === 'ENTRY'
    const add = (key: 'entries' | 'firstEntries' | 'exits' | 'rejected', is: boolean) =>
      (before?.[key] ?? 0) + Number(is)
    expected.set(`${minute} ${gateId}`, {
      entries: add('entries', isEntry),
      firstEntries: add('firstEntries', isEntry && firstAdmission === true),
      exits: add('exits', outcome === 'ADMITTED' && direction === 'EXIT'),
      rejected: add('rejected', outcome === 'REJECTED'),
    })
  }

  for (let round = 0; round < 10; round++) {
    const messages = chunks(shuffled(scans, next), next)
    await Promise.all(
      messages.map((message) => analytics.tell(eventId, [...message, ...message.slice(0, 3)])),
    )
    const buckets = await analytics.ingress(`eventId: "${eventId}"`)
    const found = buckets.map(({ at: minute, gate, ...counts }) => [`${minute} ${gate.id}`, counts] as const)
    expect(new Map(found)).toEqual(expected)
    expect(found).toHaveLength(expected.size)
  }
})

test('eight processes that count one message at once count each scan once', async () => {
  const eventId = newId('event')
  const gateId = newId('gate')
  const scans = Array.from({ length: 50 }, (_, index) => scan(index + 1, gateId))
  await analytics.tell(eventId, scans.slice(0, 1))
  // Past the bus, which hands one process the messages of an event one at a time.
  const { database } = analytics.service
  const store = createStore(database)
  const recorded = { organizationId: 'org_a', eventId, scans }
  let countings: Promise<void>[] = []
  await database.transaction(async (tx) => {
    await tx.query('SELECT FROM counted_ledgers WHERE event_id = $1 FOR UPDATE', [eventId])
    countings = Array.from({ length: 8 }, () => store.recordScans(recorded))
    // All eight have come as far as they get without the row.
    await sleep(300)
  })
  await Promise.all(countings)
  expect(total(await analytics.ingress(`eventId: "${eventId}"`), 'entries')).toBe(50)
})

test('the set of counted scans stays as small as the ledger has gaps', async () => {
  const eventId = newId('event')
  const gateId = newId('gate')
  for (let round = 0; round < 20; round++) {
    const scans = Array.from({ length: 50 }, (_, index) => scan(1 + round + index * 20, gateId))
    await analytics.tell(eventId, scans)
  }
  const sql = `SELECT sequences::text FROM counted_ledgers WHERE event_id = $1`
  expect(await analytics.service.database.query(sql, [eventId])).toEqual([{ sequences: '{[1,1001)}' }])
})

test.each([1, 7, 60, 3_600, 86_400])(
  'buckets of %i s hold every scan once and begin at its multiples',
  async (bucket) => {
    const next = numbers(bucket)
    const eventId = newId('event')
    const scans = Array.from({ length: 200 }, (_, index) =>
      scan(index + 1, newId('gate'), { effectiveAt: at(next(7_200)) }),
    )
    await analytics.tell(eventId, scans)
    const buckets = await analytics.ingress(`eventId: "${eventId}", bucket: ${bucket}`)
    expect(total(buckets, 'entries')).toBe(200)
    const times = buckets.map((row) => Date.parse(row.at))
    expect(times.filter((time) => time % (bucket * 1000) !== 0)).toEqual([])
    expect(times).toEqual([...times].sort((a, b) => a - b))
  },
)

test('spans that meet neither share a scan nor lose one, and gateId takes one gate', async () => {
  const eventId = newId('event')
  const [a, b] = [newId('gate'), newId('gate')]
  const scans = Array.from({ length: 60 }, (_, index) =>
    scan(index + 1, index % 3 === 0 ? a : b, { effectiveAt: at(index + 0.5) }),
  )
  await analytics.tell(eventId, scans)
  const event = `eventId: "${eventId}"`
  for (const middle of [at(30), at(30.7)]) {
    const before = await analytics.ingress(`${event}, to: "${middle}"`)
    const after = await analytics.ingress(`${event}, from: "${middle}"`)
    expect([total(before, 'entries'), total(after, 'entries')]).toEqual([30, 30])
  }
  expect(total(await analytics.ingress(`${event}, gateId: "${a}"`), 'entries')).toBe(20)
})

test('a question that is wrong is one clear error', async () => {
  const event = `eventId: "${newId('event')}"`
  const bad = [
    [`${event}, bucket: 0`, 'bucket takes 1 to 86,400 seconds; it is 0.'],
    [`${event}, bucket: -60`, 'it is -60'],
    [`${event}, bucket: 86401`, 'it is 86401'],
    [`${event}, bucket: 3000000000`, '32-bit'],
    [`${event}, bucket: null`, 'Int!'],
    [`${event}, from: "${at(60)}", to: "${at(60)}"`, 'from must be before to'],
    [`${event}, from: "yesterday"`, 'RFC 3339'],
    ['bucket: 60', 'eventId'],
  ]
  for (const [args = '', named = ''] of bad) {
    const { errors } = await analytics.ingressAnswer(args)
    expect(errors).toHaveLength(1)
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT')
    expect(errors?.[0]?.message).toContain(named)
  }
})

test('an answer of more than 20,000 buckets is refused and a bucket that fits is named', async () => {
  const eventId = newId('event')
  const gateId = newId('gate')
  const scans = Array.from({ length: 20_001 }, (_, index) =>
    scan(index + 1, gateId, { effectiveAt: at(index) }),
  )
  for (let from = 0; from < scans.length; from += 5_000)
    await analytics.tell(eventId, scans.slice(from, from + 5_000))
  const event = `eventId: "${eventId}"`
  const refused = await analytics.ingressAnswer(`${event}, bucket: 1`)
  expect(refused.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT')
  expect(refused.errors?.[0]?.message).toContain('bucket: 5 fits')
  expect(total(await analytics.ingress(`${event}, bucket: 5`), 'entries')).toBe(20_001)
  expect(await analytics.ingress(`${event}, bucket: 1, to: "${at(20_000)}"`)).toHaveLength(20_000)
})
