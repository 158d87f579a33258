import type { Direction, Reason } from '@headcount/scan-rules'

/** An attempt that a device is about to keep. */
export interface NewScan {
  /** See `newScanId`. */
  readonly scanId: string
  readonly code: string
  readonly gateId: string
  readonly direction: Direction
  /** RFC 3339, by the device's clock. */
  readonly scannedAt: string
  /** Null while the server is asked: `decide` says it later. */
  readonly outcome: 'ADMITTED' | 'REJECTED' | null
  readonly reason: Reason | null
  /** A supervisor's decision, made on the device. */
  readonly override?: { readonly reason: string } | null
}

/** An attempt that waits for a final answer of the server. */
export interface WaitingScan extends NewScan {
  /** Its number among all attempts of the device, from 1, without a gap. */
  readonly deviceSeq: number
}
