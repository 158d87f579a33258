import type { Caller } from '../setup/graph.ts'
import type { Live } from '../setup/live.ts'

/** Which way. */
export type Direction = 'ENTRY' | 'EXIT'

/** An attempt as it is sent. */
export interface Attempt {
  readonly scanId: string
  readonly deviceSeq?: number
  readonly code: string
  readonly gateId: string
  readonly direction: Direction
  readonly scannedAt: string
  readonly override?: { readonly reason: string }
}

/** An attempt that a device decided by itself. */
export interface OwnDecision extends Attempt {
  readonly outcome: 'ADMITTED' | 'REJECTED'
  readonly reason?: string
}

/** What an answer shows of a row. */
export interface ToldScan {
  readonly id: string
  readonly scanId: string
  readonly ledgerSeq: number
  readonly kind: string
  readonly outcome: string
  readonly effectiveAt: string
}

/** The final answer to an attempt that the server decided. */
export interface OnlineAnswer {
  readonly __typename: string
  readonly replayed?: boolean
  readonly reason?: string
  readonly overridable?: boolean
  readonly degraded?: boolean
  readonly scan?: ToldScan
}

/** The final answer to an attempt that its device decided. */
export interface UploadAnswer {
  readonly scanId: string
  readonly status: string
  readonly conflict: string | null
  readonly message: string | null
  readonly scan: ToldScan | null
}

/** An attempt with its final answer. */
export interface Told<Sent, Answer> {
  readonly by: Caller
  readonly attempt: Sent
  readonly answer: Answer
  /** When it was first sent and when it was answered; milliseconds since 1970. */
  readonly sentAt: number
  readonly toldAt: number
}

/** What a person did once, under an idempotency key, with the answer. */
export interface Done {
  readonly by: Caller
  readonly field: string
  readonly input: object
  readonly selection: string
  readonly answer: { readonly __typename: string } & Readonly<Record<string, unknown>>
}

/** A ticket whose code was declared dead. */
export interface Death {
  readonly ticketId: string
  readonly code: string
  readonly how: 'REVOKED' | 'TRANSFERRED'
  /** When that was acknowledged; milliseconds since 1970. */
  readonly at: number
}

/** What a watcher saw, over all its connections. */
export interface Watched {
  readonly pictures: readonly WatchedPicture[]
  readonly connections: number
}

/** One message of a watcher. */
export interface WatchedPicture {
  readonly seq: number
  readonly inside: number
  readonly admitted: number
  readonly reset: boolean
  readonly zones: readonly { readonly zone: { readonly id: string }; readonly inside: number }[]
}

/** A subscription to an event's counts. */
export type OccupancyLive = Live<{ readonly occupancyChanged: WatchedPicture }>

/** What the clients of a run wrote down: what they sent and what they were told. */
export interface Journal {
  /** scanIds that were sent, or that wait on a device to be uploaded. */
  readonly issued: Set<string>
  readonly online: Told<Attempt, OnlineAnswer>[]
  readonly uploads: Told<OwnDecision, UploadAnswer>[]
  readonly done: Done[]
  readonly deaths: Death[]
  /** Answers that were no final ones, by code, and answers that never came. */
  readonly passing: Map<string, number>
  /** Answers that must not be. */
  readonly oddities: string[]
  /** The last number that each device used. */
  readonly lastSeqs: Map<string, number>
  /** Repeated attempts, and those of them that were answered as such. */
  readonly retries: { sent: number; replayed: number }
}

/** An empty journal. */
export function newJournal(): Journal {
  return {
    issued: new Set(),
    online: [],
    uploads: [],
    done: [],
    deaths: [],
    passing: new Map(),
    oddities: [],
    lastSeqs: new Map(),
    retries: { sent: 0, replayed: 0 },
  }
}
