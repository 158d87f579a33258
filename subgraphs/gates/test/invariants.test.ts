import { newId } from '@headcount/ids'
import { fieldOf } from '@headcount/service/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ticketType, zone } from './other-services.ts'
import { type ScanAnswer, soon, startGates } from './start-gates.ts'

// Two processes share one database; what holds here holds without any ownership.
let gates: Awaited<ReturnType<typeof startGates>>
beforeAll(async () => {
  gates = await startGates({ processes: 2 })
})
afterAll(() => gates.stop())

/** Numbers that look random and are the same in each run. */
function randomOf(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

interface Told {
  seq: number
  data?: { admitted: number; inside: number; zones: { zone: { id: string }; inside: number }[] }
}

/** The counts of the event and of each zone after every row, from the ledger and the zones alone. */
const recomputed = `
WITH RECURSIVE within (root, place) AS (
  SELECT $1, $1
  UNION SELECT $1, id FROM zones WHERE event_id = $1
  UNION SELECT id, id FROM zones WHERE event_id = $1
  UNION SELECT within.root, zones.id FROM zones JOIN within ON zones.parent_id = within.place
), moved AS (
  SELECT ledger_seq, root, coalesce(outcome = 'ADMITTED' AND NOT unmatched, false)::int
    * ((to_place IS NOT NULL AND EXISTS (SELECT FROM within w WHERE w.root = roots.root AND place = to_place))::int
     - (from_place IS NOT NULL AND EXISTS (SELECT FROM within w WHERE w.root = roots.root AND place = from_place))::int) AS bodies
  FROM ledger, (SELECT DISTINCT root FROM within) roots WHERE event_id = $1
)
SELECT ledger_seq AS seq, root AS place, sum(bodies) OVER (PARTITION BY root ORDER BY ledger_seq)::int AS inside FROM moved`

async function scanAtRandom(seed: number) {
  const { others, organizationId, supervisor, gate, scan } = gates
  const random = randomOf(seed)
  const hall = zone({ name: 'Hall', capacity: 14, enforcement: 'HARD' })
  const lounge = zone({ name: 'Lounge', capacity: 4, enforcement: 'HARD', parent: { id: hall.id } })
  const yard = zone({ name: 'Yard' })
  const types = (['SINGLE', 'AFTER_EXIT', 'UNLIMITED', 'ONCE_PER_DAY'] as const).map((entryPolicy) =>
    ticketType({ name: entryPolicy, entryPolicy }),
  )
  const event = others.addEvent(organizationId, { zones: [hall, lounge, yard], ticketTypes: types })
  const ways = [
    [null, hall.id],
    [null, hall.id],
    [hall.id, lounge.id],
    [null, yard.id],
    [yard.id, hall.id],
  ]
  const gateIds: string[] = []
  for (const [zoneFromId, zoneToId] of ways)
    gateIds.push(await gate(event.id, { zoneFromId, zoneToId, lanes: 4 }))
  const codes = Array.from({ length: 24 }, (_, n) =>
    others.sell(organizationId, event, { ticketType: { id: types[n % types.length]?.id ?? '' } }),
  ).map(({ code }) => code)
  const told: Told[] = []
  await gates.topics.subscribe(`org:${organizationId}:event:${event.id}:occupancy`, (message) =>
    told.push(message as Told),
  )
  const inputs = Array.from({ length: 800 }, () => ({
    scanId: newId('scan'),
    code: codes[random(codes.length)],
    gateId: gateIds[random(gateIds.length)],
    direction: random(5) < 3 ? 'ENTRY' : 'EXIT',
    ...(random(12) === 0 && { override: { reason: 'by hand' } }),
  }))
  const answers: ScanAnswer[] = []
  for (let from = 0; from < inputs.length; from += 80) {
    answers.push(
      ...(await Promise.all(inputs.slice(from, from + 80).map((input) => scan(supervisor, input)))),
    )
  }
  return { event, hall, lounge, inputs, answers, told }
}

const occupancy = `query ($eventId: ID!) { occupancy(eventId: $eventId) { seq admitted inside zones { zone { id } inside }
  gates { entries exits rejected } } }`

test('counts equal the ledger at every number that was told, are never negative and never above a HARD capacity', async () => {
  const { event, hall, lounge, answers, told } = await scanAtRandom(1)
  const { service, run, supervisor } = gates
  const rows = await service.database.query<{ seq: number; place: string; inside: number }>(recomputed, [
    event.id,
  ])
  const at = new Map(rows.map((row) => [`${row.seq} ${row.place}`, row.inside]))
  const most = (place: string) =>
    Math.max(...rows.filter((row) => row.place === place).map((row) => row.inside))
  expect(Math.min(...rows.map((row) => row.inside))).toBe(0)
  expect([most(hall.id), most(lounge.id)]).toEqual([14, 4])
  type Snapshot = Required<Told>['data'] & {
    seq: number
    gates: { entries: number; exits: number; rejected: number }[]
  }
  const now = fieldOf<Snapshot>(await run(supervisor, occupancy, { eventId: event.id }), 'occupancy')
  await soon(() => expect(told.at(-1)?.seq).toBe(now.seq))
  const pictures = [...told, { seq: now.seq, data: now }].filter((message) => message.data)
  expect(pictures.length).toBeGreaterThan(3)
  for (const { seq, data } of pictures) {
    expect(data?.inside).toBe(at.get(`${seq} ${event.id}`) ?? 0)
    for (const { zone: of, inside } of data?.zones ?? []) expect(inside).toBe(at.get(`${seq} ${of.id}`) ?? 0)
  }
  const [ledger] = await service.database.query(
    `SELECT count(*) FILTER (WHERE outcome = 'ADMITTED' AND direction = 'ENTRY')::int AS entries,
       count(*) FILTER (WHERE outcome = 'ADMITTED' AND direction = 'EXIT')::int AS exits,
       count(*) FILTER (WHERE outcome = 'REJECTED')::int AS rejected,
       count(DISTINCT credential_id) FILTER (WHERE outcome = 'ADMITTED' AND direction = 'ENTRY')::int AS admitted,
       count(*)::int AS rows, max(ledger_seq) AS last FROM ledger WHERE event_id = $1`,
    [event.id],
  )
  const sum = (field: 'entries' | 'exits' | 'rejected') =>
    now.gates.reduce((total, gate) => total + gate[field], 0)
  expect(ledger).toEqual({
    ...{ entries: sum('entries'), exits: sum('exits'), rejected: sum('rejected'), admitted: now.admitted },
    ...{ rows: now.seq, last: now.seq },
  })
  const kinds = new Set(answers.map((answer) => answer.reason ?? answer.__typename))
  expect([...kinds]).toEqual(
    expect.arrayContaining(['ScanAdmitted', 'ALREADY_INSIDE', 'ALREADY_USED', 'NOT_INSIDE', 'ZONE_FULL']),
  )
})

test('a SINGLE ticket has no second entry from outside without an override', async () => {
  const { event } = await scanAtRandom(2)
  const doubled = await gates.service.database.query(
    `SELECT credential_id FROM ledger JOIN ticket_types type ON type.id = ticket_type_id
     WHERE ledger.event_id = $1 AND outcome = 'ADMITTED' AND direction = 'ENTRY' AND from_place IS NULL
       AND override_reason IS NULL AND type.entry_policy = 'SINGLE'
     GROUP BY credential_id HAVING count(*) > 1`,
    [event.id],
  )
  expect(doubled).toEqual([])
})

test('whatever is sent again, in any order and grouping, changes nothing and answers the same', async () => {
  const { event, inputs, answers } = await scanAtRandom(3)
  const { run, scan, supervisor, service } = gates
  const picture = () => run(supervisor, occupancy, { eventId: event.id })
  const rowsBefore = await service.database.query('SELECT * FROM ledger WHERE event_id = $1', [event.id])
  const before = await picture()
  const random = randomOf(9)
  for (let round = 0; round < 3; round++) {
    const order = inputs.map((_, index) => index).sort(() => random(3) - 1)
    const again = await Promise.all(order.map((index) => scan(supervisor, inputs[index] ?? {})))
    for (const [position, index] of order.entries()) {
      expect(again[position]).toEqual({ ...answers[index], replayed: true })
    }
  }
  expect(await picture()).toEqual(before)
  expect(await service.database.query('SELECT * FROM ledger WHERE event_id = $1', [event.id])).toEqual(
    rowsBefore,
  )
})

test('every refusal has one reason, and no refusal changes a count', async () => {
  const { event } = await scanAtRandom(4)
  const odd = await gates.service.database.query(
    `SELECT ledger_seq FROM ledger WHERE event_id = $1 AND kind = 'SCAN'
       AND ((outcome = 'REJECTED') <> (reason IS NOT NULL) OR (outcome = 'REJECTED' AND is_first_admission))`,
    [event.id],
  )
  expect(odd).toEqual([])
})

test('the ledger refuses to be changed, whoever asks', async () => {
  const { database } = gates.service
  for (const change of ['UPDATE ledger SET outcome = NULL', 'DELETE FROM ledger', 'TRUNCATE ledger']) {
    await expect(database.query(change)).rejects.toThrow('append-only')
  }
})

test('a HARD zone fills to its capacity and not beyond, with 60 at 8 gates at once', async () => {
  const { others, organizationId, supervisor, gate, scan } = gates
  const hall = zone({ capacity: 25, enforcement: 'HARD' })
  const stand = zone({ parent: { id: hall.id } })
  const event = others.addEvent(organizationId, { zones: [hall, stand] })
  const into = [hall.id, stand.id]
  const gateIds = await Promise.all(
    Array.from({ length: 8 }, (_, n) => gate(event.id, { zoneToId: into[n % 2] })),
  )
  const codes = Array.from({ length: 60 }, () => others.sell(organizationId, event).code)
  const answers = await Promise.all(
    codes.map((code, n) => scan(supervisor, { code, gateId: gateIds[n % 8] })),
  )
  expect(answers.filter((answer) => answer.__typename === 'ScanAdmitted')).toHaveLength(25)
  const refused = answers.filter((answer) => answer.reason === 'ZONE_FULL')
  expect(refused).toHaveLength(35)
  expect(refused.every((answer) => !answer.overridable)).toBe(true)
})
