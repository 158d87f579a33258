import type { OperationRun, Outcome, Parts } from './exchange.ts'
import { RefusedDocument } from './operations/known-operations.ts'
import { runSteps } from './run-stages.ts'

/** The errors of what a step threw. */
export function errorsOf(error: unknown): NonNullable<Outcome['errors']> {
  if (error instanceof RefusedDocument) return error.errors
  return [error as NonNullable<Outcome['errors']>[number]]
}

/** Runs an operation that was found, for a transport other than plain HTTP. Not masked yet. */
export async function runOperation(run: OperationRun, parts: Parts): Promise<Outcome> {
  try {
    await runSteps(parts.steps.operation, run, parts)
    return run.outcome ?? { data: null }
  } catch (error) {
    return { errors: errorsOf(error) }
  }
}
