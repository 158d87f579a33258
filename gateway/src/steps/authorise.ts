import { policiesHeld } from '../access/policies.ts'
import type { OperationRun, Step } from '../exchange.ts'
import { callHook, contextOf } from '../extension-refused.ts'
import { need } from './need.ts'

const none: ReadonlySet<string> = new Set()

/** Finds which of the policies that the operation names hold for this viewer. */
export const authorise: Step<OperationRun> = (run, { extension, log }) => {
  const { policies } = need(run.operation).access
  if (policies.length === 0) {
    run.held = none
    return
  }
  const asked = extension?.policies
  const context = run.extension ?? contextOf(run.requestId, log)
  const held = policiesHeld({
    policies,
    viewer: run.viewer,
    ask: asked && ((question) => callHook(() => asked(question, context), run.cancellation)),
  })
  if (!(held instanceof Promise)) {
    run.held = held
    return
  }
  return held.then((found) => {
    run.held = found
  })
}
