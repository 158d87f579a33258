import {
  type DocumentNode,
  type EnumTypeDefinitionNode,
  type FieldDefinitionNode,
  type InputObjectTypeDefinitionNode,
  type InterfaceTypeDefinitionNode,
  isTypeDefinitionNode,
  Kind,
  type NamedTypeNode,
  type ObjectTypeDefinitionNode,
  type TypeDefinitionNode,
  type TypeNode,
} from 'graphql'
import type { LinkNames } from './link-names.ts'

/** A type whose fields are asked for. */
export type OutputNode = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode

/** An element of a type: a field, a field of an input, a value of an enum. */
export type MemberNode = NonNullable<
  OutputNode['fields'] | InputObjectTypeDefinitionNode['fields'] | EnumTypeDefinitionNode['values']
>[number]

/** The types of a supergraph that are part of its API, by name. */
export function ownTypes(document: DocumentNode, links: LinkNames): Map<string, TypeDefinitionNode> {
  const types = document.definitions.filter(isTypeDefinitionNode)
  return new Map(
    types.flatMap((type) => (links.isForeign(type.name.value) ? [] : [[type.name.value, type] as const])),
  )
}

/** Whether its fields are asked for. */
export function isOutput(type: TypeDefinitionNode): type is OutputNode {
  return type.kind === Kind.OBJECT_TYPE_DEFINITION || type.kind === Kind.INTERFACE_TYPE_DEFINITION
}

/** Fields or values. */
export function membersOf(type: TypeDefinitionNode): readonly MemberNode[] {
  if ('fields' in type) return type.fields ?? []
  return type.kind === Kind.ENUM_TYPE_DEFINITION ? (type.values ?? []) : []
}

/** Arguments of a field; of anything else none. */
export function argumentsOf(member: MemberNode) {
  return (member as FieldDefinitionNode).arguments ?? []
}

/** The type within lists and non-nulls. */
export function namedType(type: TypeNode): NamedTypeNode {
  return type.kind === Kind.NAMED_TYPE ? type : namedType(type.type)
}

/** The names of the types that operations begin with. */
export function rootNames(document: DocumentNode): string[] {
  const schema = document.definitions.find((node) => node.kind === Kind.SCHEMA_DEFINITION)
  return schema?.operationTypes.map(({ type }) => type.name.value) ?? ['Query', 'Mutation', 'Subscription']
}
