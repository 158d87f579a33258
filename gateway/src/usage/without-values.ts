import {
  type ArgumentNode,
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLSchema,
  getNullableType,
  isInputObjectType,
  isListType,
  Kind,
  type OperationDefinitionNode,
  parseType,
  print,
  TypeInfo,
  type ValueNode,
  type VariableDefinitionNode,
  type VariableNode,
  visit,
  visitWithTypeInfo,
} from 'graphql'

/** Variables that stand for values. */
class Placeholders {
  private readonly names = new Map<string, string>()
  private readonly prefix: string

  constructor(document: DocumentNode) {
    const taken = variableNames(document)
    let prefix = 'value_'
    while (taken.some((name) => name.startsWith(prefix))) prefix += '_'
    this.prefix = prefix
  }

  /**
   * The same for all values of a type: what differs in values alone is the same text, however many of them are equal, and
   * fields that were the same stay so.
   */
  of(type: GraphQLInputType): VariableNode {
    const key = String(type)
    const name = this.names.get(key) ?? `${this.prefix}${this.names.size}`
    this.names.set(key, name)
    return { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: name } }
  }

  definitions(): VariableDefinitionNode[] {
    return [...this.names].map(([type, value]) => ({
      kind: Kind.VARIABLE_DEFINITION,
      variable: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value } },
      type: parseType(type, { noLocation: true }),
    }))
  }
}

function variableNames(node: DocumentNode | ValueNode): string[] {
  const names: string[] = []
  visit(node, { Variable: ({ name }) => void names.push(name.value) })
  return names
}

/** A value with placeholders for all but its variables, and the names of inputs' fields that lead to them. */
function withoutValue(value: ValueNode, type: GraphQLInputType, placeholders: Placeholders): ValueNode {
  if (value.kind === Kind.VARIABLE) return value
  const inner = getNullableType(type)
  if (variableNames(value).length > 0) {
    if (value.kind === Kind.LIST) {
      const item = isListType(inner) ? inner.ofType : undefined
      if (item) return { ...value, values: value.values.map((one) => withoutValue(one, item, placeholders)) }
    }
    if (value.kind === Kind.OBJECT && isInputObjectType(inner)) {
      const known = inner.getFields()
      const fields = value.fields.flatMap((field) => {
        const fieldType = known[field.name.value]?.type
        return fieldType ? [{ ...field, value: withoutValue(field.value, fieldType, placeholders) }] : []
      })
      return { ...value, fields }
    }
    // A single value for a list of one.
    if (isListType(inner) && value.kind === Kind.OBJECT)
      return withoutValue(value, inner.ofType, placeholders)
  }
  // In a scalar of the schema's own, keys are values too.
  return placeholders.of(type)
}

/** Without its default, which is a value; it may then stand wherever it could stand with it. */
function withoutDefault(node: VariableDefinitionNode): VariableDefinitionNode {
  const { kind, variable, type, defaultValue } = node
  const isSet = defaultValue !== undefined && defaultValue.kind !== Kind.NULL
  if (!isSet || type.kind === Kind.NON_NULL_TYPE) return { kind, variable, type }
  return { kind, variable, type: { kind: Kind.NON_NULL_TYPE, type } }
}

/** Those of its variables that it still uses: some may have stood within a value. */
function used(document: DocumentNode, operation: OperationDefinitionNode): VariableDefinitionNode[] {
  const names = new Set<string>()
  visit(document, {
    VariableDefinition: () => false,
    Variable: ({ name }) => void names.add(name.value),
  })
  return (operation.variableDefinitions ?? []).filter(({ variable }) => names.has(variable.name.value))
}

/** A document of one valid operation with a placeholder for each value, and without descriptions. */
function replaceValues(schema: GraphQLSchema, document: DocumentNode): DocumentNode {
  const placeholders = new Placeholders(document)
  const types = new TypeInfo(schema)
  const replaced: DocumentNode = visit(
    document,
    visitWithTypeInfo(types, {
      VariableDefinition: withoutDefault,
      Argument(node): ArgumentNode | null {
        const type = types.getArgument()?.type
        return type ? { ...node, value: withoutValue(node.value, type, placeholders) } : null
      },
    }),
  )
  const definitions = replaced.definitions.map((node) => {
    if (node.kind === Kind.FRAGMENT_DEFINITION) {
      const { description: _, ...rest } = node
      return rest
    }
    if (node.kind !== Kind.OPERATION_DEFINITION) return node
    const { description: _, ...rest } = node
    return { ...rest, variableDefinitions: [...used(replaced, node), ...placeholders.definitions()] }
  })
  return { kind: Kind.DOCUMENT, definitions }
}

/**
 * The text of a valid operation, and its fragments, in which nothing is a client's value: literals, also those within
 * inputs and of directives, are variables, and defaults, descriptions and comments are gone. Names stay: of the operation,
 * of variables, fragments and aliases. It is valid itself.
 */
export function textWithoutValues(schema: GraphQLSchema, document: DocumentNode): string {
  return print(replaceValues(schema, document))
}
