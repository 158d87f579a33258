import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  Kind,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql'

type Values = Readonly<Record<string, unknown>>

/** What a message lacks, or holds in another form than the schema says. */
export const missing = Symbol('missing')

/** Makes what a subgraph would have answered of what a message holds; `missing` where it can't. */
export type Shape = (held: unknown) => unknown

interface Around {
  readonly schema: GraphQLSchema
  readonly variables: Values
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>
}

/** Said when a selection asks for more than a message holds. */
class NotCovered extends Error {}

function isSwitchedOff({ directives }: Pick<FieldNode, 'directives'>, variables: Values): boolean {
  const isTrue = (value: ValueNode | undefined) =>
    value?.kind === Kind.VARIABLE
      ? variables[value.name.value] === true
      : value?.kind === Kind.BOOLEAN && value.value
  return (directives ?? []).some(({ name, arguments: given }) => {
    const condition = isTrue(given?.[0]?.value)
    return (name.value === 'skip' && condition) || (name.value === 'include' && !condition)
  })
}

function leafShape(type: GraphQLNamedType): Shape {
  // What a free scalar takes only its subgraph knows.
  if (!isLeafType(type) || (isScalarType(type) && !isSpecifiedScalarType(type))) return (held) => held
  return (held) => {
    try {
      return type.serialize(held)
    } catch {
      return missing
    }
  }
}

function listShape(item: Shape): Shape {
  return (held) => {
    if (!Array.isArray(held)) return missing
    const items: unknown[] = []
    for (const one of held) {
      const made = item(one)
      if (made === missing) return missing
      items.push(made)
    }
    return items
  }
}

function typeShape(type: GraphQLOutputType, named: Shape): Shape {
  if (isNonNullType(type)) {
    const inner = typeShape(type.ofType, named)
    return (held) => (held === null ? missing : inner(held))
  }
  const shape = isListType(type) ? listShape(typeShape(type.ofType, named)) : named
  return (held) => (held === null ? null : held === undefined ? missing : shape(held))
}

/** Adds one field to an answer; false where the message lacks it. */
type Put = (held: Values, to: Record<string, unknown>) => boolean

function carriedBy(carries: SelectionSetNode, name: string): FieldNode {
  const found = carries.selections.find((node) => node.kind === Kind.FIELD && node.name.value === name)
  if (found?.kind !== Kind.FIELD) throw new NotCovered(name)
  return found
}

function isOf(condition: GraphQLNamedType | undefined, name: unknown, { schema }: Around): boolean {
  if (condition?.name === name) return true
  return isAbstractType(condition) && schema.getPossibleTypes(condition).some((type) => type.name === name)
}

class ShapeCompiler {
  private readonly around: Around

  constructor(around: Around) {
    this.around = around
  }

  /** @throws NotCovered */
  objects(type: GraphQLNamedType | undefined, set: SelectionSetNode, carries: SelectionSetNode): Shape {
    const puts = this.puts(type, set, carries)
    return (held) => {
      if (typeof held !== 'object' || held === null) return missing
      const made: Record<string, unknown> = {}
      for (const put of puts) if (!put(held as Values, made)) return missing
      return made
    }
  }

  private puts(
    type: GraphQLNamedType | undefined,
    set: SelectionSetNode,
    carries: SelectionSetNode,
  ): readonly Put[] {
    const { variables, fragments } = this.around
    return set.selections.flatMap((node): readonly Put[] => {
      if (isSwitchedOff(node, variables)) return []
      if (node.kind === Kind.FIELD) return [this.field(type, node, carries)]
      const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : fragments.get(node.name.value)
      if (!fragment) throw new NotCovered('a fragment')
      const condition = fragment.typeCondition?.name.value ?? type?.name
      return this.conditional(type, condition, { set: fragment.selectionSet, carries })
    })
  }

  private conditional(
    type: GraphQLNamedType | undefined,
    name: string | undefined,
    { set, carries }: { readonly set: SelectionSetNode; readonly carries: SelectionSetNode },
  ): readonly Put[] {
    const condition = name === undefined ? undefined : this.around.schema.getType(name)
    const inner = this.puts(condition ?? type, set, carries)
    if (name === type?.name) return inner
    if (isObjectType(type)) return isOf(condition, type.name, this.around) ? inner : []
    carriedBy(carries, '__typename')
    return [
      (held, to) => !isOf(condition, held.__typename, this.around) || inner.every((put) => put(held, to)),
    ]
  }

  private field(type: GraphQLNamedType | undefined, node: FieldNode, carries: SelectionSetNode): Put {
    const name = node.name.value
    const key = node.alias?.value ?? name
    if (name === '__typename' && isObjectType(type)) {
      const constant = type.name
      return (_held, to) => {
        to[key] = constant
        return true
      }
    }
    // A message holds one value of a field, and nobody knows for which arguments.
    if (node.arguments?.length) throw new NotCovered(name)
    const shape = this.value(type, node, carriedBy(carries, name))
    return (held, to) => {
      const made = shape(held[name])
      if (made === missing) return false
      // The same key may be selected twice, with other parts each time.
      to[key] = merged(to[key], made)
      return true
    }
  }

  private value(type: GraphQLNamedType | undefined, node: FieldNode, carried: FieldNode): Shape {
    const field =
      type && 'getFields' in type && isCompositeType(type) ? type.getFields()[node.name.value] : undefined
    // A field that clients do not see, as of a key: the message's word counts.
    if (!field && !node.selectionSet) return (held) => (held === undefined ? missing : held)
    if (!field) throw new NotCovered(node.name.value)
    const { type: output } = field
    let named: GraphQLOutputType = output
    while ('ofType' in named) named = named.ofType
    if (!node.selectionSet) return typeShape(output, leafShape(named))
    if (!carried.selectionSet) throw new NotCovered(node.name.value)
    return typeShape(output, this.objects(named, node.selectionSet, carried.selectionSet))
  }
}

function merged(before: unknown, made: unknown): unknown {
  if (before === undefined || typeof made !== 'object' || made === null) return made
  if (Array.isArray(made) && Array.isArray(before)) return made.map((one, at) => merged(before[at], one))
  return { ...(before as Values), ...(made as Values) }
}

/**
 * Compiles what a fetch would select of a type from what messages carry; undefined where those do not hold all of it.
 * Hot path: it runs once a message and group.
 */
export function messageShape(
  selected: { readonly type: GraphQLNamedType; readonly set: SelectionSetNode },
  carries: SelectionSetNode,
  around: Around,
): Shape | undefined {
  try {
    return new ShapeCompiler(around).objects(selected.type, selected.set, carries)
  } catch (error) {
    if (error instanceof NotCovered) return undefined
    throw error
  }
}
