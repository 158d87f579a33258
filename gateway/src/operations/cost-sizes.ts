import { fail } from '@headcount/errors'
import type { FieldNode, GraphQLField } from 'graphql'
import { argumentReader, valueWithin } from './cost-arguments.ts'
import type { CostRules, ListSize } from './cost-rules.ts'

type Values = Readonly<Record<string, unknown>>

/** How long the list of a field is by its `@listSize`; undefined = that says nothing of it. */
export type SizeOf = (variables: Values) => number | undefined

interface Slice {
  /** As the client gives it. */
  given(variables: Values): unknown
  /** As the schema has it where the client gives nothing. */
  assumed(variables: Values): unknown
}

function slicesOf(
  node: FieldNode,
  field: GraphQLField<unknown, unknown>,
  { slicingArguments }: ListSize,
): Slice[] {
  return slicingArguments.flatMap(([name = '', ...path]) => {
    const argument = field.args.find((candidate) => candidate.name === name)
    if (!argument) return []
    const read = argumentReader(node, name)
    const bare = { ...argument, defaultValue: undefined }
    return [
      {
        given: (variables: Values) => valueWithin(bare, read(variables), path),
        assumed: (variables: Values) => valueWithin(argument, read(variables), path),
      },
    ]
  })
}

/** A number, or how many items a list has. */
function sizesOf(values: readonly unknown[]): number[] {
  return values.flatMap((value) => {
    if (Array.isArray(value)) return [value.length]
    return typeof value === 'number' ? [Math.max(0, value)] : []
  })
}

/** Compiles a field's `@listSize`. @throws GraphQLError BAD_USER_INPUT, when it runs, where one slicing argument is needed */
export function compileSize(
  node: FieldNode,
  field: GraphQLField<unknown, unknown>,
  at: { readonly coordinate: string; readonly size: ListSize; readonly rules: CostRules },
): SizeOf {
  const { coordinate, size, rules } = at
  const slices = slicesOf(node, field, size)
  const isOneNeeded = rules.isStrict && size.requiresOne && slices.length > 0
  return (variables) => {
    const given = sizesOf(slices.map((slice) => slice.given(variables)))
    const sizes = given.length > 0 ? given : sizesOf(slices.map((slice) => slice.assumed(variables)))
    if (isOneNeeded && sizes.length !== 1) {
      const names = size.slicingArguments.map((path) => `"${path.join('.')}"`).join(', ')
      throw fail('BAD_USER_INPUT', `${coordinate} takes one of ${names}; ${sizes.length} were given.`)
    }
    return sizes.length > 0 ? Math.max(...sizes) : size.assumedSize
  }
}
