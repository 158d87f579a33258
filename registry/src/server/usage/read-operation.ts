import type { OperationUsageDetail } from '@headcount/registry-api'
import { RegistryProblem } from '../endpoint.ts'
import { dayMinutes, hourMinutes, hoursKeptDays } from './bounds.ts'
import { percentile, summedLatencies } from './latencies.ts'
import { type OperationRow, operationColumns, withClients } from './operation-rows.ts'
import type { UsageParts } from './usage-parts.ts'
import { windowOf } from './window.ts'

interface Told {
  readonly text: string
  readonly coordinates: readonly string[]
}

interface Step {
  readonly at: Date
  readonly requests: number
  readonly errors: number
  readonly latencies: readonly number[]
}

/** One operation with its text, what it uses, and how it went from hour to hour or, beyond 3 days, from day to day. */
export async function readOperation(
  id: string,
  query: URLSearchParams,
  parts: UsageParts,
): Promise<OperationUsageDetail> {
  const { database } = parts
  const { days, since } = windowOf(query, parts)
  const [row] = await database.read<OperationRow & Told>(
    `SELECT ${operationColumns}, text, coalesce(requests, 0) AS requests, coalesce(errors, 0) AS errors, latencies,
            ARRAY(SELECT DISTINCT coordinate FROM operation_coordinates WHERE operation_id = id
                    AND (NOT is_input OR operation_coordinates.last_seen_at >= $2) ORDER BY 1) AS coordinates
       FROM operations, (SELECT sum(requests)::bigint AS requests, sum(errors)::bigint AS errors,
                                ${summedLatencies} AS latencies
                           FROM operation_counts WHERE operation_id = $1 AND begin >= $2) AS totals
      WHERE id = $1 AND text IS NOT NULL`,
    [id, since],
  )
  if (!row) {
    throw new RegistryProblem(
      'NOT_FOUND',
      'No such operation is known; GET /usage/operations lists those that are',
    )
  }
  const { text, coordinates, ...operation } = row
  const [usage] = await withClients([withoutEmpty(operation)], { database, since })
  if (!usage) throw new Error('an operation went in and none came out')
  const series = await readSeries(id, { parts, since, span: days > hoursKeptDays ? dayMinutes : hourMinutes })
  return { ...usage, text, coordinates, series }
}

/** A sum over no rows is a list of nulls. */
function withoutEmpty(row: OperationRow): OperationRow {
  return { ...row, latencies: row.latencies?.every((count) => count !== null) ? row.latencies : null }
}

async function readSeries(
  id: string,
  { parts, since, span }: { parts: UsageParts; since: Date; span: number },
): Promise<OperationUsageDetail['series']> {
  const unit = span === dayMinutes ? 'day' : 'hour'
  const steps = await parts.database.read<Step>(
    `SELECT date_trunc('${unit}', begin, 'UTC') AS at, sum(requests)::bigint AS requests, sum(errors)::bigint AS errors,
            ${summedLatencies} AS latencies
       FROM operation_counts WHERE operation_id = $1 AND begin >= $2 GROUP BY 1 ORDER BY 1`,
    [id, since],
  )
  return steps.map(({ at, requests, errors, latencies }) => ({
    ...{ at: at.toISOString(), requests, errors },
    p95Ms: percentile(latencies, 0.95),
  }))
}
