import { conflict } from '@headcount/errors'
import type { UndoScanInput } from '../generated/resolvers.ts'
import { changeOf } from './draft.ts'
import type { AttemptHead } from './ledger.ts'
import {
  benchOf,
  checkReason,
  findAttempt,
  type Keyed,
  KeyTaken,
  keyConflict,
  keyedOf,
  noAttempt,
  type SecondWordParts,
  wantedOfHead,
} from './second-word.ts'
import { admissionOf, takeBack } from './take-back.ts'
import type { Changer } from './upsert-gate.ts'

/** Takes an admission back by a row of its own. Answers the attempt. */
export async function undoScan(parts: SecondWordParts, changer: Changer, input: UndoScanInput) {
  const problem = checkReason(input.reason, input.idempotencyKey)
  if (problem) return problem
  const { store, publisher, now } = parts
  const { organizationId, actor } = changer
  const reason = input.reason.trim()
  const keyed = keyedOf(changer, input.idempotencyKey, ['undoScan', input.scanId, reason])
  const before = await store.answeredTo(keyed, now())
  if (before === 'other body') return keyConflict(keyed)
  const known = await findAttempt(store, organizationId, input.scanId)
  if (!known) return noAttempt()
  if (before) return scanIn(known)
  const order = { known, keyed, actor, reason, at: now() }
  const { answer, isDone } = await undo(store, order).catch((error: unknown) => {
    if (!(error instanceof KeyTaken)) throw error
    return { answer: conflict('Another call with this key is under way.'), isDone: false }
  })
  if (isDone) publisher.changed(known.scan.eventId)
  if (isDone || !('message' in answer)) return answer
  // Another call with the same key was faster: its answer stands.
  const meanwhile = await store.answeredTo(keyed, now())
  if (meanwhile === 'other body') return keyConflict(keyed)
  return meanwhile ? scanIn(known) : answer
}

interface UndoOrder {
  readonly known: AttemptHead
  readonly keyed: Keyed
  readonly actor: Changer['actor']
  readonly reason: string
  readonly at: Date
}

async function undo(store: SecondWordParts['store'], { known, keyed, actor, reason, at }: UndoOrder) {
  const { organizationId, eventId, scanId } = known.scan
  const { answer, change } = await store.changeLedger<UndoAnswer>(
    { organizationId, eventId },
    wantedOfHead(known),
    (facts) => {
      const bench = benchOf(facts)
      const head = bench.state.recorded.get(scanId)
      if (!head) return { answer: noAttempt() }
      if (!admissionOf(head)) return { answer: conflict(whyNot(head)) }
      const row = takeBack(head, { kind: 'UNDO', actor, at, note: reason }, bench)
      return {
        answer: scanIn(head),
        change: changeOf(bench.draft),
        done: { keyed, ledgerSeq: row.ledgerSeq, at },
      }
    },
  )
  return { answer, isDone: change !== undefined }
}

function scanIn({ scan }: AttemptHead) {
  return { __typename: 'Scan' as const, ...scan }
}

type UndoAnswer = ReturnType<typeof scanIn> | ReturnType<typeof conflict> | ReturnType<typeof noAttempt>

function whyNot({ scan, undo }: AttemptHead): string {
  if (undo) return 'This admission was taken back already.'
  return scan.outcome === 'QUARANTINED'
    ? 'This attempt is quarantined: settleQuarantine decides about it.'
    : 'This attempt let nobody through: there is nothing to take back.'
}
