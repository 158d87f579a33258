import type { ExecutionResult } from 'graphql'
import type { OperationRun, Step } from '../exchange.ts'
import { need } from './need.ts'

/** Settles with the work, or fails with the signal's reason as soon as it is aborted. */
function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason)
    signal.addEventListener('abort', onAbort, { once: true })
    if (signal.aborted) onAbort()
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
  })
}

/** Runs what is left of the operation. */
export const execute: Step<OperationRun> = async (run) => {
  const { executor } = need(run.generation)
  const { document, key } = need(run.variant)
  const { viewer, requestId, traceparent, signal } = run
  let result: ExecutionResult = { data: {} }
  if (document) {
    const variables = run.parameters.variables ?? {}
    const work = executor.execute({
      document,
      key,
      variables,
      context: { viewer, requestId, traceparent, signal },
    })
    result = await orAborted(work, signal)
  }
  run.outcome = { data: result.data, errors: result.errors }
}
