import { createHash } from 'node:crypto'
import type { ReportedCount, ReportedOperation, UsageReport } from '@headcount/registry-api'

export const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

let sequence = 0

/** A report of the minute before a time. */
export function report(to: string, parts: Partial<UsageReport> = {}): UsageReport {
  sequence += 1
  return {
    ...{ gateway: 'gateway-1', sequence, to },
    from: new Date(Date.parse(to) - 60_000).toISOString(),
    ...{ operations: [], counts: [], inputs: [], uncounted: 0 },
    ...parts,
  }
}

export function operation(text: string, parts: Partial<ReportedOperation> = {}): ReportedOperation {
  const [, kind = 'query', name = null] = /^(query|mutation|subscription)\s*(\w+)?/.exec(text) ?? []
  return {
    ...{ id: sha256(text), name, kind: kind as ReportedOperation['kind'], text },
    ...{ coordinates: [], documentId: null },
    ...parts,
  }
}

/** Requests of a client (`ios@2.1`), all within the same bucket of latency. */
export function count(
  operation: string,
  client: string,
  { requests = 1, errors = 0, bucket = 3 }: { requests?: number; errors?: number; bucket?: number } = {},
): ReportedCount {
  const [name = '', version = ''] = client.split('@')
  const latencies = Array.from({ length: 14 }, (_, index) => (index === bucket ? requests : 0))
  return { operation, client: { name, version }, requests, errors, latencies }
}
