import {
  type DocumentNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  specifiedScalarTypes,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql'

const builtIn = new Set(specifiedScalarTypes.map(({ name }) => name))

interface Named {
  readonly name: { readonly value: string }
}

/**
 * The elements of a schema that a valid document uses: `Event`, `Event.name`, `Query.event.id` (an argument),
 * `EventFilter.status` (a field of an input), `EventStatus.LIVE`, `@include`, `@include.if`. A type is among them where it
 * is selected from, named by a fragment or by a variable; the scalars of GraphQL itself never are. A field of an enum type
 * uses every value, since any may come. What comes in variables is not in the document: see
 * {@link compileVariableCoordinates}.
 */
export function operationCoordinates(schema: GraphQLSchema, document: DocumentNode): Set<string> {
  const used = new Set<string>()
  const types = new TypeInfo(schema)
  visit(document, visitWithTypeInfo(types, collector(types, used)))
  return used
}

function collector(types: TypeInfo, used: Set<string>) {
  return {
    Field() {
      const field = fieldOf(types)
      if (!field) return
      used.add(field.parent).add(`${field.parent}.${field.name}`)
      addType(field.type, used)
    },
    Argument() {
      const argument = types.getArgument()
      const directive = types.getDirective()
      const field = fieldOf(types)
      if (!argument) return
      if (directive) used.add(`@${directive.name}.${argument.name}`)
      else if (field) used.add(`${field.parent}.${field.name}.${argument.name}`)
    },
    Directive() {
      const directive = types.getDirective()
      if (directive) used.add(`@${directive.name}`)
    },
    NamedType: ({ name }: Named) => addName(name.value, used),
    ObjectField({ name }: Named) {
      const holder = getNamedType(types.getParentInputType())
      if (isInputObjectType(holder)) used.add(holder.name).add(`${holder.name}.${name.value}`)
    },
    EnumValue({ value }: { readonly value: string }) {
      const type = getNamedType(types.getInputType())
      if (isEnumType(type)) used.add(type.name).add(`${type.name}.${value}`)
    },
  }
}

/** The field that is looked at; undefined within introspection. */
function fieldOf(types: TypeInfo) {
  const parent = types.getParentType()
  const field = types.getFieldDef()
  if (!parent || !field || parent.name.startsWith('__') || field.name.startsWith('__')) return undefined
  return { parent: parent.name, name: field.name, type: getNamedType(field.type) }
}

function addType(type: GraphQLNamedType, used: Set<string>): void {
  addName(type.name, used)
  if (isEnumType(type)) for (const { name } of type.getValues()) used.add(`${type.name}.${name}`)
}

function addName(name: string, used: Set<string>): void {
  if (!builtIn.has(name)) used.add(name)
}
