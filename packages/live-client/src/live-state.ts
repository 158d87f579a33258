import type { LiveError } from './live-error.ts'

/**
 * What became of what happened while a connection was away:
 *
 * - `unchanged`: nothing happened.
 * - `continued`: the stream goes on where it was left. A log brings each event that was missed; a state brings its newest
 *   value, and those between were not seen.
 * - `gap`: the server no longer has some events; the result says which.
 * - `reset`: the server's numbers begin anew.
 * - `unknown`: no result of this operation says where it stands.
 */
export type Outcome = 'unchanged' | 'continued' | 'gap' | 'reset' | 'unknown'

/** A time in which nothing was heard; local clock, milliseconds since 1970. */
export interface Interruption {
  /** When something was heard last. */
  readonly from: number
  /** When something was heard again. */
  readonly to: number
  readonly outcome: Outcome
}

/** Away, and coming back by itself. */
export interface LostState {
  readonly phase: 'lost'
  /** When something was heard last, or the first attempt began; local clock, milliseconds since 1970. */
  readonly since: number
  /** When the next attempt is due; undefined while one is under way. */
  readonly retryAt?: number
  /** Why the last attempt ended. */
  readonly error?: LiveError
}

/** Where a subscription is. Only `live` means that results come. */
export type LiveState =
  | { readonly phase: 'connecting' }
  /** `interruption`: what it came back from; undefined if it has never been away. */
  | { readonly phase: 'live'; readonly interruption?: Interruption }
  | LostState
  /** For good: by the server's `complete`, or with an error to which asking again brings the same answer. */
  | { readonly phase: 'ended'; readonly error?: LiveError }
