import type { Transaction } from '@headcount/database'
import { hourMs, usageBounds } from './bounds.ts'
import { foldClients, type MergedCount } from './merge-report.ts'

/** Which operations of a report are counted. */
export interface OperationRoom {
  hasRoom(id: string): boolean
  /** Those whose row is to be written: new ones, and those that were not seen at this time yet, give or take a minute. */
  readonly unseen: readonly string[]
}

/** Which of these operations are known or find room among those that are kept. */
export async function roomForOperations(
  tx: Transaction,
  ids: readonly string[],
  seenAt: Date,
): Promise<OperationRoom> {
  const rows = await tx.query<{ id: string; first: Date; last: Date }>(
    'SELECT id, first_seen_at AS first, last_seen_at AS last FROM operations WHERE id = ANY($1)',
    [ids],
  )
  const known = new Set(rows.map(({ id }) => id))
  const stale = rows.filter(
    ({ first, last }) => seenAt < first || seenAt.getTime() > last.getTime() + minuteMs,
  )
  const fresh = ids.filter((id) => !known.has(id))
  const accepted = fresh.length > 0 ? fresh.slice(0, await roomIn(tx)) : []
  const unseen = [...stale.map(({ id }) => id), ...accepted]
  for (const id of accepted) known.add(id)
  return { hasRoom: (id) => known.has(id), unseen }
}

const minuteMs = 60_000

async function roomIn(tx: Transaction): Promise<number> {
  const [kept] = await tx.query<{ rows: number; bytes: number }>(
    'SELECT count(*)::int AS rows, coalesce(sum(octet_length(text)), 0)::bigint AS bytes FROM operations',
  )
  const isFull = kept === undefined || kept.bytes > usageBounds.textBytes
  return isFull ? 0 : Math.max(0, usageBounds.operations - kept.rows)
}

/** Which clients of a report are told apart. */
export interface ClientRoom {
  /** The counts, those of clients that find no room put together. */
  readonly counts: readonly MergedCount[]
  /** Those whose client's row is to be written: new ones, and those that were not seen for an hour. */
  readonly unseen: readonly MergedCount[]
}

/** Finds room for pairs of an operation and a client. Two reports at once may both take the last places. */
export async function roomForClients(
  tx: Transaction,
  counts: readonly MergedCount[],
  seenAt: Date,
): Promise<ClientRoom> {
  const rows = await tx.query<Pair & { last: Date }>(
    `SELECT operation_id AS operation, client_name AS name, client_version AS version, last_seen_at AS last
       FROM operation_clients
      WHERE (operation_id, client_name, client_version) IN (SELECT * FROM unnest($1::text[], $2::text[], $3::text[]))`,
    [
      counts.map(({ operation }) => operation),
      counts.map(({ name }) => name),
      counts.map(({ version }) => version),
    ],
  )
  const known = new Map(rows.map((row) => [keyOf(row), row.last.getTime()]))
  const fresh = counts.filter((count) => !known.has(keyOf(count)))
  const room = fresh.length > 0 ? await roomForPairs(tx) : 0
  const refused = new Set(fresh.slice(room).map(keyOf))
  const folded = refused.size > 0 ? foldClients(counts, (count) => !refused.has(keyOf(count))) : counts
  const isUnseen = (count: Pair) => seenAt.getTime() > (known.get(keyOf(count)) ?? 0) + hourMs
  return { counts: folded, unseen: folded.filter(isUnseen) }
}

type Pair = Pick<MergedCount, 'operation' | 'name' | 'version'>

async function roomForPairs(tx: Transaction): Promise<number> {
  const [kept] = await tx.query<{ rows: number }>('SELECT count(*)::int AS rows FROM operation_clients')
  return Math.max(0, usageBounds.clients - (kept?.rows ?? 0))
}

function keyOf({ operation, name, version }: Pair): string {
  return `${operation}\0${name}\0${version}`
}
