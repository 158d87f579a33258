import type { Database } from '@headcount/database'
import { dayMinutes, dayMs, hourMinutes, hoursKeptDays } from './bounds.ts'
import { addedLatencies } from './latencies.ts'

/** How usage is swept. */
export interface UsageSweep {
  readonly database: Database
  readonly now: Date
  readonly retentionDays: number
  /** Ends it between two steps. */
  readonly signal: AbortSignal
}

/**
 * Merges hours of days that are over for long into one row a day, and removes what is older than the retention. Each step is
 * a statement of an hour or of some rows: none holds anybody up, and one that is broken off is done by the next run.
 */
export async function sweepUsage(sweep: UsageSweep): Promise<void> {
  const { now, retentionDays } = sweep
  const hoursBefore = startOfDay(now.getTime() - hoursKeptDays * dayMs)
  const gone = new Date(now.getTime() - retentionDays * dayMs)
  await eachOldest(sweep, {
    table: 'usage_counts',
    before: hoursBefore,
    span: hourMinutes,
    sql: mergeClientHours,
  })
  await eachOldest(sweep, {
    table: 'operation_counts',
    before: hoursBefore,
    span: hourMinutes,
    sql: mergeHours,
  })
  for (const table of ['usage_counts', 'operation_counts'] as const) {
    const sql = `DELETE FROM ${table} WHERE begin = $1 AND span = ${dayMinutes}`
    await eachOldest(sweep, { table, before: startOfDay(gone.getTime()), span: dayMinutes, sql })
  }
  await untilNone(sweep, removeOperations, [gone])
  await untilNone(sweep, removeClients, [gone])
  await untilNone(sweep, removeReports, [new Date(now.getTime() - dayMs)])
  await sweep.database.query('DELETE FROM usage_uncounted WHERE begin < $1', [gone])
}

function startOfDay(time: number): Date {
  return new Date(time - (time % dayMs))
}

interface OldRows {
  readonly table: 'usage_counts' | 'operation_counts'
  readonly span: number
  readonly before: Date
  /** Takes away the rows that begin at `$1`. */
  readonly sql: string
}

/** Runs a statement for each beginning that is too old, the oldest first. */
async function eachOldest(
  { database, signal }: UsageSweep,
  { table, span, before, sql }: OldRows,
): Promise<void> {
  while (!signal.aborted) {
    const [oldest] = await database.query<{ begin: Date }>(
      `SELECT begin FROM ${table} WHERE begin < $1 AND span = ${span} ORDER BY begin LIMIT 1`,
      [before],
    )
    if (!oldest) return
    await database.query(sql, [oldest.begin])
  }
}

async function untilNone(
  { database, signal }: UsageSweep,
  sql: string,
  params: readonly unknown[],
): Promise<void> {
  while (!signal.aborted) {
    const [row] = await database.query<{ removed: number }>(sql, params)
    if (!row?.removed) return
  }
}

const summed = `requests = kept.requests + excluded.requests, errors = kept.errors + excluded.errors,
       latencies = ${addedLatencies}`

const mergeClientHours = `
  WITH hours AS (DELETE FROM usage_counts WHERE begin = $1 AND span = ${hourMinutes} RETURNING *)
  INSERT INTO usage_counts AS kept
    (operation_id, client_name, client_version, span, begin, requests, errors, latencies, last_seen_at)
  SELECT operation_id, client_name, client_version, ${dayMinutes}, date_trunc('day', begin, 'UTC'),
         requests, errors, latencies, last_seen_at
    FROM hours
  ON CONFLICT (operation_id, client_name, client_version, span, begin)
  DO UPDATE SET ${summed}, last_seen_at = greatest(kept.last_seen_at, excluded.last_seen_at)`

const mergeHours = `
  WITH hours AS (DELETE FROM operation_counts WHERE begin = $1 AND span = ${hourMinutes} RETURNING *)
  INSERT INTO operation_counts AS kept (operation_id, span, begin, requests, errors, latencies)
  SELECT operation_id, ${dayMinutes}, date_trunc('day', begin, 'UTC'), requests, errors, latencies FROM hours
  ON CONFLICT (operation_id, span, begin) DO UPDATE SET ${summed}`

const some = 1_000

const removeOperations = `
  WITH gone AS (DELETE FROM operations
                 WHERE id IN (SELECT id FROM operations WHERE last_seen_at < $1 ORDER BY last_seen_at LIMIT ${some})
                RETURNING id),
       used AS (DELETE FROM operation_coordinates USING gone WHERE operation_id = gone.id)
  SELECT count(*)::int AS removed FROM gone`

const removeClients = `
  WITH gone AS (DELETE FROM operation_clients WHERE ctid = ANY(ARRAY(
                  SELECT ctid FROM operation_clients WHERE last_seen_at < $1 LIMIT ${some})) RETURNING 1)
  SELECT count(*)::int AS removed FROM gone`

const removeReports = `
  WITH gone AS (DELETE FROM usage_reports WHERE ctid = ANY(ARRAY(
                  SELECT ctid FROM usage_reports WHERE at < $1 LIMIT ${some})) RETURNING 1)
  SELECT count(*)::int AS removed FROM gone`
