import type { OperationRun, Step } from '../exchange.ts'
import { need } from './need.ts'

/** Chooses the operation as this viewer may run it. */
export const authorise: Step<OperationRun> = (run) => {
  run.variant = need(run.operation).access.variantFor(run.viewer)
}
