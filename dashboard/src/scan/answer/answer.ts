import type { ScanConflict } from '../../generated/graphql.ts'
import { type ReasonWords, SCAN_CONFLICTS, SCAN_REASONS } from '../../words/scan-words.ts'
import type { EventTimes } from '../../words/times.ts'
import type { Presented, Verdict } from '../attempt/make-attempt.ts'
import type { Rejection, ServerWord } from '../attempt/scan-server.ts'

/** `go`: green, a tick. `care`: amber, a tick and an exclamation mark. `stop`: red, a cross. */
export type Face = 'go' | 'care' | 'stop'

/** What fills the screen after an attempt. */
export interface Answer {
  scanId: string
  face: Face
  /** `Let in`, `Let out` or `Stop`. */
  title: string
  /** Why, where it is not simply good. */
  reason?: string
  /** What to do, one sentence a line. */
  lines: readonly string[]
  ticketTypeName?: string
  isOffline: boolean
  /** After so many milliseconds it goes away by itself; without, it stays until the next scan. */
  holdMs?: number
}

const GO_MS = 1500
/** There is more to read. */
const CARE_MS = 3000

/** Turns what became of an attempt into the one answer that the operator sees. */
export function answerOf(verdict: Verdict, { direction }: Presented, times: EventTimes): Answer {
  const passed = direction === 'ENTRY' ? 'Let in' : 'Let out'
  if (verdict.kind === 'answered') return ofWord(verdict.scanId, verdict.word, { passed, times })
  if (verdict.kind === 'unknown') return unknownAnswer(verdict.scanId)
  const { outcome, reason, message, ticketTypeName, isUnlisted } = verdict.decision
  const lines = isUnlisted ? ['Sold after the list was fetched: genuine, but not on it.'] : []
  const about = {
    scanId: verdict.scanId,
    isOffline: true,
    ...(ticketTypeName !== null && { ticketTypeName }),
  }
  if (outcome === 'ADMITTED') {
    return { ...about, face: 'care', title: passed, reason: 'Decided offline', lines, holdMs: CARE_MS }
  }
  return { ...about, ...refusal({ reason: reason ?? 'DECIDED_OFFLINE', message }, times) }
}

interface Saying {
  passed: string
  times: EventTimes
}

function ofWord(
  scanId: string,
  word: Exclude<ServerWord, { kind: 'wait' | 'unreachable' }>,
  { passed, times }: Saying,
): Answer {
  const about = { scanId, isOffline: false }
  if (word.kind === 'refused') {
    return {
      ...about,
      face: 'stop',
      title: 'Stop',
      reason: 'This attempt was refused',
      lines: [word.message],
    }
  }
  if (word.kind === 'rejected') return { ...about, ...refusal(word, times) }
  const { ticketTypeName, conflict } = word
  const admitted = { ...about, title: passed, ...(ticketTypeName !== null && { ticketTypeName }) }
  if (conflict === null) return { ...admitted, face: 'go', lines: [], holdMs: GO_MS }
  const reason = `But ${disagreementOf(conflict)}`
  return { ...admitted, face: 'care', reason, lines: ['Keep an eye on it.'], holdMs: CARE_MS }
}

function refusal(
  rejection: Rejection,
  times: EventTimes,
): Pick<Answer, 'face' | 'title' | 'reason' | 'lines'> {
  const { title, advice } = wordsOf(rejection)
  return { face: 'stop', title: 'Stop', reason: title, lines: [advice, ...factsOf(rejection, times)] }
}

/** A reason of a later platform than this page still stops people, in the platform's words. */
function wordsOf({ reason, message }: Rejection): ReasonWords {
  return SCAN_REASONS[reason] ?? { title: 'May not pass', advice: message }
}

/** Of a later platform too. */
function disagreementOf(conflict: ScanConflict): string {
  return SCAN_CONFLICTS[conflict] ?? 'it was against a rule'
}

function factsOf(rejection: Rejection, times: EventTimes): string[] {
  const { firstAdmission, validGates, validFrom, validUntil, isOverridable } = rejection
  return [
    firstAdmission && `Let in at ${times.second(firstAdmission.at)}, ${firstAdmission.gateName}.`,
    validGates && validGates.length > 0 && `Valid at: ${validGates.join(', ')}.`,
    validFrom !== undefined && `Valid from ${times.dayAndMinute(validFrom)}.`,
    validUntil !== undefined && `Was valid until ${times.dayAndMinute(validUntil)}.`,
    isOverridable && 'A supervisor may let it through.',
  ].filter((line) => typeof line === 'string')
}

function unknownAnswer(scanId: string): Answer {
  return {
    scanId,
    face: 'stop',
    title: 'Stop',
    reason: 'No connection, and no ticket list yet',
    lines: ['This scanner cannot decide offline. Do not let in; scan again when it is online.'],
    isOffline: true,
  }
}
