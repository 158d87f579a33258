import { type ExecutionResult, execute as introspect } from 'graphql'
import type { OperationRun, Step } from '../exchange.ts'
import { Execution } from '../execution/execution.ts'
import { need } from './need.ts'

/** What the schema says of itself, where the operation asks for it. */
function described(run: OperationRun): Record<string, unknown> {
  const { introspection } = need(run.operation)
  if (!introspection) return {}
  const { schema } = need(run.generation)
  const { data } = introspect({
    schema,
    document: introspection,
    variableValues: run.parameters.variables ?? {},
  }) as ExecutionResult
  return { ...data }
}

/** Fetches from the subgraphs and merges. Fails with the reason as soon as the run is cancelled. */
export const execute: Step<OperationRun> = (run) =>
  new Promise((resolve, reject) => {
    const { requestId, traceparent, viewer, clientHeaders: headers, cancellation } = run
    const context = { requestId, traceparent, viewer, headers, extension: run.extension }
    const input = { variables: need(run.variables), context, data: described(run) }
    const onCancel = (reason: Error) => {
      execution.cancel(reason)
      reject(reason)
    }
    const execution = new Execution(need(run.program), input, (executed) => {
      cancellation.remove(onCancel)
      run.outcome = executed
      resolve()
    })
    cancellation.add(onCancel)
    if (!cancellation.reason) execution.start()
  })
