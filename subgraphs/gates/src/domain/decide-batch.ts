import { reasonAgainst } from '@headcount/scan-rules'
import type { Attempt } from './attempt.ts'
import { circumstancesOf, lackingOf } from './circumstances.ts'
import { decideOffline } from './decide-offline.ts'
import { type Bench, type Decision, replayed } from './decision.ts'
import { type BatchChange, changeOf, createDraft } from './draft.ts'
import type { AttemptHead } from './ledger.ts'
import { recordAttempt } from './record-attempt.ts'
import type { ScanState } from './scan-state.ts'

/**
 * Decides a batch. What devices decided by themselves comes first, in the order of its times; the rest in the order in
 * which it came. Pure but for `state`, which holds what each attempt changed for those after it.
 */
export function decideBatch(
  state: ScanState,
  attempts: readonly Attempt[],
  isDegraded: boolean,
): { decisions: Decision[]; change: BatchChange } {
  const draft = createDraft()
  const bench: Bench = { state, draft, isDegraded }
  const decisions: Decision[] = []
  for (const index of inOrder(attempts)) {
    const attempt = attempts[index] as Attempt
    decisions[index] = decide(attempt, bench)
  }
  return { decisions, change: changeOf(draft) }
}

/** The places of the attempts in their list, in the order in which they are decided. */
function inOrder(attempts: readonly Attempt[]): number[] {
  const order = attempts.map((_, index) => index)
  if (!attempts.some(({ offline }) => offline)) return order
  const timeOf = (index: number) =>
    attempts[index]?.offline?.effectiveAt.getTime() ?? Number.POSITIVE_INFINITY
  const numberOf = (index: number) => attempts[index]?.deviceSeq ?? 0
  // Infinity less Infinity is no number; the sort keeps the order of what it cannot tell apart.
  return order.sort((a, b) => timeOf(a) - timeOf(b) || numberOf(a) - numberOf(b) || a - b)
}

function decide(attempt: Attempt, bench: Bench): Decision {
  const { state, draft, isDegraded } = bench
  const gate = state.gates.get(attempt.gateId)
  if (!gate) throw new Error(`gate ${attempt.gateId} is not in event ${attempt.eventId}`)
  const head = state.recorded.get(attempt.scanId)
  if (head && !isSame(head, attempt)) return { kind: 'idempotencyConflict' }
  if (head && !attempt.offline) return replayed(head.scan, state)
  const circumstances = circumstancesOf(attempt, gate, state)
  if (head) return decideOffline(circumstances, head, bench)
  const lacking = lackingOf(circumstances)
  if (lacking.length > 0) return { kind: 'lacking', lacking }
  const judgement = reasonAgainst(circumstances)
  // The event may have opened a moment ago: its word is taken once more before anybody is sent away.
  if (judgement.reason === 'EVENT_NOT_OPEN' && !attempt.asked.has('event'))
    return { kind: 'lacking', lacking: ['event'] }
  if (attempt.offline) return decideOffline(circumstances, undefined, bench)
  const scan = recordAttempt(circumstances, judgement, { state, draft, isDegraded })
  return { kind: 'recorded', scan, isReplayed: false, gate, ticketType: circumstances.ticketType }
}

function isSame({ scan }: AttemptHead, attempt: Attempt): boolean {
  return (
    scan.codeHash === attempt.codeHash &&
    scan.gateId === attempt.gateId &&
    scan.direction === attempt.direction
  )
}
