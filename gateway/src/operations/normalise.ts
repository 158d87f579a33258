import {
  type ArgumentNode,
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isSpecifiedScalarType,
  Kind,
  type OperationDefinitionNode,
  parseType,
  print,
  TypeInfo,
  type ValueNode,
  type VariableDefinitionNode,
  valueFromASTUntyped,
  visit,
  visitWithTypeInfo,
} from 'graphql'

/** An operation whose literals are variables, so that those that differ in literals alone share a plan. */
export interface NormalisedOperation {
  /** The operation without its name, and its fragments. */
  readonly document: DocumentNode
  readonly definition: OperationDefinitionNode
  /** Its text: plans and programs are kept by it. */
  readonly text: string
  /** The values of the variables that were literals. */
  readonly literals: Readonly<Record<string, unknown>>
}

/** Whether JSON says the same as the literal: numbers beyond a double's reach, and names in free scalars, it does not. */
function isJson(value: ValueNode, type: GraphQLInputType): boolean {
  const named = getNamedType(type)
  const isFree = !isSpecifiedScalarType(named) && !isEnumType(named) && !isInputObjectType(named)
  let isSame = true
  visit(value, {
    Variable: () => {
      isSame = false
    },
    EnumValue: () => {
      if (isFree) isSame = false
    },
    IntValue: (node) => {
      if (!Number.isSafeInteger(Number(node.value))) isSame = false
    },
    FloatValue: (node) => {
      if (isFree || !Number.isFinite(Number(node.value))) isSame = false
    },
    ObjectField: (node) => {
      // As a key of a plain object it would be something else.
      if (node.name.value === '__proto__') isSame = false
    },
  })
  return isSame
}

class Literals {
  readonly values: Record<string, unknown> = {}
  readonly definitions: VariableDefinitionNode[] = []
  private readonly names = new Map<string, string>()
  private readonly prefix: string

  constructor(definition: OperationDefinitionNode) {
    const taken = (definition.variableDefinitions ?? []).map((node) => node.variable.name.value)
    let prefix = 'literal_'
    while (taken.some((name) => name.startsWith(prefix))) prefix += '_'
    this.prefix = prefix
  }

  /** Equal literals of one type are one variable: fields that were the same must stay the same. */
  add(value: ValueNode, type: GraphQLInputType): ValueNode {
    const key = `${type} ${print(value)}`
    let name = this.names.get(key)
    if (name === undefined) {
      name = `${this.prefix}${this.names.size}`
      this.names.set(key, name)
      this.values[name] = valueFromASTUntyped(value)
      this.definitions.push({
        kind: Kind.VARIABLE_DEFINITION,
        variable: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: name } },
        type: parseType(String(type), { noLocation: true }),
      })
    }
    return { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: name } }
  }
}

/** Makes variables of the literals in a valid operation's field arguments; directives keep theirs. */
export function normalise(
  schema: GraphQLSchema,
  document: DocumentNode,
  definition: OperationDefinitionNode,
): NormalisedOperation {
  const literals = new Literals(definition)
  const info = new TypeInfo(schema)
  let directives = 0
  const changed: DocumentNode = visit(
    document,
    visitWithTypeInfo(info, {
      Directive: {
        enter: () => {
          directives += 1
        },
        leave: () => {
          directives -= 1
        },
      },
      VariableDefinition: () => false,
      Argument: {
        leave(node): ArgumentNode | undefined {
          const type = info.getArgument()?.type
          if (directives > 0 || !type || node.value.kind === Kind.VARIABLE || node.value.kind === Kind.NULL)
            return undefined
          return isJson(node.value, type) ? { ...node, value: literals.add(node.value, type) } : undefined
        },
      },
    }),
  )
  const definitions = changed.definitions.map((node) => {
    if (node.kind !== Kind.OPERATION_DEFINITION) return node
    const { name: _name, ...rest } = node
    return {
      ...rest,
      variableDefinitions: [...(node.variableDefinitions ?? []), ...literals.definitions],
    }
  })
  const normalised: DocumentNode = { kind: Kind.DOCUMENT, definitions }
  const operation = definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION)
  if (!operation) throw new Error('there is no operation in the document')
  return {
    document: normalised,
    definition: operation,
    text: print(normalised),
    literals: Object.freeze(literals.values),
  }
}
