import { conflict } from '@headcount/errors'
import type { SettleQuarantineInput } from '../generated/resolvers.ts'
import type { Attempt } from './attempt.ts'
import { circumstancesOf } from './circumstances.ts'
import type { Bench } from './decision.ts'
import { changeOf } from './draft.ts'
import type { AttemptHead, ScanRow } from './ledger.ts'
import { write } from './record-attempt.ts'
import {
  benchOf,
  checkReason,
  findAttempt,
  noAttempt,
  type SecondWordParts,
  wantedOfHead,
} from './second-word.ts'
import type { Changer } from './upsert-gate.ts'

/** Decides about a quarantined upload, once. Answers the attempt; the same decision again changes nothing. */
export async function settleQuarantine(
  parts: SecondWordParts,
  changer: Changer,
  input: SettleQuarantineInput,
) {
  const problem = checkReason(input.reason)
  if (problem) return problem
  const { store, publisher, now } = parts
  const { organizationId } = changer
  const known = await findAttempt(store, organizationId, input.scanId)
  if (!known) return noAttempt()
  const { eventId, scanId, codeHash, effectiveAt } = known.scan
  const at = now()
  const wanted = { ...wantedOfHead(known), late: [{ codeHash, at: effectiveAt }] }
  const { answer, change } = await store.changeLedger<SettleAnswer>(
    { organizationId, eventId },
    wanted,
    (facts) => {
      const bench = benchOf(facts)
      const head = bench.state.recorded.get(scanId)
      if (!head) return { answer: noAttempt() }
      const scan = { __typename: 'Scan' as const, ...head.scan }
      if (head.scan.outcome !== 'QUARANTINED') return { answer: conflict('This attempt is not quarantined.') }
      if (head.link) {
        const isSame = head.link.kind === (input.decision === 'COUNT' ? 'COUNTED' : 'DISMISSED')
        return { answer: isSame ? scan : conflict('This attempt was decided about otherwise.') }
      }
      settle(head, { input, changer, at, bench })
      return { answer: scan, change: changeOf(bench.draft) }
    },
  )
  if (change) publisher.changed(eventId)
  return answer
}

type SettleAnswer =
  | ({ readonly __typename: 'Scan' } & ScanRow)
  | ReturnType<typeof conflict>
  | ReturnType<typeof noAttempt>

interface Settling {
  readonly input: SettleQuarantineInput
  readonly changer: Changer
  readonly at: Date
  readonly bench: Bench
}

function settle({ scan }: AttemptHead, { input, changer, at, bench }: Settling): void {
  const gate = bench.state.gates.get(scan.gateId)
  if (!gate) throw new Error(`gate ${scan.gateId} is not in event ${scan.eventId}`)
  const isCounted = input.decision === 'COUNT'
  const circumstances = circumstancesOf(attemptOf(scan, changer, at), gate, bench.state)
  const isAdmitted = isCounted && scan.decided === 'ADMITTED'
  write(
    circumstances,
    {
      kind: isCounted ? 'COUNTED' : 'DISMISSED',
      outcome: isAdmitted ? 'ADMITTED' : 'REJECTED',
      ...{ reason: null, refusal: null, overridden: [], conflict: scan.conflict, ofSeq: scan.ledgerSeq },
      note: input.reason.trim(),
    },
    bench,
  )
}

/** The attempt that a row tells of, as the supervisor hands it in again. */
function attemptOf(scan: ScanRow, { actor }: Changer, receivedAt: Date): Attempt {
  const { scanId, organizationId, eventId, gateId, direction, codeHash, scannedAt, effectiveAt } = scan
  return {
    ...{ scanId, organizationId, eventId, gateId, direction, codeHash, scannedAt, receivedAt, actor },
    ...{ deviceSeq: null, code: '', overrideReason: null, asked: new Set(), codeWord: undefined },
    offline: { outcome: scan.decided ?? 'REJECTED', reason: null, effectiveAt, clockSkewMs: 0 },
  }
}
