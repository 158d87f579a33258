import { backOffMs, type Clock } from '@headcount/live-client'
import { type NewScan, newScanId, type OfflineDecision, type ScanQueue } from '@headcount/scanner'
import type { RecordScanInput } from '../../generated/graphql.ts'
import type { RecordAttempt, ServerWord } from './scan-server.ts'

/** What a person or a machine has just read at a gate. */
export interface Presented {
  code: string
  gateId: string
  direction: 'ENTRY' | 'EXIT'
}

/** A word after which there is nothing more to ask. */
export type FinalWord = Exclude<ServerWord, { kind: 'wait' | 'unreachable' }>

/** What became of an attempt: the platform's word, this scanner's own, or neither. */
export type Verdict =
  | { kind: 'answered'; scanId: string; word: FinalWord }
  | { kind: 'alone'; scanId: string; decision: OfflineDecision }
  | { kind: 'unknown'; scanId: string }

export interface AttemptParts {
  queue: Pick<ScanQueue, 'add' | 'decide' | 'settle'>
  record: RecordAttempt
  /** Decides without the platform; undefined while this scanner does not know enough. */
  decide: (presented: Presented, at: Date) => Promise<OfflineDecision | undefined>
  /** Whether the platform answered last time. Where it did not, nobody waits at the gate to see whether it does now. */
  isReachable: () => boolean
  onReachable: (isReachable: boolean) => void
  clock: Clock
  random: () => number
}

/** The longest that a person at the gate waits for the platform, in milliseconds. */
export const DEADLINE_MS = 2500

/**
 * One attempt, from the code to an answer. It is kept before it is sent, and leaves the queue when the platform has
 * answered it. What this scanner decided by itself stays, under the same `scanId`, with what the operator saw.
 */
export async function makeAttempt(parts: AttemptParts, presented: Presented): Promise<Verdict> {
  const { queue, clock } = parts
  const at = new Date(clock.now())
  const scanId = newScanId(at.getTime())
  const scannedAt = at.toISOString()
  const attempt: NewScan = { ...presented, scanId, scannedAt, outcome: null, reason: null }
  const { deviceSeq } = await queue.add(attempt)
  const input = { ...presented, scanId, scannedAt, deviceSeq }
  const word = parts.isReachable() ? await askWithin(parts, input) : undefined
  if (word) {
    await takeWord(parts, scanId, word)
    return { kind: 'answered', scanId, word }
  }
  const decision = await parts.decide(presented, at)
  const { outcome, reason } = decision ?? nobodyLetIn
  await queue.decide(scanId, { outcome, reason })
  return decision ? { kind: 'alone', scanId, decision } : { kind: 'unknown', scanId }
}

const nobodyLetIn = { outcome: 'REJECTED', reason: null } as const

/** What was refused stays in the queue: an upload tells for good what becomes of its number. */
async function takeWord({ queue }: AttemptParts, scanId: string, word: FinalWord): Promise<void> {
  if (word.kind === 'refused') await queue.decide(scanId, nobodyLetIn)
  else await queue.settle([{ scanId, status: 'RECORDED' }])
}

/** Sends the same again until a final answer came or the time is up; then undefined. */
async function askWithin(parts: AttemptParts, input: RecordScanInput): Promise<FinalWord | undefined> {
  const { clock, random, record, onReachable } = parts
  const until = clock.now() + DEADLINE_MS
  for (let failures = 0; clock.now() < until; failures++) {
    const left = until - clock.now()
    const word = await inTime(clock, left, record(input, left))
    if (word && word.kind !== 'wait' && word.kind !== 'unreachable') {
      onReachable(true)
      return word
    }
    const pauseMs = word?.kind === 'wait' ? word.retryAfterMs : backOffMs(failures, random)
    await inTime(clock, Math.min(pauseMs, until - clock.now()))
  }
  onReachable(false)
  return undefined
}

/** What comes within `ms`, else undefined; without anything to wait for, a pause. */
function inTime<T>(clock: Clock, ms: number, work?: Promise<T>): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(Math.max(0, ms), () => resolve(undefined))
    work?.then(resolve, reject).finally(cancel)
  })
}
