import {
  type GraphQLError,
  type GraphQLSchema,
  getVariableValues,
  isInputType,
  type NonNullTypeNode,
  type OperationDefinitionNode,
  typeFromAST,
} from 'graphql'
import { plainValue, UNUSUAL, unusual } from './plain-value.ts'

type Values = Readonly<Record<string, unknown>>

/** The values that an operation runs with, or what is wrong with those that were given. */
export type Coerced = { readonly values: Values } | { readonly errors: readonly GraphQLError[] }

/** Errors of one answer. */
const maxErrors = 5

/**
 * Compiles the coercion of an operation's variables. Hot path: values that are plainly what their types take are
 * let through; anything else, wrong or merely unusual, goes to graphql-js, which also words the errors.
 *
 * @param literals values of variables that were literals in the document; they are good
 */
export function compileCoercion(
  schema: GraphQLSchema,
  definition: OperationDefinitionNode,
  literals: Values,
): (given: Values | undefined) => Coerced {
  const definitions = definition.variableDefinitions ?? []
  const constant: Coerced = { values: literals }
  if (definitions.length === 0) return () => constant
  const plain = definitions.map(({ variable, type }) => {
    const inputType = typeFromAST(schema, type as NonNullTypeNode)
    return { name: variable.name.value, read: isInputType(inputType) ? plainValue(inputType) : unusual }
  })
  const fallback = (given: Values): Coerced => {
    const { coerced, errors } = getVariableValues(schema, definitions, given, { maxErrors })
    return coerced ? { values: { ...coerced, ...literals } } : { errors: errors ?? [] }
  }
  return (given = {}) => {
    const values: Record<string, unknown> = {}
    for (const { name, read } of plain) {
      const value = read(given[name])
      if (value === UNUSUAL) return fallback(given)
      values[name] = value
    }
    return { values: Object.assign(values, literals) }
  }
}
