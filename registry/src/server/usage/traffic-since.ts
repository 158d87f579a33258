import type { Database } from '@headcount/database'

/** Since when there is traffic within a window; undefined = there is none. Where days were merged, to the day. */
export async function readSince(database: Database, since: Date): Promise<Date | undefined> {
  const [row] = await database.read<{ begin: Date }>(
    `SELECT greatest(begin, (SELECT min(first_seen_at) FROM operations)) AS begin
       FROM operation_counts WHERE begin >= $1 ORDER BY operation_counts.begin LIMIT 1`,
    [since],
  )
  return row?.begin
}
