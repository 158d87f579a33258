import type { CoordinateUsage } from '@headcount/registry-api'
import type { UsageParts } from './usage-parts.ts'
import { windowOf } from './window.ts'

interface Asked {
  readonly id: string
  readonly requests: number
  readonly clients: readonly string[]
}

interface Used {
  readonly coordinate: string
  readonly operations: readonly string[]
  readonly lastSeenAt: Date
}

/**
 * The coordinates that were used in the window, the busiest first; `?of=Event` tells those of one type alone. Requests are
 * those of the operations that use it; one that came in variables is looked for in a sample of them.
 */
export async function usedCoordinates(query: URLSearchParams, parts: UsageParts): Promise<CoordinateUsage[]> {
  const { since } = windowOf(query, parts)
  const [asked, used] = await Promise.all([readAsked(parts, since), readUsed(parts, since, query.get('of'))])
  const operations = new Map(asked.map((one) => [one.id, one]))
  return used.map((one) => usageOf(one, operations)).sort((a, b) => b.requests - a.requests || order(a, b))
}

/** Operations with requests in the window, and who made them. */
function readAsked({ database }: UsageParts, since: Date): Promise<Asked[]> {
  return database.read<Asked>(
    `SELECT operation_id AS id, sum(requests)::bigint AS requests,
            ARRAY(SELECT DISTINCT client_name FROM operation_clients
                   WHERE operation_clients.operation_id = operation_counts.operation_id AND last_seen_at >= $1) AS clients
       FROM operation_counts WHERE begin >= $1 GROUP BY operation_id`,
    [since],
  )
}

function readUsed({ database }: UsageParts, since: Date, type: string | null): Promise<Used[]> {
  return database.read<Used>(
    `SELECT coordinate, array_agg(DISTINCT operation_id) AS operations,
            max(CASE WHEN is_input THEN used.last_seen_at ELSE operations.last_seen_at END) AS "lastSeenAt"
       FROM operations JOIN operation_coordinates AS used ON used.operation_id = operations.id
      WHERE operations.last_seen_at >= $1 AND (NOT is_input OR used.last_seen_at >= $1)
        AND ($2::text IS NULL OR coordinate = $2 OR starts_with(coordinate, $2 || '.'))
      GROUP BY coordinate`,
    [since, type],
  )
}

function usageOf(
  { coordinate, operations, lastSeenAt }: Used,
  asked: ReadonlyMap<string, Asked>,
): CoordinateUsage {
  const clients = new Set<string>()
  let requests = 0
  for (const id of operations) {
    const one = asked.get(id)
    requests += one?.requests ?? 0
    for (const client of one?.clients ?? []) clients.add(client)
  }
  return { coordinate, requests, lastSeenAt: lastSeenAt.toISOString(), clients: [...clients].sort() }
}

function order(a: CoordinateUsage, b: CoordinateUsage): number {
  return a.coordinate < b.coordinate ? -1 : 1
}
