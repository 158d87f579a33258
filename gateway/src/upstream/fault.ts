/** Why a message came to no reply. Whatever is no fault is a reason for which it was given up. */
export type FaultKind =
  /** A kept connection was closed in the very moment that it was used again. */
  | 'stale'
  /** No connection, or it ended too early. */
  | 'connection'
  /** What came is no HTTP. */
  | 'answer'
  /** Its time was over. */
  | 'time'
  /** A limit of ours: too many wait already, the reply is too long, or we are closing. */
  | 'limit'
  /** Its breaker is open. */
  | 'breaker'

/** A message that came to no reply. */
export class Fault extends Error {
  override readonly name = 'Fault'
  readonly kind: FaultKind

  constructor(kind: FaultKind, message: string, cause?: Error) {
    super(message, cause && { cause })
    this.kind = kind
  }
}

/**
 * Kinds that say that the subgraph is not well. Limits of ours don't: one client that asks for too much must not shut
 * out all others. Nor does a stale connection, which servers end when it suits them.
 */
const failures: ReadonlySet<FaultKind> = new Set<FaultKind>(['connection', 'answer', 'time'])

/**
 * Kinds after which another attempt may go better. Not when its time was over: a subgraph that is too slow would get
 * twice the work.
 */
const passing: ReadonlySet<FaultKind> = new Set<FaultKind>(['stale', 'connection'])

/** Whether it speaks against the subgraph. */
export const isFailure = (error: Error) => error instanceof Fault && failures.has(error.kind)

/** Whether it may go better at once. */
export const isPassing = (error: Error) => error instanceof Fault && passing.has(error.kind)
