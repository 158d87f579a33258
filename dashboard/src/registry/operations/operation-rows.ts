import type { OperationUsage } from '@headcount/registry-api'

/** What to show of the operations. */
export interface OperationFilter {
  /** Part of a name, of a client's name, or of an id. */
  text: string
  kind: 'all' | OperationUsage['kind']
  trust: 'all' | 'trusted' | 'free'
}

export const NO_FILTER: OperationFilter = { text: '', kind: 'all', trust: 'all' }

export type OperationColumn = 'name' | 'requests' | 'errors' | 'p50' | 'p95' | 'p99' | 'clients' | 'lastSeen'

/** By what a column sorts; the share of errors, not their number. */
export const operationKeys: Readonly<
  Record<OperationColumn, (operation: OperationUsage) => string | number | null>
> = {
  name: ({ name }) => name,
  requests: ({ requests }) => requests,
  errors: ({ errors, requests }) => (requests === 0 ? null : errors / requests),
  p50: ({ p50Ms }) => p50Ms,
  p95: ({ p95Ms }) => p95Ms,
  p99: ({ p99Ms }) => p99Ms,
  clients: ({ clients }) => new Set(clients.map(({ name }) => name)).size,
  lastSeen: ({ lastSeenAt }) => Date.parse(lastSeenAt),
}

/** Those that a filter lets through, in the order that they had. */
export function filterOperations(
  operations: readonly OperationUsage[],
  { text, kind, trust }: OperationFilter,
): readonly OperationUsage[] {
  const part = text.trim().toLowerCase()
  return operations.filter((operation) => {
    if (kind !== 'all' && operation.kind !== kind) return false
    if (trust !== 'all' && (operation.documentId !== null) !== (trust === 'trusted')) return false
    return part === '' || wordsOf(operation).some((word) => word.toLowerCase().includes(part))
  })
}

function wordsOf({ name, id, documentId, clients }: OperationUsage): string[] {
  return [name ?? '', id, documentId ?? '', ...clients.map((client) => client.name)]
}
