import {
  type GraphQLError,
  type GraphQLSchema,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  type TypeNode,
} from 'graphql'

type Values = Readonly<Record<string, unknown>>

/** The values that an operation runs with, or what is wrong with those that were given. */
export type Coerced = { readonly values: Values } | { readonly errors: readonly GraphQLError[] }

/** Errors of one answer. */
const maxErrors = 5

interface QuickCheck {
  readonly name: string
  readonly isFine: (value: unknown) => boolean
}

const checks: Readonly<Record<string, (value: unknown) => boolean>> = {
  String: (value) => typeof value === 'string',
  ID: (value) => typeof value === 'string',
  Boolean: (value) => typeof value === 'boolean',
  Int: (value) => typeof value === 'number' && (value | 0) === value,
  Float: (value) => typeof value === 'number' && Number.isFinite(value),
}

function quickCheck(name: string, type: TypeNode): QuickCheck | undefined {
  const inner = type.kind === Kind.NON_NULL_TYPE ? type.type : type
  const isFine = inner.kind === Kind.NAMED_TYPE ? checks[inner.name.value] : undefined
  return isFine && { name, isFine }
}

/**
 * Compiles the coercion of an operation's variables. Hot path: values that are plainly what their simple types take are
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
  const quick = definitions.map((node) => quickCheck(node.variable.name.value, node.type))
  const fallback = (given: Values): Coerced => {
    const { coerced, errors } = getVariableValues(schema, definitions, given, { maxErrors })
    return coerced ? { values: { ...coerced, ...literals } } : { errors: errors ?? [] }
  }
  return (given = {}) => {
    const values: Record<string, unknown> = {}
    for (const check of quick) {
      if (!check) return fallback(given)
      const value = given[check.name]
      if (!check.isFine(value)) return fallback(given)
      values[check.name] = value
    }
    return { values: Object.assign(values, literals) }
  }
}
