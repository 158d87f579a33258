import type { OperationRun, Step } from '../exchange.ts'
import { maskError } from '../execution/mask.ts'

/** Errors in one answer; a list of a million refused fields helps nobody. */
const maxErrors = 100

/** Lets no error out but by its code. */
export const mask: Step<OperationRun> = (run, { log }) => {
  if (!run.outcome?.errors?.length) return
  const { requestId } = run
  const errors = run.outcome.errors.slice(0, maxErrors).map((error) => maskError(error, { requestId, log }))
  run.outcome = { ...run.outcome, errors }
}
