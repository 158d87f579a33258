import type { Outcome, Step } from '../exchange.ts'
import { codeOfOutcome } from './respond.ts'

/** What came of an operation, in one word. */
export function resultOf(outcome: Outcome | undefined): string {
  return codeOfOutcome(outcome) ?? (outcome?.errors?.length ? 'PARTIAL' : 'OK')
}

/** Counts the request; the operations of a batch are counted where they end. */
export const measure: Step = (exchange, { metrics }) => {
  const { outcome, startedAt, batch, media, isAnswered } = exchange
  // A preflight and the page of GraphiQL ask for no operation.
  if (isAnswered && media !== 'text/event-stream') return
  if (!batch || outcome?.data === undefined) metrics.requests.add(resultOf(outcome))
  // A stream's length says nothing of how fast an answer came.
  if (media !== 'text/event-stream') {
    metrics.requestSeconds.observe((performance.now() - startedAt) / 1000)
  }
}
