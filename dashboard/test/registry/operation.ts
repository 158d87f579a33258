import type { OperationUsage } from '@headcount/registry-api'

interface Told extends Partial<Omit<OperationUsage, 'clients'>> {
  /** Their names; each asked a part of it. */
  clients?: readonly string[]
}

/** An operation as the registry tells of it. */
export function operationAt(
  name: string | null,
  { clients = ['an-app'], ...more }: Told = {},
): OperationUsage {
  const requests = more.requests ?? 100
  const seen = { firstSeenAt: '2026-11-01T00:00:00.000Z', lastSeenAt: '2026-11-30T00:00:00.000Z' }
  return {
    id: `id of ${name}`,
    name,
    kind: 'query',
    documentId: null,
    requests,
    errors: 0,
    ...{ p50Ms: 5, p95Ms: 20, p99Ms: 50 },
    ...seen,
    clients: clients.map((client, index) => ({
      name: client,
      version: `1.${index}`,
      requests: requests / clients.length,
      errors: 0,
      lastSeenAt: seen.lastSeenAt,
    })),
    ...more,
  }
}
