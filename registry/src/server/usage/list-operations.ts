import type { OperationUsage, Page } from '@headcount/registry-api'
import { RegistryProblem } from '../endpoint.ts'
import { summedLatencies } from './latencies.ts'
import { type OperationRow, operationColumns, withClients } from './operation-rows.ts'
import type { UsageParts } from './usage-parts.ts'
import { queryInteger, windowOf } from './window.ts'

/**
 * The busiest operations of the window first: `?days=&client=<name>&name=<part of the operation's name>&limit=&before=`.
 * Of a client alone, its requests and its latencies are told.
 */
export async function listOperations(
  query: URLSearchParams,
  parts: UsageParts,
): Promise<Page<OperationUsage>> {
  const { since } = windowOf(query, parts)
  const limit = queryInteger(query, 'limit', { max: 200, otherwise: 50 })
  const client = query.get('client') ?? undefined
  const before = positionOf(query.get('before'))
  const rows = await parts.database.read<OperationRow>(
    `WITH totals AS (${client === undefined ? totalsOfAll : totalsOfClient})
     SELECT ${operationColumns}, requests, errors, latencies
       FROM totals JOIN operations ON operations.id = totals.operation_id
      WHERE text IS NOT NULL AND ($2::text IS NULL OR strpos(lower(name), lower($2)) > 0)
        AND ($3::bigint IS NULL OR (requests, id) < ($3, $4))
      ORDER BY requests DESC, id DESC LIMIT ${limit + 1}`,
    [
      since,
      query.get('name'),
      before?.requests ?? null,
      before?.id ?? null,
      ...(client === undefined ? [] : [client]),
    ],
  )
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1) : undefined
  return {
    items: await withClients(shown, { database: parts.database, since, client }),
    before: last ? `${last.requests}-${last.id}` : null,
  }
}

const sums = `sum(requests)::bigint AS requests, sum(errors)::bigint AS errors, ${summedLatencies} AS latencies`
const totalsOfAll = `SELECT operation_id, ${sums} FROM operation_counts WHERE begin >= $1 GROUP BY operation_id`
const totalsOfClient = `SELECT operation_id, ${sums} FROM usage_counts
          WHERE begin >= $1 AND client_name = $5 GROUP BY operation_id`

function positionOf(before: string | null): { requests: string; id: string } | undefined {
  if (before === null) return undefined
  const [, requests, id] = /^(\d{1,18})-([0-9a-f]{64})$/.exec(before) ?? []
  if (requests !== undefined && id !== undefined) return { requests, id }
  throw new RegistryProblem('BAD_REQUEST', '?before= must be what the last page gave as "before"')
}
