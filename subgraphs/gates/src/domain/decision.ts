import type { Askable } from './attempt.ts'
import type { Draft } from './draft.ts'
import type { GateRow, TicketTypeRow } from './ground.ts'
import type { ScanRow } from './ledger.ts'
import type { ScanState } from './scan-state.ts'

/** What became of an attempt in its batch. */
export type Decision =
  | ({ readonly kind: 'recorded'; readonly scan: ScanRow; readonly isReplayed: boolean } & Surroundings)
  | { readonly kind: 'idempotencyConflict' }
  /** Not decided: ask others for these things and hand it in again. */
  | { readonly kind: 'lacking'; readonly lacking: readonly Askable[] }

/** What an answer shows of other things, as the batch saw them. */
interface Surroundings {
  readonly gate: GateRow | undefined
  readonly ticketType: Pick<TicketTypeRow, 'id' | 'name'> | undefined
}

/** What a batch is decided with. */
export interface Bench {
  readonly state: ScanState
  readonly draft: Draft
  /** Whether a service whose word scans rely on has not been heard for too long. */
  readonly isDegraded: boolean
}

/** The answer that stands in this row, once more. */
export function replayed(scan: ScanRow, state: ScanState): Decision {
  const ticketType = state.ticketTypes.get(scan.ticketTypeId ?? '')
  return { kind: 'recorded', scan, isReplayed: true, gate: state.gates.get(scan.gateId), ticketType }
}
