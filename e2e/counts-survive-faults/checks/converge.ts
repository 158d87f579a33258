import { setTimeout as sleep } from 'node:timers/promises'
import { ingressOf, occupancyOf } from '../../setup/counts.ts'
import type { Sql } from '../../setup/ledger.ts'
import type { Ground } from '../ground.ts'
import { differences, type Finding, finding } from './finding.ts'
import type { LedgerRow } from './read-ledger.ts'
import type { Walk } from './walk-ledger.ts'

const AGREE_MS = 5000
const LOOK_MS = 100

/** Everything that tells counts, to be held against the ledger. */
export interface CountSources {
  readonly sql: Sql
  readonly ground: Ground
  readonly rows: readonly LedgerRow[]
  readonly walk: Walk
  /** When the last attempt was answered, by `performance.now()`. */
  readonly endedAt: number
}

/** I3: within 5 s after the load the query, the counters, presence and analytics say what the ledger says. */
export async function checkAgreement(sources: CountSources): Promise<Finding> {
  let broken = await disagreements(sources)
  while (broken.length > 0 && performance.now() < sources.endedAt + AGREE_MS) {
    await sleep(LOOK_MS)
    broken = await disagreements(sources)
  }
  const { rows, walk, endedAt } = sources
  const last = walk.pictures.at(-1)
  const tookMs = Math.round(performance.now() - endedAt)
  return finding({
    rule: 'I3',
    promise: 'query, counters, presence and analytics agree with the ledger within 5 s after the load',
    numbers: `${rows.length} rows, ${last?.inside} inside, ${last?.admitted} admitted, looked at ${tookMs} ms after the load`,
    broken,
  })
}

async function disagreements(sources: CountSources): Promise<string[]> {
  return [
    ...(await queryAgainst(sources)),
    ...(await countersAgainst(sources)),
    ...(await analyticsAgainst(sources)),
  ]
}

const sumsOf = (walk: Walk) =>
  new Map(
    [...walk.gates].flatMap(([gate, sums]) =>
      Object.entries(sums).map(([what, count]): [string, number] => [`${what} of ${gate}`, count]),
    ),
  )

async function queryAgainst({ ground, walk, rows }: CountSources): Promise<string[]> {
  const { seq, inside, admitted, zones, gates } = await occupancyOf(ground.organiser, ground.eventId)
  const last = walk.pictures.at(-1)
  const found = new Map([
    ['seq', seq],
    ['inside', inside],
    ['admitted', admitted],
    ...zones.map(({ zone, inside: bodies }): [string, number] => [zone.id, bodies]),
    ...gates.flatMap(({ gate, entries, exits, rejected }): [string, number][] => [
      [`entries of ${gate.id}`, entries],
      [`exits of ${gate.id}`, exits],
      [`rejected of ${gate.id}`, rejected],
    ]),
  ])
  const expected = new Map([
    ['seq', rows.at(-1)?.ledgerSeq ?? 0],
    ['inside', last?.inside ?? 0],
    ['admitted', last?.admitted ?? 0],
    ...(last?.zones ?? []),
    ...sumsOf(walk),
  ])
  return differences('query', found, expected)
}

type Count = { readonly name: string; readonly count: number }

const toMap = (counts: readonly Count[]) => new Map(counts.map(({ name, count }) => [name, count]))

async function countersAgainst({ sql, ground, walk }: CountSources): Promise<string[]> {
  const places = await sql.query<Count>(
    'SELECT place_id AS name, bodies AS count FROM zone_counters WHERE event_id = $1',
    [ground.eventId],
  )
  const presence = await sql.query<Count>(
    'SELECT place_id AS name, sum(bodies)::int AS count FROM presence WHERE event_id = $1 GROUP BY place_id',
    [ground.eventId],
  )
  const named = [...walk.bodies].map(([place, bodies]): [string, number] => [
    place,
    bodies - (walk.nameless.get(place) ?? 0),
  ])
  return [
    ...differences('zone counter', toMap(places), walk.bodies),
    ...differences('presence', toMap(presence), new Map(named)),
  ]
}

async function analyticsAgainst({ ground, walk }: CountSources): Promise<string[]> {
  const { entries, firstEntries, exits, rejected } = await ingressOf(ground.organiser, ground.eventId)
  const sums = [...walk.gates.values()]
  const sum = (field: 'entries' | 'exits' | 'rejected') =>
    sums.reduce((total, gate) => total + gate[field], 0)
  return differences(
    'analytics',
    new Map(Object.entries({ entries, firstEntries, exits, rejected })),
    new Map([
      ['entries', sum('entries')],
      ['firstEntries', walk.pictures.at(-1)?.admitted ?? 0],
      ['exits', sum('exits')],
      ['rejected', sum('rejected')],
    ]),
  )
}
