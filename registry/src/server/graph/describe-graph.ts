import type { DescribedField, DescribedType, GraphDescription } from '@headcount/registry-api'
import {
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  isTypeDefinitionNode,
  Kind,
  parse,
  print,
  type TypeDefinitionNode,
} from 'graphql'
import { readLinks } from '../contracts/link-names.ts'
import { argumentOf, directivesOf, type Marked, textOf } from './directive-arguments.ts'
import { interfacesOf, type Joins, readJoins } from './joins.ts'

/** What the parts of a description are made with. */
interface Reading {
  readonly joins: Joins
  /** Types that apps see, in the supergraph's order. */
  readonly types: readonly TypeDefinitionNode[]
  isVisible(element: Marked): boolean
  isVisibleType(name: string): boolean
  tagsOf(element: Marked): string[]
}

/**
 * Describes what apps see of a supergraph (of any Federation 2 composition), with who owns what: its types, without those of
 * federation itself and of linked specifications, and without what is `@inaccessible`.
 */
export function describeGraph(supergraphSdl: string, number: number): GraphDescription {
  const reading = readSupergraph(supergraphSdl)
  const types = reading.types
    .map((type) => describeType(type, reading))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  return {
    version: number,
    subgraphs: reading.joins.subgraphs.map(({ name, url }) => ({ name, url, ...share(name, types) })),
    types,
  }
}

function readSupergraph(supergraphSdl: string): Reading {
  const document = parse(supergraphSdl, { noLocation: true })
  const links = readLinks(document)
  const inaccessible = links.directive('https://specs.apollo.dev/inaccessible') ?? 'inaccessible'
  const tag = links.directive('https://specs.apollo.dev/tag') ?? 'tag'
  const isVisible = (element: Marked) => directivesOf(element, inaccessible).length === 0
  const types = document.definitions
    .filter(isTypeDefinitionNode)
    .filter((type) => !links.isForeign(type.name.value) && isVisible(type))
  const names = new Set(types.map(({ name }) => name.value))
  return {
    ...{ joins: readJoins(document, links), types, isVisible },
    isVisibleType: (name) => names.has(name),
    tagsOf: (element) =>
      directivesOf(element, tag)
        .flatMap((directive) => textOf(argumentOf(directive, 'name')) ?? [])
        .sort(),
  }
}

function share(subgraph: string, types: readonly DescribedType[]) {
  const isOwner = ({ owners }: { readonly owners: readonly string[] }) => owners.includes(subgraph)
  return {
    types: types.filter(isOwner).length,
    fields: types.flatMap(({ fields }) => fields).filter(isOwner).length,
  }
}

function describeType(type: TypeDefinitionNode, reading: Reading): DescribedType {
  const joins = reading.joins.typeJoins(type)
  const fields = describeFields(type, reading)
  // Composition gives each subgraph the root of queries, also one that answers none.
  const owners =
    type.name.value === 'Query' ? fields.flatMap((field) => field.owners) : joins.map((one) => one.subgraph)
  return {
    name: type.name.value,
    kind: kinds[type.kind],
    description: type.description?.value ?? null,
    owners: [...new Set(owners)].sort(),
    keys: joins.flatMap(({ subgraph, key, isResolvable }) =>
      key !== undefined && isResolvable ? { subgraph, fields: key } : [],
    ),
    tags: reading.tagsOf(type),
    interfaces: interfacesOf(type).filter(reading.isVisibleType),
    members: membersOf(type, reading).filter(reading.isVisibleType),
    fields,
    values: valuesOf(type, reading),
  }
}

const kinds = {
  [Kind.OBJECT_TYPE_DEFINITION]: 'OBJECT',
  [Kind.INTERFACE_TYPE_DEFINITION]: 'INTERFACE',
  [Kind.UNION_TYPE_DEFINITION]: 'UNION',
  [Kind.ENUM_TYPE_DEFINITION]: 'ENUM',
  [Kind.INPUT_OBJECT_TYPE_DEFINITION]: 'INPUT_OBJECT',
  [Kind.SCALAR_TYPE_DEFINITION]: 'SCALAR',
} as const

function membersOf(type: TypeDefinitionNode, { types }: Reading): string[] {
  if (type.kind === Kind.UNION_TYPE_DEFINITION) return (type.types ?? []).map(({ name }) => name.value)
  if (type.kind !== Kind.INTERFACE_TYPE_DEFINITION) return []
  return types
    .filter((one) => one.kind === Kind.OBJECT_TYPE_DEFINITION && interfacesOf(one).includes(type.name.value))
    .map(({ name }) => name.value)
}

function describeFields(type: TypeDefinitionNode, reading: Reading): DescribedField[] {
  const nodes: readonly (FieldDefinitionNode | InputValueDefinitionNode)[] =
    'fields' in type ? (type.fields ?? []) : []
  return nodes.filter(reading.isVisible).map((field) => ({
    ...{ name: field.name.value, type: print(field.type), description: field.description?.value ?? null },
    deprecationReason: deprecationOf(field),
    owners: reading.joins.fieldOwners(type, field),
    tags: reading.tagsOf(field),
    args: field.kind === Kind.FIELD_DEFINITION ? argumentsOf(field, reading) : [],
  }))
}

function argumentsOf({ arguments: nodes = [] }: FieldDefinitionNode, { isVisible }: Reading) {
  return nodes.filter(isVisible).map((argument) => ({
    ...{ name: argument.name.value, type: print(argument.type) },
    description: argument.description?.value ?? null,
    defaultValue: argument.defaultValue ? print(argument.defaultValue) : null,
    deprecationReason: deprecationOf(argument),
  }))
}

function valuesOf(type: TypeDefinitionNode, { isVisible }: Reading): DescribedType['values'] {
  if (type.kind !== Kind.ENUM_TYPE_DEFINITION) return []
  return (type.values ?? []).filter(isVisible).map((value) => ({
    ...{ name: value.name.value, description: value.description?.value ?? null },
    deprecationReason: deprecationOf(value),
  }))
}

function deprecationOf(element: Marked): string | null {
  const [deprecated] = directivesOf(element, 'deprecated')
  if (!deprecated) return null
  // What GraphQL itself says where no reason is given.
  return textOf(argumentOf(deprecated, 'reason')) ?? 'No longer supported'
}
