import type { OperationUsage } from '@headcount/registry-api'

/** One build of one app, by what it sends. */
export interface SeenClient {
  name: string
  version: string
  requests: number
  errors: number
  operations: number
  /** RFC 3339. */
  lastSeenAt: string
}

/** Who asked the operations, by name and version; the busiest first. */
export function clientsOf(operations: readonly OperationUsage[]): SeenClient[] {
  const clients = new Map<string, SeenClient>()
  for (const { name, version, requests, errors, lastSeenAt } of operations.flatMap((one) => one.clients)) {
    const key = JSON.stringify([name, version])
    const known = clients.get(key) ?? { name, version, requests: 0, errors: 0, operations: 0, lastSeenAt }
    known.requests += requests
    known.errors += errors
    known.operations += 1
    if (Date.parse(lastSeenAt) > Date.parse(known.lastSeenAt)) known.lastSeenAt = lastSeenAt
    clients.set(key, known)
  }
  return [...clients.values()].toSorted((one, other) => other.requests - one.requests)
}
