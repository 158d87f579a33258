import type { ResultOf } from '@graphql-typed-document-node/core'
import {
  type GateStatus,
  RecordScanDocument,
  type RecordScanInput,
  type ScanConflict,
  type ScanReason,
} from '../../generated/graphql.ts'
import { type Answer, FORBIDDEN } from '../../graph/answer.ts'
import type { Ask } from '../../graph/ask.ts'

/** What the platform said of an attempt. */
export type ServerWord =
  | { kind: 'admitted'; gateStatus: GateStatus; ticketTypeName: string | null; conflict: ScanConflict | null }
  | ({ kind: 'rejected'; gateStatus: GateStatus } & Rejection)
  /** It is not taken as it is; sending it again changes nothing. */
  | { kind: 'refused'; message: string }
  /** Nothing was recorded: the same again after so many milliseconds. */
  | { kind: 'wait'; retryAfterMs: number }
  | { kind: 'unreachable' }

/** Why somebody is not let in, and what would help. Moments in milliseconds since 1970. */
export interface Rejection {
  reason: ScanReason
  message: string
  firstAdmission?: { at: number; gateName: string }
  validGates?: readonly string[]
  validFrom?: number
  validUntil?: number
  isOverridable?: boolean
}

/** Asks the platform about an attempt, once. */
export type RecordAttempt = (input: RecordScanInput, deadlineMs: number) => Promise<ServerWord>

export function createRecordAttempt(ask: Ask): RecordAttempt {
  return async (input, deadlineMs) => wordOf(await ask(RecordScanDocument, { input }, { deadlineMs }))
}

type Data = ResultOf<typeof RecordScanDocument>
type Result = NonNullable<Data['recordScan']>

/** Codes that say no. Any other problem leaves open whether the attempt was recorded: only the same again tells. */
const REFUSALS: ReadonlySet<string> = new Set([FORBIDDEN, 'BAD_USER_INPUT'])

function wordOf({ data, problems }: Answer<Data>): ServerWord {
  if (data?.recordScan) return wordOfResult(data.recordScan)
  const [problem] = problems
  if (problem && REFUSALS.has(problem.code)) return { kind: 'refused', message: problem.message }
  return { kind: 'unreachable' }
}

function wordOfResult(result: Result): ServerWord {
  switch (result.__typename) {
    case 'ScanAdmitted':
      return {
        kind: 'admitted',
        gateStatus: result.scan.gate.status,
        ticketTypeName: result.ticketTypeName ?? null,
        conflict: result.conflict ?? null,
      }
    case 'ScanRejected':
      return { kind: 'rejected', gateStatus: result.scan.gate.status, ...rejectionOf(result) }
    case 'RetryLater':
    case 'RateLimited':
      return { kind: 'wait', retryAfterMs: result.retryAfterMs }
    default:
      return { kind: 'refused', message: result.message }
  }
}

function rejectionOf(result: Extract<Result, { __typename: 'ScanRejected' }>): Rejection {
  const { reason, message, firstAdmission, validGates, validFrom, validUntil, overridable } = result
  return {
    reason,
    message,
    isOverridable: overridable,
    ...(firstAdmission && {
      firstAdmission: { at: Date.parse(firstAdmission.at), gateName: firstAdmission.gate.name },
    }),
    ...(validGates && { validGates: validGates.map(({ name }) => name) }),
    ...(validFrom && { validFrom: Date.parse(validFrom) }),
    ...(validUntil && { validUntil: Date.parse(validUntil) }),
  }
}
