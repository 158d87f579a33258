import type { OperationRun, Outcome, Parts, Step } from '../exchange.ts'
import { maskError } from '../execution/mask.ts'
import { ExtensionRefused } from '../extension-refused.ts'

/** Errors in one answer; a list of a million refused fields helps nobody. */
const maxErrors = 100

function statusOf(errors: NonNullable<Outcome['errors']>): number | undefined {
  const [first] = errors
  return first instanceof ExtensionRefused ? first.status : undefined
}

/** Masks the errors of a run's outcome, once. */
export function maskOutcome(run: OperationRun, { log, passesSubgraphErrors }: Parts): void {
  const { requestId, outcome } = run
  if (!outcome?.errors?.length || outcome.isMasked) return
  const context = { requestId, log, passesSubgraphErrors }
  const errors = outcome.errors.slice(0, maxErrors).map((error) => maskError(error, context))
  const status = outcome.data === undefined ? statusOf(outcome.errors) : undefined
  run.outcome = { ...outcome, errors, status, isMasked: true }
}

/** Lets no error out but by its code. */
export const mask: Step<OperationRun> = (run, parts) => maskOutcome(run, parts)
