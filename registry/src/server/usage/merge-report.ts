import type { ReportedCount, UsageReport } from '@headcount/registry-api'
import { otherClients } from './bounds.ts'

/** Counts of one operation and one client. */
export interface MergedCount {
  readonly operation: string
  readonly name: string
  readonly version: string
  requests: number
  errors: number
  latencies: number[]
}

/** Sums what stands twice: each row is written once. */
export function mergeCounts(counts: readonly ReportedCount[]): MergedCount[] {
  const merged = new Map<string, MergedCount>()
  for (const { operation, client, requests, errors, latencies } of counts) {
    const key = `${operation}\0${client.name}\0${client.version}`
    const kept = merged.get(key)
    if (kept) add(kept, { requests, errors, latencies })
    else merged.set(key, { operation, ...client, requests, errors, latencies: [...latencies] })
  }
  return [...merged.values()]
}

/** The same for all clients together. */
export function mergeClients(counts: readonly MergedCount[]): MergedCount[] {
  const nobody = { name: '', version: '' }
  return mergeCounts(counts.map((count) => ({ ...count, client: nobody })))
}

/** Counts whose client found no room go to the others. */
export function foldClients(
  counts: readonly MergedCount[],
  hasRoom: (count: MergedCount) => boolean,
): MergedCount[] {
  return mergeCounts(
    counts.map((count) => ({
      ...count,
      client: hasRoom(count) ? { name: count.name, version: count.version } : otherClients,
    })),
  )
}

/** Each pair of an operation and a coordinate of its variables once. */
export function mergeInputs(inputs: UsageReport['inputs']): Map<string, Set<string>> {
  const merged = new Map<string, Set<string>>()
  for (const { operation, coordinates } of inputs) {
    const kept = merged.get(operation) ?? new Set()
    for (const coordinate of coordinates) kept.add(coordinate)
    merged.set(operation, kept)
  }
  return merged
}

function add(kept: MergedCount, came: Pick<ReportedCount, 'requests' | 'errors' | 'latencies'>): void {
  kept.requests += came.requests
  kept.errors += came.errors
  kept.latencies = kept.latencies.map((count, bucket) => count + (came.latencies[bucket] ?? 0))
}
