import type { Transaction } from '@headcount/database'
import type { ReportedOperation, UsageAnswer, UsageReport } from '@headcount/registry-api'
import { RegistryProblem } from '../endpoint.ts'
import { mapInSlices } from '../in-slices.ts'
import { dayMs, defaultRetentionDays } from './bounds.ts'
import { type MergedCount, mergeCounts, mergeInputs } from './merge-report.ts'
import { roomForClients, roomForOperations } from './room.ts'
import { withoutValues } from './told-operation.ts'
import type { UsageParts } from './usage-parts.ts'
import { addClients, addCounts, addInputs, addOperations, addTexts, addUncounted } from './write-usage.ts'

/**
 * Counts a report, once: all of it or nothing. Answers which of its operations nobody has told yet. What found no room
 * within the bounds is counted as such, and logged.
 */
export async function countReport(report: UsageReport, parts: UsageParts): Promise<UsageAnswer> {
  const { database } = parts
  const seenAt = seenAtOf(report, parts)
  const told = await newlyTold(report.operations, parts)
  const counts = mergeCounts(report.counts)
  const counted = await database.transaction(async (tx) => {
    if (!(await isFirst(tx, report, parts.now()))) return undefined
    return await write(tx, { report, seenAt, told, counts })
  })
  if (counted && counted.uncounted > 0) {
    parts.log.warn({ ...counted, gateway: report.gateway }, 'requests found no room to be counted')
  }
  return { unknown: await untold(counts, parts) }
}

/** When its requests were, at the latest; a clock that is ahead does not reach into the future. */
function seenAtOf({ to }: UsageReport, { now, usageRetentionDays = defaultRetentionDays }: UsageParts): Date {
  const seenAt = new Date(Math.min(Date.parse(to), now().getTime()))
  if (now().getTime() - seenAt.getTime() < usageRetentionDays * dayMs) return seenAt
  throw new RegistryProblem(
    'BAD_REQUEST',
    `the report ends at ${to}: usage is kept for ${usageRetentionDays} days`,
  )
}

/** Operations whose text is not known yet, checked and without values. */
async function newlyTold(
  operations: readonly ReportedOperation[],
  { database }: UsageParts,
): Promise<ReportedOperation[]> {
  const known = await database.query<{ id: string }>(
    'SELECT id FROM operations WHERE id = ANY($1) AND text IS NOT NULL',
    [operations.map(({ id }) => id)],
  )
  const ids = new Set(known.map(({ id }) => id))
  return await mapInSlices(operations, (one) => (ids.has(one.id) ? one : withoutValues(one)))
}

async function isFirst(tx: Transaction, { gateway, sequence }: UsageReport, now: Date): Promise<boolean> {
  const rows = await tx.query(
    'INSERT INTO usage_reports (gateway, sequence, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING 1',
    [gateway, sequence, now],
  )
  return rows.length > 0
}

interface Writing {
  readonly report: UsageReport
  readonly seenAt: Date
  readonly told: readonly ReportedOperation[]
  readonly counts: readonly MergedCount[]
}

async function write(tx: Transaction, { report, seenAt, told, counts }: Writing) {
  const inputs = mergeInputs(report.inputs)
  const asked = [...told, ...counts.map(({ operation }) => operation), ...inputs.keys()]
  const ids = [...new Set(asked.map((one) => (typeof one === 'string' ? one : one.id)))]
  const { hasRoom, unseen } = await roomForOperations(tx, ids, seenAt)
  const kept = counts.filter(({ operation }) => hasRoom(operation))
  const withRoom = told.filter(({ id }) => hasRoom(id))
  addOperations(tx, unseen, seenAt)
  addTexts(tx, withRoom)
  addInputs(tx, new Map([...inputs].filter(([id]) => hasRoom(id))), seenAt)
  const clients = await roomForClients(tx, kept, seenAt)
  addClients(tx, clients.unseen, seenAt)
  addCounts(tx, clients.counts, seenAt)
  const uncounted = report.uncounted + requestsOf(counts) - requestsOf(kept)
  addUncounted(tx, uncounted, seenAt)
  return { uncounted, ofThemInGateway: report.uncounted }
}

function requestsOf(counts: readonly MergedCount[]): number {
  return counts.reduce((sum, { requests }) => sum + requests, 0)
}

async function untold(counts: readonly MergedCount[], { database }: UsageParts): Promise<string[]> {
  const rows = await database.query<{ id: string }>(
    'SELECT id FROM operations WHERE id = ANY($1) AND text IS NULL ORDER BY id',
    [[...new Set(counts.map(({ operation }) => operation))]],
  )
  return rows.map(({ id }) => id)
}
