import type { Actor, Reason } from './attempt.ts'
import type { Direction, Place } from './ground.ts'

/** The first admission of a credential. */
export interface FirstAdmissionRow {
  readonly at: Date
  readonly gateId: string
  readonly deviceId: string | null
}

/** What an answer says of a refusal; kept with the row, so that a retry gets the same answer. */
export interface Refusal {
  readonly message: string
  readonly isOverridable: boolean
  readonly firstAdmission: FirstAdmissionRow | null
  readonly validGateIds: readonly string[] | null
  readonly validFrom: Date | null
  readonly validUntil: Date | null
}

/** An attempt as it stands in the ledger. */
export interface ScanRow {
  readonly eventId: string
  readonly ledgerSeq: number
  readonly organizationId: string
  readonly scanId: string
  readonly codeHash: string
  readonly gateId: string
  readonly actorKind: string
  readonly actorId: string
  readonly deviceId: string | null
  readonly deviceSeq: number | null
  readonly direction: Direction
  readonly outcome: 'ADMITTED' | 'REJECTED'
  readonly reason: Reason | null
  readonly credentialId: string | null
  readonly ticketTypeId: string | null
  /** Where the body came from; of a refused or unmatched attempt, where the gate leads from. */
  readonly fromPlace: Place
  readonly toPlace: Place
  readonly unmatched: boolean
  readonly offline: boolean
  readonly isFirstAdmission: boolean
  readonly scannedAt: Date
  readonly receivedAt: Date
  readonly effectiveAt: Date
  readonly clockSuspect: boolean
  readonly degraded: boolean
  readonly overrideReason: string | null
  /** The reasons that an override passed over. */
  readonly overridden: readonly Reason[]
  /** Filled where the outcome is REJECTED. */
  readonly refusal: Refusal | null
}

/** The kinds of ledger rows beside SCAN: what else changes the counts, or what is shown with them. */
export type ChangeKind = 'EVENT_CHANGED' | 'ZONE_CHANGED' | 'GATE_CHANGED' | 'GATE_STATUS'

/** A row of the ledger that is no attempt: a change of what the counts show. */
export interface ChangeEntry {
  readonly kind: ChangeKind
  readonly actor: Actor
  readonly gateId: string | null
  /** What it is now, and why; kept as it is. */
  readonly detail: object
}

const shape = /^scn_([\w-]{1,64})_([0-9a-z]{1,7})$/

/** The global id of a scan: opaque outside; inside, the key of its row, so that it needs no index of its own. */
export function scanIdOf({ eventId, ledgerSeq }: Pick<ScanRow, 'eventId' | 'ledgerSeq'>): string {
  return `scn_${eventId.slice('evt_'.length)}_${ledgerSeq.toString(36)}`
}

/** The key in a scan's global id; undefined when the text is none. */
export function keyOfScan(id: string): { eventId: string; ledgerSeq: number } | undefined {
  const [, event, seq] = shape.exec(id) ?? []
  if (event === undefined || seq === undefined) return undefined
  const ledgerSeq = Number.parseInt(seq, 36)
  return ledgerSeq <= 0x7fff_ffff ? { eventId: `evt_${event}`, ledgerSeq } : undefined
}
