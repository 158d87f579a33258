import { hasScope, type Viewer } from '@headcount/access'
import {
  fieldChecks,
  forbidden,
  idempotencyConflict,
  type ValidationError,
  validationError,
} from '@headcount/errors'
import { hashTicketCode } from '@headcount/ticket-code'
import type { RecordScanInput } from '../generated/resolvers.ts'
import type { Attempt } from './attempt.ts'
import type { Decider, Final } from './decide-attempts.ts'
import type { DeviceBudget, RateLimited } from './device-budget.ts'
import { RowFault } from './scan-queue.ts'

/** A recorded attempt, with what its answer shows of other things. */
export type RecordedScan = Extract<Final, { kind: 'recorded' }>

/** What recording a scan needs. */
export interface RecordScanParts {
  readonly decider: Decider
  readonly budget: DeviceBudget
  readonly now: () => Date
}

const RETRY_AFTER_MS = 500
const MAXIMUM_SEQ = 2_000_000_000
const EARLIEST_MS = Date.parse('1900-01-01T00:00:00Z')
const LATEST_MS = Date.parse('9999-01-01T00:00:00Z')

/** The fields that a scan has at both doors. */
export type ScanFields = Omit<RecordScanInput, 'override'> & {
  readonly override?: RecordScanInput['override']
}

type NotRecorded =
  | Exclude<ReturnType<typeof retryLater | typeof forbidden | typeof idempotencyConflict>, undefined>
  | ValidationError
  | RateLimited

/** Records one attempt and decides it; or says why there is nothing to record. */
export async function recordScan(
  { decider, budget, now }: RecordScanParts,
  viewer: Viewer,
  input: RecordScanInput,
): Promise<RecordedScan | NotRecorded> {
  const receivedAt = now()
  const limited = budget.take('scan', viewer)
  if (limited) return limited
  const problem = checkInput(viewer, input)
  if (problem) return problem
  if (input.override && !hasScope(viewer.scopes, 'scan:override'))
    return forbidden('An override needs the scope scan:override.')
  const eventId = await decider.eventOfGate(viewer.organizationId, input.gateId)
  if (eventId === undefined)
    return validationError({ path: 'gateId', message: `There is no gate "${input.gateId}".` })
  const attempt = attemptOf(viewer, input, { eventId, receivedAt, overrideReason: input.override?.reason })
  const final = await decider.decide(attempt).catch((error: unknown) => {
    throw error instanceof RowFault ? error.cause : error
  })
  if (final.kind === 'full') return retryLater()
  if (final.kind === 'recorded') return final
  return idempotencyConflict(
    `scanId "${input.scanId}" was used for another code, gate or direction; a new attempt takes a new one.`,
  )
}

/** What of a scan's input both doors check: `recordScan` and `uploadScanBatch`. */
export function checkInput(viewer: Viewer, input: ScanFields): ValidationError | undefined {
  const checks = fieldChecks()
  const { scanId, deviceSeq, code, override } = input
  const atMs = input.scannedAt.getTime()
  checks.text('scanId', scanId, { minimum: 1, maximum: 100 })
  checks.that(
    code.length > 0 && code.length <= 1024,
    'code',
    `code takes 1 to 1,024 characters; it has ${code.length}.`,
  )
  checks.that(
    atMs >= EARLIEST_MS && atMs < LATEST_MS,
    'scannedAt',
    'scannedAt takes a time from 1900 to 9998.',
  )
  if (override) checks.text('override.reason', override.reason, { minimum: 1, maximum: 500 })
  if (viewer.kind === 'device') {
    const isNumber = deviceSeq != null && deviceSeq >= 1 && deviceSeq <= MAXIMUM_SEQ
    checks.that(
      isNumber,
      'deviceSeq',
      'A device gives each attempt its own number: 1, 2, 3 and so on, up to 2,000,000,000.',
    )
  } else {
    checks.that(deviceSeq == null, 'deviceSeq', 'deviceSeq is for devices; leave it out when a person scans.')
  }
  return checks.problem()
}

/** The attempt of an input that is in order. */
export function attemptOf(
  viewer: Viewer,
  input: ScanFields,
  more: { eventId: string; receivedAt: Date; overrideReason: string | undefined },
): Attempt {
  return {
    scanId: input.scanId,
    organizationId: viewer.organizationId,
    eventId: more.eventId,
    gateId: input.gateId,
    actor: { kind: viewer.kind, id: viewer.id },
    deviceSeq: input.deviceSeq ?? null,
    direction: input.direction,
    code: input.code,
    codeHash: hashTicketCode(input.code),
    scannedAt: input.scannedAt,
    receivedAt: more.receivedAt,
    overrideReason: more.overrideReason?.trim() ?? null,
    offline: null,
    asked: new Set(),
    codeWord: undefined,
  }
}

function retryLater() {
  return {
    __typename: 'RetryLater' as const,
    message: 'Too many attempts wait at this event; nothing was recorded. Send the same attempt again.',
    retryAfterMs: RETRY_AFTER_MS,
  }
}
