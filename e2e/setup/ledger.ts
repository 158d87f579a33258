import pg from 'pg'
import type { Headcount } from './start-headcount.ts'

/** An event's counts, recomputed from its ledger alone. */
export interface Recount {
  readonly seq: number
  readonly inside: number
  readonly admitted: number
  /** Bodies directly in each zone. */
  readonly zones: Readonly<Record<string, number>>
  readonly gates: Readonly<Record<string, { entries: number; exits: number; rejected: number }>>
}

/** Runs SQL on one database over one connection. */
export interface Sql {
  query<Row>(text: string, values?: readonly unknown[]): Promise<Row[]>
  close(): Promise<void>
}

/** Connects to a database. */
export async function openSql(url: string): Promise<Sql> {
  const client = new pg.Client({ connectionString: url })
  // A server that is stopped meanwhile ends the connection; the next query says so.
  client.on('error', () => {})
  await client.connect()
  return {
    query: async <Row>(text: string, values: readonly unknown[] = []) =>
      (await client.query(text, [...values])).rows as Row[],
    close: () => client.end(),
  }
}

/** Runs something on the database of gates. */
export async function withLedger<T>(
  headcount: Pick<Headcount, 'databaseUrl'>,
  work: (sql: Sql) => Promise<T>,
): Promise<T> {
  const sql = await openSql(headcount.databaseUrl('gates'))
  try {
    return await work(sql)
  } finally {
    await sql.close()
  }
}

const MOVES = `SELECT * FROM ledger WHERE event_id = $1 AND ledger_seq <= $2 AND kind = 'SCAN'`

/**
 * Counts an event anew from the rows of its ledger up to a number (default: all), by the definitions of the contract and
 * nothing else: a body moves from one place to another; outside is null.
 */
export async function recount(sql: Sql, eventId: string, upTo = 2_147_483_647): Promise<Recount> {
  const values = [eventId, upTo]
  const [totals] = await sql.query<{ seq: number; inside: number; admitted: number }>(
    `SELECT (SELECT coalesce(max(ledger_seq), 0) FROM ledger WHERE event_id = $1 AND ledger_seq <= $2)::int AS seq,
       coalesce(sum(CASE WHEN outcome <> 'ADMITTED' OR unmatched THEN 0
         ELSE (from_place IS NULL)::int - (to_place IS NULL)::int END), 0)::int AS inside,
       count(DISTINCT credential_id) FILTER (WHERE outcome = 'ADMITTED' AND direction = 'ENTRY')::int AS admitted
     FROM (${MOVES}) AS move`,
    values,
  )
  const zones = await sql.query<{ place: string; bodies: number }>(
    `SELECT place, sum(step)::int AS bodies FROM (${MOVES}) AS move,
       LATERAL (VALUES (from_place, -1), (to_place, 1)) AS side (place, step)
     WHERE outcome = 'ADMITTED' AND NOT unmatched AND place IS NOT NULL GROUP BY place`,
    values,
  )
  const gates = await sql.query<{ gate: string; entries: number; exits: number; rejected: number }>(
    `SELECT gate_id AS gate,
       count(*) FILTER (WHERE outcome = 'ADMITTED' AND direction = 'ENTRY')::int AS entries,
       count(*) FILTER (WHERE outcome = 'ADMITTED' AND direction = 'EXIT')::int AS exits,
       count(*) FILTER (WHERE outcome = 'REJECTED')::int AS rejected
     FROM (${MOVES}) AS move GROUP BY gate_id`,
    values,
  )
  return {
    seq: totals?.seq ?? 0,
    inside: totals?.inside ?? 0,
    admitted: totals?.admitted ?? 0,
    zones: Object.fromEntries(zones.map(({ place, bodies }) => [place, bodies])),
    gates: Object.fromEntries(gates.map(({ gate, ...counts }) => [gate, counts])),
  }
}
