import type { FormattedExecutionResult } from 'graphql'
export interface LiveResult {
  readonly payload: FormattedExecutionResult
  readonly seq: number | undefined
}
