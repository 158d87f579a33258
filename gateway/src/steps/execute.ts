import { type ExecutionResult, execute as introspect } from 'graphql'
import type { OperationRun, Step } from '../exchange.ts'
import { DeferredExecution, type WhenParts } from '../execution/deferred-execution.ts'
import { type Executed, Execution, type ExecutionInput, type WhenExecuted } from '../execution/execution.ts'
import { LaterParts } from '../execution/later-parts.ts'
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

/** A run whose later parts are held for whoever writes them. */
function inParts(
  run: OperationRun,
  program: ConstructorParameters<typeof DeferredExecution>[0],
  how: {
    readonly input: ExecutionInput
    readonly whenExecuted: WhenExecuted
    readonly onCancel: (reason: Error) => void
  },
): DeferredExecution {
  const later = new LaterParts()
  run.later = later
  const whenParts: WhenParts = (parts, isLast) => {
    if (isLast) run.cancellation.remove(how.onCancel)
    later.push(parts, isLast)
  }
  return new DeferredExecution(program, how.input, { whenExecuted: how.whenExecuted, whenParts })
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
    const whenExecuted = (executed: Executed) => {
      if (!run.later) cancellation.remove(onCancel)
      run.outcome = executed
      resolve()
    }
    const program = need(run.program)
    const execution = program.deferred
      ? inParts(run, { ...program, deferred: program.deferred }, { input, whenExecuted, onCancel })
      : new Execution(program, input, whenExecuted)
    cancellation.add(onCancel)
    if (!cancellation.reason) execution.start()
  })
