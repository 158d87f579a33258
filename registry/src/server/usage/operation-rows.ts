import type { Database } from '@headcount/database'
import type { OperationUsage } from '@headcount/registry-api'
import { percentile } from './latencies.ts'

/** An operation with what it came to in a window. */
export interface OperationRow {
  readonly id: string
  readonly name: string | null
  readonly kind: OperationUsage['kind']
  readonly documentId: string | null
  readonly firstSeenAt: Date
  readonly lastSeenAt: Date
  readonly requests: number
  readonly errors: number
  /** Null = nothing in the window. */
  readonly latencies: readonly number[] | null
}

/** SQL of an operation's own columns, of the table `operations`. */
export const operationColumns = `id, name, kind, document_id AS "documentId", first_seen_at AS "firstSeenAt",
       last_seen_at AS "lastSeenAt"`

/** Clients of an operation that are told; the rest are less busy ones. */
const mostClients = 50

interface ClientRow {
  readonly operation: string
  readonly name: string
  readonly version: string
  readonly requests: number
  readonly errors: number
  readonly lastSeenAt: Date
}

/** The operations with their clients, the busiest first. */
export async function withClients(
  rows: readonly OperationRow[],
  { database, since, client }: { database: Database; since: Date; client?: string | undefined },
): Promise<OperationUsage[]> {
  const clients = await database.read<ClientRow>(
    `SELECT operation, name, version, requests, errors, "lastSeenAt" FROM (
       SELECT operation_id AS operation, client_name AS name, client_version AS version,
              sum(requests)::bigint AS requests, sum(errors)::bigint AS errors, max(last_seen_at) AS "lastSeenAt",
              row_number() OVER (PARTITION BY operation_id ORDER BY sum(requests) DESC, client_name, client_version) AS place
         FROM usage_counts
        WHERE operation_id = ANY($1) AND begin >= $2 AND ($3::text IS NULL OR client_name = $3)
        GROUP BY operation_id, client_name, client_version
     ) AS ranked WHERE place <= ${mostClients} ORDER BY operation, place`,
    [rows.map(({ id }) => id), since, client ?? null],
  )
  const byOperation = Map.groupBy(clients, ({ operation }) => operation)
  return rows.map((row) => usageOf(row, byOperation.get(row.id) ?? []))
}

function usageOf({ latencies, ...row }: OperationRow, clients: readonly ClientRow[]): OperationUsage {
  const of = (share: number) => percentile(latencies ?? [], share)
  return {
    ...row,
    p50Ms: of(0.5),
    p95Ms: of(0.95),
    p99Ms: of(0.99),
    firstSeenAt: row.firstSeenAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
    clients: clients.map(({ operation: _, lastSeenAt, ...one }) => ({
      ...one,
      lastSeenAt: lastSeenAt.toISOString(),
    })),
  }
}
