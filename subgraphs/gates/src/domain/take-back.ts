import type { Actor } from './attempt.ts'
import type { Bench } from './decision.ts'
import { countAtGate } from './draft.ts'
import type { AttemptHead, ScanRow } from './ledger.ts'
import { settle } from './movements.ts'
import { moveBody, noteHead, resettle } from './record-attempt.ts'

/** Who takes an admission back, when and why. */
export interface TakingBack {
  /** UNDO: a supervisor did; NOT_ENTERED: the device had not let the person in. */
  readonly kind: 'UNDO' | 'NOT_ENTERED'
  readonly actor: Actor
  readonly at: Date
  readonly note: string | null
}

/** The row of the head's attempt that stands for an admission; undefined where there is none, or it was taken back. */
export function admissionOf({ scan, link, undo }: AttemptHead): ScanRow | undefined {
  if (undo || link?.kind === 'NOT_ENTERED' || link?.kind === 'DISMISSED') return undefined
  const row = link ?? scan
  return row.outcome === 'ADMITTED' ? row : undefined
}

/**
 * Takes an admission back by a row of its own. The credential goes where its other movements lead it, as if this one had
 * never been; `state.movements` must hold them.
 */
export function takeBack(head: AttemptHead, taking: TakingBack, bench: Bench): ScanRow {
  const { state, draft } = bench
  const admission = admissionOf(head)
  const way = admission ? undone(admission, bench) : undefined
  const { kind, actor, at, note } = taking
  const scan: ScanRow = {
    ...head.scan,
    ...{ kind, note, actorKind: actor.kind, actorId: actor.id },
    ledgerSeq: state.facts.ledgerSeq + draft.scans.length + 1,
    outcome: 'REJECTED',
    reason: null,
    refusal: null,
    overridden: [],
    overrideReason: null,
    conflict: null,
    decided: null,
    ofSeq: head.scan.ledgerSeq,
    offline: kind === 'NOT_ENTERED',
    fromPlace: way?.fromPlace ?? null,
    toPlace: way?.toPlace ?? null,
    unmatched: way?.unmatched ?? true,
    isFirstAdmission: way?.admitted === -1,
    receivedAt: at,
    // It counts as having been when the admission was: so reports lose what they had.
    effectiveAt: (admission ?? head.scan).effectiveAt,
  }
  draft.scans.push(scan)
  noteHead(scan, bench)
  return scan
}

function undone(admission: ScanRow, bench: Bench) {
  const { state, draft } = bench
  const { credentialId, direction, gateId } = admission
  countAtGate(draft, gateId, direction === 'ENTRY' ? { entries: -1 } : { exits: -1 })
  if (credentialId === null) return takeOut(admission, bench)
  const known = state.movements.get(credentialId)
  if (!known) return undefined
  const others = known.filter(({ ledgerSeq }) => ledgerSeq !== admission.ledgerSeq)
  state.movements.set(credentialId, others)
  return resettle(credentialId, { known: others, bench })
}

/** Of a code that names nobody: its body leaves, unless a reset took it out before. */
function takeOut({ scanId, fromPlace: from, toPlace: to, ...admission }: ScanRow, bench: Bench) {
  const { direction, effectiveAt: at, gateId, deviceId, ledgerSeq } = admission
  const movement = { kind: 'passage', direction, at, gateId, deviceId, ledgerSeq, from, to } as const
  const removals = bench.state.movements.get(scanId) ?? []
  const places = settle(scanId, [movement, ...removals], bench.state)
  const left = [...places.values()].find(({ bodies }) => bodies > 0)
  const way = { fromPlace: left?.placeId ?? null, toPlace: null, unmatched: left === undefined }
  moveBody(way, bench)
  return { ...way, admitted: 0 }
}
