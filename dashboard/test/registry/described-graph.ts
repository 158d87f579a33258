import { readdirSync, readFileSync } from 'node:fs'
import type { DescribedField, DescribedType, GraphDescription } from '@headcount/registry-api'
import {
  astFromValue,
  buildSchema,
  type ConstDirectiveNode,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  isUnionType,
  parse,
  print,
} from 'graphql'

const schema = new URL('../../../schema/', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, schema), 'utf8')

interface Definition {
  readonly subgraph: string
  readonly name: string
  readonly directives: readonly ConstDirectiveNode[]
  readonly members: readonly string[]
}

/** The platform's own graph as a registry would describe it, read from the files in schema/. */
export function describedGraph(): GraphDescription {
  const subgraphs = readdirSync(new URL('subgraphs', schema)).map((file) => file.replace('.graphql', ''))
  const definitions = subgraphs.flatMap(definitionsIn)
  const api = buildSchema(read('api.graphql'))
  const types = Object.values(api.getTypeMap())
    .filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type))
    .map((type) => describedType(type, definitions, membersOf(type, Object.values(api.getTypeMap()))))
    .toSorted((one, other) => one.name.localeCompare(other.name))
  return {
    version: 12,
    subgraphs: subgraphs.map((name) => ({
      name,
      url: `http://127.0.0.1:40${10 + subgraphs.indexOf(name)}/graphql`,
      types: types.filter(({ owners }) => owners.includes(name)).length,
      fields: types.flatMap(({ fields }) => fields).filter(({ owners }) => owners.includes(name)).length,
    })),
    types,
  }
}

function definitionsIn(subgraph: string): Definition[] {
  return parse(read(`subgraphs/${subgraph}.graphql`)).definitions.flatMap((node) => {
    if (!('name' in node) || !node.name || node.kind === 'DirectiveDefinition') return []
    const members = 'fields' in node ? (node.fields ?? []) : 'values' in node ? (node.values ?? []) : []
    const directives = 'directives' in node ? ((node.directives ?? []) as readonly ConstDirectiveNode[]) : []
    return [{ subgraph, name: node.name.value, directives, members: members.map(({ name }) => name.value) }]
  })
}

function membersOf(type: GraphQLNamedType, all: readonly GraphQLNamedType[]): string[] {
  if (isUnionType(type)) return type.getTypes().map(({ name }) => name)
  if (!isInterfaceType(type)) return []
  return all.filter((one) => isObjectType(one) && one.getInterfaces().includes(type)).map(({ name }) => name)
}

function describedType(
  type: GraphQLNamedType,
  all: readonly Definition[],
  members: readonly string[],
): DescribedType {
  const own = all.filter(({ name }) => name === type.name)
  const owners = [...new Set(own.map(({ subgraph }) => subgraph))]
  const hasFields = isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)
  const ownersOf = (field: string) =>
    own.filter((definition) => definition.members.includes(field)).map(({ subgraph }) => subgraph)
  return {
    name: type.name,
    kind: kindOf(type),
    description: type.description ?? null,
    owners,
    keys: own.flatMap(({ subgraph, directives }) =>
      keysIn(directives).map((fields) => ({ subgraph, fields })),
    ),
    tags: [],
    interfaces: isObjectType(type) ? type.getInterfaces().map(({ name }) => name) : [],
    members,
    fields: hasFields
      ? Object.values<GraphQLField<unknown, unknown> | GraphQLInputField>(type.getFields()).map((field) =>
          describedField(field, ownersOf(field.name)),
        )
      : [],
    values: isEnumType(type)
      ? type.getValues().map(({ name, description, deprecationReason }) => ({
          ...{ name, description: description ?? null, deprecationReason: deprecationReason ?? null },
        }))
      : [],
  }
}

function describedField(
  field: GraphQLField<unknown, unknown> | GraphQLInputField,
  owners: readonly string[],
): DescribedField {
  const args = 'args' in field ? field.args : []
  return {
    name: field.name,
    type: String(field.type),
    description: field.description ?? null,
    deprecationReason: field.deprecationReason ?? null,
    owners,
    tags: [],
    args: args.map(({ name, type, description, defaultValue, deprecationReason }) => {
      const value = defaultValue === undefined ? null : astFromValue(defaultValue, type)
      return {
        ...{ name, type: String(type), description: description ?? null },
        defaultValue: value ? print(value) : null,
        deprecationReason: deprecationReason ?? null,
      }
    }),
  }
}

function kindOf(type: GraphQLNamedType): DescribedType['kind'] {
  if (isObjectType(type)) return 'OBJECT'
  if (isInterfaceType(type)) return 'INTERFACE'
  if (isUnionType(type)) return 'UNION'
  if (isEnumType(type)) return 'ENUM'
  return isInputObjectType(type) ? 'INPUT_OBJECT' : 'SCALAR'
}

function keysIn(directives: readonly ConstDirectiveNode[]): string[] {
  return directives
    .filter(({ name }) => name.value === 'key')
    .flatMap(({ arguments: given = [] }) =>
      given.flatMap(({ name, value }) =>
        name.value === 'fields' && value.kind === 'StringValue' ? [value.value] : [],
      ),
    )
}
