import type { OperationRun, Step } from '../exchange.ts'

/** Whether an answer has errors. Those of parts that come later are not known when it is counted. */
function hasErrors({ outcome }: OperationRun): boolean {
  return outcome === undefined || (outcome.errors !== undefined && outcome.errors.length > 0)
}

/** Counts the operation, or each of a batch, for the registry. */
export const countUsage: Step = (exchange, { usage }) => {
  const { members, outcome } = exchange
  if (!members) {
    usage?.count(exchange, hasErrors(exchange))
    return
  }
  // Where the batch was refused as a whole, so was each of its operations.
  const isRefused = outcome?.data === undefined
  for (const member of members) usage?.count(member, isRefused || hasErrors(member))
}
