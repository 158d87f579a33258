import type { Transaction } from '@headcount/database'
import { usageBounds } from './bounds.ts'
import { foldClients, type MergedCount } from './merge-report.ts'

/** Which of these operations are known or find room among those that are kept. */
export async function roomForOperations(
  tx: Transaction,
  ids: readonly string[],
): Promise<(id: string) => boolean> {
  const rows = await tx.query<{ id: string }>('SELECT id FROM operations WHERE id = ANY($1)', [ids])
  const known = new Set(rows.map(({ id }) => id))
  const fresh = ids.filter((id) => !known.has(id))
  if (fresh.length === 0) return () => true
  const [kept] = await tx.query<{ rows: number; bytes: number }>(
    'SELECT count(*)::int AS rows, coalesce(sum(octet_length(text)), 0)::bigint AS bytes FROM operations',
  )
  const isFull = kept === undefined || kept.bytes > usageBounds.textBytes
  const room = isFull ? 0 : usageBounds.operations - kept.rows
  const accepted = new Set([...known, ...fresh.slice(0, Math.max(0, room))])
  return (id) => accepted.has(id)
}

/** The counts, those of clients that find no room put together. Two reports at once may both take the last places. */
export async function roomForClients(
  tx: Transaction,
  counts: readonly MergedCount[],
): Promise<readonly MergedCount[]> {
  const rows = await tx.query<{ operation: string; name: string; version: string }>(
    `SELECT operation_id AS operation, client_name AS name, client_version AS version FROM operation_clients
      WHERE (operation_id, client_name, client_version) IN (SELECT * FROM unnest($1::text[], $2::text[], $3::text[]))`,
    [counts.map((one) => one.operation), counts.map((one) => one.name), counts.map((one) => one.version)],
  )
  const known = new Set(rows.map(keyOf))
  const fresh = counts.filter((count) => !known.has(keyOf(count)))
  if (fresh.length === 0) return counts
  const [kept] = await tx.query<{ rows: number }>('SELECT count(*)::int AS rows FROM operation_clients')
  const room = usageBounds.clients - (kept?.rows ?? 0)
  if (fresh.length <= room) return counts
  const accepted = new Set([...known, ...fresh.slice(0, Math.max(0, room)).map(keyOf)])
  return foldClients(counts, (count) => accepted.has(keyOf(count)))
}

function keyOf({ operation, name, version }: Pick<MergedCount, 'operation' | 'name' | 'version'>): string {
  return `${operation}\0${name}\0${version}`
}
