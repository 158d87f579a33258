import { reasonAgainst } from '@headcount/scan-rules'
import type { Reason } from './attempt.ts'
import type { Circumstances } from './circumstances.ts'
import { type Bench, type Decision, replayed } from './decision.ts'
import type { AttemptHead, Conflict, ScanRow } from './ledger.ts'
import { type Verdict, write } from './record-attempt.ts'
import { deviceSeqKey } from './scan-state.ts'
import { takeBack } from './take-back.ts'

/**
 * Takes a device's own decision down. It is a fact: whom it let in is inside, whatever the server would have said; what
 * the server would have said is the row's `conflict`. `head` is what the ledger holds of the same attempt.
 */
export function decideOffline(
  circumstances: Circumstances,
  head: AttemptHead | undefined,
  bench: Bench,
): Decision {
  const { attempt, gate, ticketType, state } = circumstances
  const last = head?.link ?? head?.scan
  if (head && last && !isNews(head, circumstances)) return replayed(last, state)
  const recorded = (scan: ScanRow): Decision => ({
    ...{ kind: 'recorded', scan, isReplayed: false, gate, ticketType },
  })
  if (head && attempt.offline?.outcome === 'REJECTED') {
    return recorded(
      takeBack(
        head,
        { kind: 'NOT_ENTERED', actor: attempt.actor, at: attempt.receivedAt, note: null },
        bench,
      ),
    )
  }
  return recorded(write(circumstances, verdictOf(circumstances, head), bench))
}

/** Whether the device decided otherwise than the server had answered, and nothing was said about that yet. */
function isNews({ scan, link, undo }: AttemptHead, { attempt }: Circumstances): boolean {
  if (link || undo || scan.offline || scan.outcome === 'QUARANTINED') return false
  return scan.outcome !== attempt.offline?.outcome
}

function verdictOf(circumstances: Circumstances, head: AttemptHead | undefined): Verdict {
  const { attempt } = circumstances
  const { reason, overridden } = reasonAgainst(circumstances)
  const isAdmitted = attempt.offline?.outcome === 'ADMITTED'
  const base = {
    kind: head ? ('OFFLINE_ADMISSION' as const) : ('SCAN' as const),
    ofSeq: head?.scan.ledgerSeq ?? null,
    refusal: null,
    overridden: isAdmitted && reason === null ? overridden : [],
  }
  if (reason === 'DEVICE_REVOKED' || (!head && isNumberUsed(circumstances))) {
    const conflict = reason === 'DEVICE_REVOKED' ? reason : null
    return { ...base, outcome: 'QUARANTINED', reason: null, conflict }
  }
  if (!isAdmitted) {
    const own = attempt.offline?.reason ?? reason ?? 'DECIDED_OFFLINE'
    return { ...base, outcome: 'REJECTED', reason: own, conflict: null }
  }
  // What the server had said to the device stands as it was said.
  const conflict = head ? conflictSaid(head.scan.reason) : conflictOf(reason)
  return { ...base, outcome: 'ADMITTED', reason: null, conflict }
}

function isNumberUsed({ attempt, state }: Circumstances): boolean {
  const { actor, deviceSeq } = attempt
  return deviceSeq !== null && state.usedDeviceSeqs.has(deviceSeqKey(actor.id, deviceSeq))
}

/** A second admission of a ticket is a duplicate, by whichever rule. */
const duplicates: ReadonlySet<Reason> = new Set<Reason>([
  'ALREADY_INSIDE',
  'ALREADY_USED',
  'PASSBACK_TIMEOUT',
])

function conflictOf(reason: Reason | null): Conflict | null {
  return reason !== null && duplicates.has(reason) ? 'DUPLICATE' : conflictSaid(reason)
}

function conflictSaid(reason: Reason | null): Conflict | null {
  return reason === 'DECIDED_OFFLINE' ? null : reason
}
