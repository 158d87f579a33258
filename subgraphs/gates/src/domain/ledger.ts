import type { Direction, Place, Reason as Ruled } from '@headcount/scan-rules'
import type { Actor, Reason } from './attempt.ts'

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

/**
 * What a row says of an attempt. SCAN is the attempt itself; the others are second words about one (`ofSeq`): the device
 * let in whom the server had refused, did not let in whom it had admitted, a supervisor took an admission back, or
 * decided about what was quarantined.
 */
export type ScanKind = 'SCAN' | 'OFFLINE_ADMISSION' | 'NOT_ENTERED' | 'UNDO' | 'COUNTED' | 'DISMISSED'

/** What the server would have held against an attempt that was decided without it. DUPLICATE: admitted before. */
export type Conflict = Ruled | 'DUPLICATE'

/** QUARANTINED: kept, and not counted before a supervisor decides. */
export type ScanOutcome = 'ADMITTED' | 'REJECTED' | 'QUARANTINED'

/** An attempt as it stands in the ledger, or a second word about one. */
export interface ScanRow {
  readonly kind: ScanKind
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
  readonly outcome: ScanOutcome
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
  readonly conflict: Conflict | null
  /** The number of the attempt that this is a second word about; null of the attempt itself. */
  readonly ofSeq: number | null
  /** The reasons that an override passed over. */
  readonly overridden: readonly Reason[]
  /** Filled where the server refused. */
  readonly refusal: Refusal | null
  /** Why a supervisor took it back or decided about it. */
  readonly note: string | null
  /** What the device had decided, of an attempt that is quarantined. */
  readonly decided: 'ADMITTED' | 'REJECTED' | null
}

/** What the ledger holds of a scanId: its attempt, and the last words about it. */
export interface AttemptHead {
  readonly scan: ScanRow
  /** OFFLINE_ADMISSION, NOT_ENTERED, COUNTED or DISMISSED. */
  readonly link: ScanRow | null
  readonly undo: ScanRow | null
}

/** The kinds of ledger rows beside SCAN: what else changes the counts, or what is shown with them. */
export type ChangeKind =
  | 'EVENT_CHANGED'
  | 'ZONE_CHANGED'
  | 'GATE_CHANGED'
  | 'GATE_STATUS'
  /** A person emptied a place, or took a credential's bodies out. */
  | 'RESET'
  /** The platform emptied a place at its closing time, or all at the event's end. */
  | 'AUTO_EXIT'

/** A row of the ledger that is no attempt: a change of what the counts show. */
export interface ChangeEntry {
  readonly kind: ChangeKind
  readonly actor: Actor
  readonly gateId: string | null
  /** What it is now, and why; kept as it is. */
  readonly detail: object
  /** Bodies that were taken out. */
  readonly bodies?: number
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
