import { createHash } from 'node:crypto'
import { hasScope, type Viewer } from '@headcount/access'
import { fail, fieldChecks, type ValidationError } from '@headcount/errors'
import type { Parts } from '@headcount/service'
import type { UploadScanBatchInput } from '../generated/resolvers.ts'
import type { InvalidUpload } from '../store/device-writes.ts'
import type { Store } from '../store/store.ts'
import type { Attempt } from './attempt.ts'
import type { Decider, Final } from './decide-attempts.ts'
import type { DeviceBudget, RateLimited } from './device-budget.ts'
import type { Conflict, ScanRow } from './ledger.ts'
import { attemptOf, checkInput } from './record-scan.ts'
import { RowFault } from './scan-queue.ts'

type Uploaded = UploadScanBatchInput['scans'][number]

/** What an upload needs. */
export interface UploadParts {
  readonly decider: Decider
  readonly budget: DeviceBudget
  readonly store: Pick<Store, 'keepInvalidUploads' | 'keepHeard' | 'numbersOf'>
  readonly log: Pick<Parts['log'], 'warn'>
  readonly now: () => Date
}

/** What became of one uploaded attempt. */
export interface UploadedResult {
  readonly scanId: string
  readonly status: 'RECORDED' | 'REPLAYED' | 'QUARANTINED' | 'INVALID' | 'RETRY'
  readonly conflict: Conflict | null
  readonly message: string | null
  readonly scan: ScanRow | null
}

const MAXIMUM_SCANS = 500
/** So many of one upload are decided at once: what a hundred devices bring together must find room. */
const SLICE = 100
/** How long an upload waits for room. Then what is left is to be sent again: the gateway waits 5 s for an answer. */
const PATIENCE_MS = 3000
const PAUSE_MS = 100
/** With as much again by chance, so that those who were sent away do not come back together. */
const RETRY_AFTER_MS = 700

/**
 * Takes down what a device decided by itself. Each attempt stands for itself: what cannot be recorded is kept as it came,
 * and no attempt stands in the way of another. Rejects only where nothing can be recorded at all.
 */
export async function uploadScanBatch(parts: UploadParts, viewer: Viewer, input: UploadScanBatchInput) {
  limit(parts.budget.take('upload', viewer))
  refuse(checkBatch(input))
  const receivedAt = parts.now()
  const clockSkewMs = input.sentAt.getTime() - receivedAt.getTime()
  const upload = { viewer, input, receivedAt, clockSkewMs, until: performance.now() + PATIENCE_MS }
  const taken: Taken[] = []
  for (let from = 0; from < input.scans.length; from += SLICE) {
    const slice = input.scans.slice(from, from + SLICE)
    taken.push(...(await Promise.all(slice.map((scan) => take(parts, scan, upload)))))
  }
  const invalid = taken.flatMap(({ invalid: kept }) => kept ?? [])
  await parts.store.keepInvalidUploads(invalid, viewer.kind === 'device' ? viewer.id : undefined)
  const numbers = viewer.kind === 'device' ? await noteDevice(parts, upload) : undefined
  const results = taken.map(({ result }) => result)
  const isFull = results.some(({ status }) => status === 'RETRY')
  return {
    ...{ results, lastDeviceSeq: numbers?.lastSeq ?? 0, missingSeqs: numbers?.missing ?? [] },
    missingCount: numbers?.missingCount ?? 0,
    retryAfterMs: isFull ? Math.round(RETRY_AFTER_MS * (1 + Math.random())) : null,
  }
}

/** Notes that the device was heard, also where it brought nothing new; answers which of its numbers there are. */
async function noteDevice({ store }: UploadParts, { viewer, receivedAt: at, clockSkewMs }: Upload) {
  const { organizationId, id } = viewer
  await store.keepHeard(organizationId, id, { at, clockSkewMs })
  const [numbers] = await store.numbersOf(organizationId, [id])
  return numbers
}

/** The result is plain, so a call too many is an error as well. */
function limit(limited: RateLimited | undefined): void {
  if (limited) throw fail('RATE_LIMITED', limited.message, { retryAfterMs: limited.retryAfterMs })
}

/** The result is plain, so a refusal of the whole is an error; it names the fields all the same. */
function refuse(problem: ValidationError | undefined): void {
  if (problem) throw fail('BAD_USER_INPUT', problem.message, { fields: problem.fields })
}

function checkBatch({ batchId, scans }: UploadScanBatchInput): ValidationError | undefined {
  const checks = fieldChecks()
  checks.text('batchId', batchId, { minimum: 1, maximum: 100 })
  checks.list('scans', scans, { minimum: 1, maximum: MAXIMUM_SCANS })
  return checks.problem()
}

interface Upload {
  readonly viewer: Viewer
  readonly input: UploadScanBatchInput
  readonly receivedAt: Date
  readonly clockSkewMs: number
  /** Until when it waits for room, by `performance.now()`. */
  readonly until: number
}

interface Taken {
  readonly result: UploadedResult
  readonly invalid?: InvalidUpload
}

async function take(parts: UploadParts, scan: Uploaded, upload: Upload): Promise<Taken> {
  const { viewer } = upload
  const problem = checkUploaded(viewer, scan)
  if (problem) return invalidOf(problem, scan, upload)
  const eventId = await parts.decider.eventOfGate(viewer.organizationId, scan.gateId)
  if (eventId === undefined) return invalidOf(`There is no gate "${scan.gateId}".`, scan, upload)
  if (viewer.kind === 'device' && viewer.eventId !== eventId)
    return invalidOf(`Gate "${scan.gateId}" belongs to another event than this device.`, scan, upload)
  try {
    const final = await decidePatiently(parts.decider, offlineAttempt(scan, eventId, upload), upload.until)
    if (final.kind !== 'idempotencyConflict') return { result: resultOf(scan, final) }
    const message = 'This scanId was used for another code, gate or direction.'
    return invalidOf(message, scan, upload)
  } catch (error) {
    if (!(error instanceof RowFault)) throw error
    parts.log.warn({ err: error, scanId: scan.scanId, eventId }, 'an uploaded scan could not be recorded')
    return invalidOf('It could not be recorded.', scan, upload)
  }
}

async function decidePatiently(decider: Decider, attempt: Attempt, until: number): Promise<Final> {
  while (performance.now() < until) {
    const final = await decider.decide(attempt)
    if (final.kind !== 'full') return final
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * (1 + Math.random())))
  }
  return { kind: 'full' }
}

function checkUploaded(viewer: Viewer, scan: Uploaded): string | undefined {
  if (scan.outcome === 'QUARANTINED') return 'outcome takes ADMITTED or REJECTED, as the device decided.'
  return checkInput(viewer, scan)?.message
}

function offlineAttempt(scan: Uploaded, eventId: string, upload: Upload): Attempt {
  const { viewer, receivedAt, clockSkewMs } = upload
  // Whoever may not override has not overridden: what the device did is a fact all the same.
  const overrideReason = hasScope(viewer.scopes, 'scan:override') ? scan.override?.reason : undefined
  const effectiveMs = Math.min(scan.scannedAt.getTime() - clockSkewMs, receivedAt.getTime())
  return {
    ...attemptOf(viewer, scan, { eventId, receivedAt, overrideReason }),
    offline: {
      outcome: scan.outcome === 'ADMITTED' ? 'ADMITTED' : 'REJECTED',
      reason: scan.outcome === 'ADMITTED' ? null : (scan.reason ?? null),
      effectiveAt: new Date(effectiveMs),
      clockSkewMs,
    },
  }
}

function resultOf(
  { scanId }: Uploaded,
  final: Exclude<Final, { kind: 'idempotencyConflict' }>,
): UploadedResult {
  if (final.kind === 'full') {
    const message = 'Too many attempts wait at this event; send it again.'
    return { scanId, status: 'RETRY', conflict: null, message, scan: null }
  }
  const { scan, isReplayed } = final
  const isQuarantined = scan.outcome === 'QUARANTINED'
  return {
    ...{ scanId, scan, conflict: scan.conflict },
    status: isReplayed ? 'REPLAYED' : isQuarantined ? 'QUARANTINED' : 'RECORDED',
    message: isQuarantined ? whyQuarantined(scan) : null,
  }
}

function whyQuarantined({ conflict, deviceSeq }: ScanRow): string {
  return conflict === 'DEVICE_REVOKED'
    ? 'This device may no longer scan: a supervisor decides about what it uploads.'
    : `deviceSeq ${deviceSeq} was used for another attempt: a supervisor decides about this one.`
}

function invalidOf(message: string, scan: Uploaded, upload: Upload): Taken {
  const { viewer, input, receivedAt } = upload
  const hash = createHash('sha256').update(JSON.stringify(scan)).digest('base64url')
  return {
    result: { scanId: scan.scanId, status: 'INVALID', conflict: null, message, scan: null },
    invalid: {
      ...{ organizationId: viewer.organizationId, actorId: viewer.id, hash, eventId: viewer.eventId ?? null },
      ...{ batchId: input.batchId, scan, message, receivedAt },
    },
  }
}
