import type { BrokenOperation, ChangeUsage } from '@headcount/registry-api'
import type { KnownOperation } from './known-operations.ts'

const mostListed = 50

/** Who is hit by a change that breaks these operations; `total` = all requests, undefined where no traffic is known. */
export function changeUsage(broken: ReadonlySet<KnownOperation>, total: number | undefined): ChangeUsage {
  const operations = [...broken]
    .map((operation) => ({ operation, requests: requestsOf(operation) }))
    .sort((a, b) => b.requests - a.requests)
  const requests = operations.reduce((sum, one) => sum + one.requests, 0)
  const seen = operations.flatMap(({ operation }) => operation.clients.flatMap((one) => one.lastSeenAt ?? []))
  return {
    operations: operations.slice(0, mostListed).map(({ operation }) => listed(operation)),
    operationCount: operations.length,
    requests,
    percent: total === undefined ? null : total === 0 ? 0 : (100 * requests) / total,
    lastSeenAt: latest(seen),
  }
}

function requestsOf({ clients }: BrokenOperation): number {
  return clients.reduce((sum, { requests }) => sum + requests, 0)
}

function listed({ source, name, id, clients }: BrokenOperation): BrokenOperation {
  return { source, name, id, clients }
}

function latest(times: readonly string[]): string | null {
  let found: string | null = null
  for (const time of times) if (found === null || Date.parse(time) > Date.parse(found)) found = time
  return found
}
