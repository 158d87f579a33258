import { fail } from '@headcount/errors'
import type { OperationRun, Step } from '../exchange.ts'
import type { CostLimit } from '../limits.ts'
import { need } from './need.ts'

/** @throws GraphQLError OPERATION_TOO_LARGE where the limit is enforced and exceeded */
export function checkCost(cost: number, { mode, maximum }: CostLimit, what = 'The operation costs'): void {
  if (mode === 'enforce' && cost > maximum) {
    throw fail('OPERATION_TOO_LARGE', `${what} ${cost} by @cost and @listSize; the limit is ${maximum}.`)
  }
}

/** Computes what the operation costs with its variables; operations that the gateway runs for itself are free. */
export const limitCost: Step<OperationRun> = (run, { limits, metrics }) => {
  const { cost: costOf } = need(run.operation)
  if (!costOf || !limits.cost) return
  const cost = costOf(need(run.variables))
  run.cost = cost
  metrics.operationCost.observe(cost)
  checkCost(cost, limits.cost)
}
