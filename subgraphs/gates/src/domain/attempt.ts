import type { Direction, Reason as Ruled } from '@headcount/scan-rules'

/** Why an attempt is refused: by a rule, or by a device that did not say why. */
export type Reason = Ruled | 'DECIDED_OFFLINE'

/** Who did something: a person, a device, or a service of the platform. */
export interface Actor {
  readonly kind: 'user' | 'device' | 'service'
  readonly id: string
}

/** What another service can be asked for before an attempt is decided. */
export type Askable = 'event' | 'device' | 'ticket' | 'ticketType'

/**
 * What was learned of a code that no kept ticket has: nothing fits it, its signature does not fit, or it is signed and
 * names a ticket. `isConfirmed` is false where participants could not be asked: then the code is all there is.
 */
export type CodeWord =
  | { readonly kind: 'unknown'; readonly isConfirmed: boolean }
  | { readonly kind: 'badSignature' }
  | {
      readonly kind: 'signed'
      readonly ticketId: string
      readonly eventId: string
      readonly isConfirmed: boolean
    }

/** What a device says of an attempt that it decided without the server. */
export interface OfflineWord {
  /** What it decided. */
  readonly outcome: 'ADMITTED' | 'REJECTED'
  /** Why it refused, where it says so. */
  readonly reason: Reason | null
  /** Its clock's time, corrected by the clock's error when it sent this; never later than the receipt. */
  readonly effectiveAt: Date
  /** Its clock less the server's when it sent this, in milliseconds. */
  readonly clockSkewMs: number
}

/** One attempt at a gate, as it came in. */
export interface Attempt {
  readonly scanId: string
  readonly organizationId: string
  readonly eventId: string
  readonly gateId: string
  readonly actor: Actor
  readonly deviceSeq: number | null
  readonly direction: Direction
  readonly code: string
  readonly codeHash: string
  readonly scannedAt: Date
  readonly receivedAt: Date
  /** A supervisor's reason; null without an override. */
  readonly overrideReason: string | null
  /** What the device decided by itself; null = the server decides. */
  readonly offline: OfflineWord | null
  /** What others have been asked for this attempt; each at most once. */
  readonly asked: ReadonlySet<Askable>
  /** What asking for the ticket gave. */
  readonly codeWord: CodeWord | undefined
}
