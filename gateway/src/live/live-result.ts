import type { FormattedExecutionResult } from 'graphql'

/** One result for a subscriber, and the position of the state that it shows. */
export interface LiveResult {
  readonly payload: FormattedExecutionResult
  readonly seq: number | undefined
}
