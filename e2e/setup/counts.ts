import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import type { Caller } from './graph.ts'
import { openSql, type Recount, recount, type Sql } from './ledger.ts'
import type { Headcount } from './start-headcount.ts'

/** An event's counts as the graph gives them. */
export interface Occupancy {
  readonly seq: number
  readonly inside: number
  readonly admitted: number
  readonly zones: readonly { readonly zone: { readonly id: string }; readonly inside: number }[]
  readonly gates: readonly {
    readonly gate: { readonly id: string }
    readonly entries: number
    readonly exits: number
    readonly rejected: number
  }[]
}

const OCCUPANCY = `query ($eventId: ID!) { occupancy(eventId: $eventId) { seq inside admitted
  zones { zone { id } inside } gates { gate { id } entries exits rejected } } }`

/** The counts of an event now. */
export async function occupancyOf(caller: Caller, eventId: string): Promise<Occupancy> {
  const { occupancy } = await caller.ask<{ occupancy: Occupancy | null }>(OCCUPANCY, { eventId })
  if (!occupancy) throw new Error(`There is no event ${eventId}.`)
  return occupancy
}

/** Compares counts with what the ledger says of the same number. Zones must not lie in one another. */
export function expectCounts(occupancy: Occupancy, ledger: Recount): void {
  const { seq, inside, admitted } = occupancy
  expect({ seq, inside, admitted }).toEqual({
    seq: ledger.seq,
    inside: ledger.inside,
    admitted: ledger.admitted,
  })
  for (const { zone, inside: bodies } of occupancy.zones) expect(bodies).toBe(ledger.zones[zone.id] ?? 0)
  for (const { gate, entries, exits, rejected } of occupancy.gates) {
    const counted = ledger.gates[gate.id] ?? { entries: 0, exits: 0, rejected: 0 }
    expect({ entries, exits, rejected }).toEqual(counted)
  }
}

/** Sums of an event's arrivals over time, as analytics has them. */
export async function ingressOf(caller: Caller, eventId: string) {
  const query = `query ($eventId: ID!) { ingress(eventId: $eventId, bucket: 86400) { entries firstEntries exits rejected } }`
  type Bucket = { entries: number; firstEntries: number; exits: number; rejected: number }
  const { ingress } = await caller.ask<{ ingress: Bucket[] }>(query, { eventId })
  const sum = (field: keyof Bucket) => ingress.reduce((total, bucket) => total + bucket[field], 0)
  return {
    entries: sum('entries'),
    firstEntries: sum('firstEntries'),
    exits: sum('exits'),
    rejected: sum('rejected'),
  }
}

/** The same sums as the ledger has them. */
export function sumsOf(ledger: Recount) {
  const gates = Object.values(ledger.gates)
  const sum = (field: 'entries' | 'exits' | 'rejected') =>
    gates.reduce((total, gate) => total + gate[field], 0)
  return {
    entries: sum('entries'),
    firstEntries: ledger.admitted,
    exits: sum('exits'),
    rejected: sum('rejected'),
  }
}

const AGREE_MS = 5000

/**
 * Proves, once nothing moves any more, that the live count, the ledger and analytics agree within 5 s, that the ledger has
 * no gap, and that nothing in it is below zero. Answers the counts.
 */
export async function expectAgreement(
  headcount: Pick<Headcount, 'databaseUrl'>,
  caller: Caller,
  eventId: string,
): Promise<Recount> {
  const until = performance.now() + AGREE_MS
  const sql = await openSql(headcount.databaseUrl('gates'))
  try {
    const ledger = await recount(sql, eventId)
    expectCounts(await occupancyOf(caller, eventId), ledger)
    await expectGapless(sql, eventId)
    let ingress = await ingressOf(caller, eventId)
    while (JSON.stringify(ingress) !== JSON.stringify(sumsOf(ledger)) && performance.now() < until) {
      await sleep(50)
      ingress = await ingressOf(caller, eventId)
    }
    expect(ingress).toEqual(sumsOf(ledger))
    return ledger
  } finally {
    await sql.close()
  }
}

async function expectGapless(sql: Sql, eventId: string): Promise<void> {
  const [row] = await sql.query<{ rows: number; first: number; last: number }>(
    `SELECT count(*)::int AS rows, coalesce(min(ledger_seq), 1) AS first, coalesce(max(ledger_seq), 0) AS last
     FROM ledger WHERE event_id = $1`,
    [eventId],
  )
  expect(row?.first).toBe(1)
  expect(row?.rows).toBe(row?.last)
  const negative = await sql.query(
    'SELECT place_id FROM zone_counters WHERE event_id = $1 AND bodies < 0 UNION ALL SELECT place_id FROM presence WHERE event_id = $1 AND bodies < 0',
    [eventId],
  )
  expect(negative).toEqual([])
}
