import {
  type FieldNode,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  isInputObjectType,
  isListType,
  isNonNullType,
  Kind,
  type ValueNode,
  valueFromASTUntyped,
} from 'graphql'
import type { CostRules } from './cost-rules.ts'

type Values = Readonly<Record<string, unknown>>

/** What is given for an argument; undefined = nothing. */
type ValueOf = (variables: Values) => unknown

const nothing: ValueOf = () => undefined

function readerOf(value: ValueNode): ValueOf {
  if (value.kind === Kind.VARIABLE) {
    const name = value.name.value
    return (variables) => variables[name]
  }
  return (variables) => valueFromASTUntyped(value, variables)
}

/** How an argument's value is read from the variables. */
export function argumentReader(node: FieldNode, name: string): ValueOf {
  const given = node.arguments?.find((argument) => argument.name.value === name)
  return given ? readerOf(given.value) : nothing
}

function asObject(value: unknown): Values | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Values) : undefined
}

/** A value within an argument's, with the schema's defaults where nothing is given. */
export function valueWithin(argument: GraphQLArgument, given: unknown, path: readonly string[]): unknown {
  let type: GraphQLInputType = argument.type
  let value = given === undefined ? argument.defaultValue : given
  for (const name of path) {
    const inner: GraphQLInputType = isNonNullType(type) ? type.ofType : type
    const object = asObject(value)
    const field = isInputObjectType(inner) ? inner.getFields()[name] : undefined
    if (!object || !field) return undefined
    value = object[name] === undefined ? field.defaultValue : object[name]
    type = field.type
  }
  return value
}

/** What a value costs: https://ibm.github.io/graphql-specs/cost-spec.html#sec-Arguments */
function costOfValue(
  type: GraphQLInputType,
  value: unknown,
  of: { readonly own: number | undefined; readonly rules: CostRules },
): number {
  const { own, rules } = of
  if (value === null || value === undefined) return 0
  if (isNonNullType(type)) return costOfValue(type.ofType, value, of)
  if (isListType(type)) {
    // One value where a list belongs is a list of one.
    const items: readonly unknown[] = Array.isArray(value) ? value : [value]
    return items.reduce<number>((sum, item) => sum + costOfValue(type.ofType, item, of), 0)
  }
  if (!isInputObjectType(type)) return own ?? rules.weight(type.name) ?? 0
  const object = asObject(value) ?? {}
  return Object.values(type.getFields()).reduce(
    (sum, field) => {
      const weight = rules.weight(`${type.name}.${field.name}`)
      return sum + costOfValue(field.type, object[field.name], { own: weight, rules })
    },
    own ?? rules.weight(type.name) ?? 1,
  )
}

/** Compiles what the arguments of a field cost together; undefined = it has none. */
export function compileArguments(
  node: FieldNode,
  field: GraphQLField<unknown, unknown>,
  at: { readonly coordinate: string; readonly rules: CostRules },
): ((variables: Values) => number) | undefined {
  const { coordinate, rules } = at
  const parts = (node.arguments ?? []).flatMap(({ name, value }) => {
    const argument = field.args.find((candidate) => candidate.name === name.value)
    if (!argument) return []
    const own = rules.weight(`${coordinate}(${argument.name}:)`)
    const read = readerOf(value)
    return [(variables: Values) => costOfValue(argument.type, read(variables), { own, rules })]
  })
  if (parts.length === 0) return undefined
  return (variables) => parts.reduce((sum, part) => sum + part(variables), 0)
}
