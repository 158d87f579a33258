import type { Message } from './message.ts'

/** What reads and writes the outbox: a pool's client or the database. */
export interface Queryable {
  query<Row extends object>(sql: string, params: unknown[]): Promise<Row[]>
}

/** A message as the outbox keeps it. */
export interface OutboxRow extends Message {
  /** Position in the outbox; a text, since it is only ever compared by the database. */
  sequence: string
  /** How often it has been tried in vain. */
  attempts: number
}

/** What the relay leaves out for the moment. */
export interface Excluded {
  sequences: readonly string[]
  subjects: readonly string[]
}

// The comment lets those who count statements tell the relay's from a request's.
const MARK = '/* outbox relay */'

/** The oldest messages that are due, in the order in which they were written. */
export async function readDue(db: Queryable, excluded: Excluded, limit: number): Promise<OutboxRow[]> {
  const rows = await db.query<Omit<OutboxRow, 'occurredAt'> & { occurredAt: Date }>(
    `${MARK} SELECT sequence::text AS sequence, id, subject, organization_id AS "organizationId", payload,
       occurred_at AS "occurredAt", attempts
     FROM outbox
     WHERE (next_attempt_at IS NULL OR next_attempt_at <= now())
       AND sequence <> ALL ($1::bigint[]) AND subject <> ALL ($2::text[])
     ORDER BY outbox.sequence
     LIMIT $3`,
    [excluded.sequences, excluded.subjects, limit],
  )
  return rows.map((row) => ({ ...row, occurredAt: new Date(row.occurredAt).toISOString() }))
}

/** Removes messages that the bus took. */
export async function removeSent(db: Queryable, sequences: readonly string[]): Promise<void> {
  await db.query(`${MARK} DELETE FROM outbox WHERE sequence = ANY ($1::bigint[])`, [sequences])
}

/** Notes a failed attempt; the message is due again after the delay. */
export async function postpone(
  db: Queryable,
  row: OutboxRow,
  { delayMs, reason }: { delayMs: number; reason: string },
): Promise<void> {
  await db.query(
    `${MARK} UPDATE outbox
     SET attempts = $2, last_error = $3, next_attempt_at = now() + make_interval(secs => $4::float8 / 1000)
     WHERE sequence = $1`,
    [row.sequence, row.attempts + 1, reason, delayMs],
  )
}

/** Puts a message aside after its last attempt. */
export async function bury(db: Queryable, row: OutboxRow, reason: string): Promise<void> {
  await db.query(
    `${MARK} WITH gone AS (DELETE FROM outbox WHERE sequence = $1 RETURNING *)
     INSERT INTO outbox_dead (sequence, id, subject, organization_id, payload, occurred_at, attempts, last_error)
     SELECT sequence, id, subject, organization_id, payload, occurred_at, $2, $3 FROM gone`,
    [row.sequence, row.attempts + 1, reason],
  )
}

/** Takes messages that were put aside back into the outbox, all or those with the ids; how many. */
export async function revive(db: Queryable, ids: readonly string[] | undefined): Promise<number> {
  const rows = await db.query(
    `${MARK} WITH gone AS (DELETE FROM outbox_dead WHERE $1::text[] IS NULL OR id = ANY ($1) RETURNING *)
     INSERT INTO outbox (id, subject, organization_id, payload, occurred_at)
     SELECT id, subject, organization_id, payload, occurred_at FROM gone ORDER BY sequence
     ON CONFLICT (id) DO NOTHING RETURNING id`,
    [ids ?? null],
  )
  return rows.length
}

/** How much waits, how long the oldest has waited (0 where nothing does), and how much was put aside. */
export async function measure(db: Queryable): Promise<{ pending: number; dead: number; lagMs: number }> {
  const [row] = await db.query<{ pending: number; dead: number; lag: number }>(
    `${MARK} SELECT (SELECT count(*)::int FROM outbox) AS pending, (SELECT count(*)::int FROM outbox_dead) AS dead,
       coalesce((SELECT extract(epoch FROM now() - occurred_at) FROM outbox ORDER BY sequence LIMIT 1), 0)::float8 AS lag`,
    [],
  )
  return { pending: row?.pending ?? 0, dead: row?.dead ?? 0, lagMs: Math.max(0, (row?.lag ?? 0) * 1000) }
}
