import {
  type DocumentNode,
  type GraphQLNamedInputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInputType,
  Kind,
  visit,
} from 'graphql'

/**
 * What the variables of a document could bring: the input types and enums that they reach at any depth, with each field and
 * value of them.
 */
export function sendableCoordinates(schema: GraphQLSchema, document: DocumentNode): Set<string> {
  const reached = new Set<string>()
  visit(document, {
    VariableDefinition({ type }) {
      let named = type
      while (named.kind !== Kind.NAMED_TYPE) named = named.type
      const found = schema.getType(named.name.value)
      if (isInputType(found)) addReached(getNamedType(found), reached)
    },
  })
  return reached
}

function addReached(type: GraphQLNamedInputType, reached: Set<string>): void {
  if (reached.has(type.name)) return
  if (isEnumType(type)) {
    reached.add(type.name)
    for (const { name } of type.getValues()) reached.add(`${type.name}.${name}`)
  } else if (isInputObjectType(type)) {
    reached.add(type.name)
    for (const field of Object.values(type.getFields())) {
      reached.add(`${type.name}.${field.name}`)
      addReached(getNamedType(field.type), reached)
    }
  }
}
