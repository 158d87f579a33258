import type { Database } from '@headcount/database'

const newest = 1_000
const keptDays = 180

/** Keeps the newest 1,000 checks, and none for longer than 180 days. */
export async function sweepChecks(database: Database, now: Date): Promise<void> {
  await database.query(
    `DELETE FROM checks WHERE at < $1
        OR id <= (SELECT id FROM checks ORDER BY id DESC OFFSET ${newest} LIMIT 1)`,
    [new Date(now.getTime() - keptDays * 86_400_000)],
  )
}
