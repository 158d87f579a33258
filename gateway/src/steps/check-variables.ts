import { getVariableValues } from 'graphql'
import type { OperationRun, Step } from '../exchange.ts'
import { RefusedDocument } from '../operations/known-operations.ts'
import { reword } from '../operations/reword.ts'
import { need } from './need.ts'

/** Checks the variables against their types. */
export const checkVariables: Step<OperationRun> = (run, { introspection }) => {
  const { schema } = need(run.generation)
  const { definition } = need(run.operation)
  const variables = run.parameters.variables ?? {}
  const { errors } = getVariableValues(schema, definition.variableDefinitions ?? [], variables, {
    maxErrors: 5,
  })
  if (errors)
    throw new RefusedDocument(errors.map((error) => reword(error, { code: 'BAD_USER_INPUT', introspection })))
}
