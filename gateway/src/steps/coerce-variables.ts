import type { OperationRun, Step } from '../exchange.ts'
import { RefusedDocument } from '../operations/known-operations.ts'
import { reword } from '../operations/reword.ts'
import { need } from './need.ts'

/** Checks the variables against their types, and adds those that were literals in the document. */
export const coerceVariables: Step<OperationRun> = (run, { introspection }) => {
  const coerced = need(run.operation).coerce(run.parameters.variables)
  if ('errors' in coerced) {
    throw new RefusedDocument(
      coerced.errors.map((error) => reword(error, { code: 'BAD_USER_INPUT', introspection })),
    )
  }
  run.variables = coerced.values
}
