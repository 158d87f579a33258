import { print } from 'graphql'
import type { OperationRun, Step } from '../exchange.ts'
import { callHook } from '../extension-refused.ts'
import { need } from './need.ts'

/** Asks the operator's own step whether the operation may run. Those that the gateway runs for itself have no context. */
export const askExtension: Step<OperationRun> = (run, { extension }) => {
  const { extension: context, viewer } = run
  if (!context) return
  const { definition, document, kind } = need(run.operation)
  const asked = {
    name: definition.name?.value,
    kind,
    document: run.text ?? print(document),
    variables: run.parameters.variables ?? {},
    viewer,
  }
  return callHook(() => extension?.onOperation?.(asked, context), run.cancellation)
}
