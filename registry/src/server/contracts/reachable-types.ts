import { type DocumentNode, Kind, type TypeDefinitionNode } from 'graphql'
import { argumentsOf, isOutput, type MemberNode, membersOf, namedType, rootNames } from './elements.ts'

type Types = ReadonlyMap<string, TypeDefinitionNode>

/**
 * Names of the types that visible elements lead to: from the root types through fields, arguments and inputs, from an
 * object to its interfaces, from an interface or a union to the objects that it may be. What directives take stays too.
 */
export function reachableTypes(
  document: DocumentNode,
  types: Types,
  hidden: ReadonlySet<string>,
): ReadonlySet<string> {
  const members = possibleTypes(types)
  const reached = new Set<string>()
  const waiting = [...rootNames(document), ...takenByDirectives(document)]
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const type = types.get(name)
    if (!type || reached.has(name) || hidden.has(name)) continue
    reached.add(name)
    waiting.push(...leadsTo(type, hidden), ...(members.get(name) ?? []))
  }
  return reached
}

function leadsTo(type: TypeDefinitionNode, hidden: ReadonlySet<string>): string[] {
  const name = type.name.value
  const visible = membersOf(type).filter((one) => !hidden.has(`${name}.${one.name.value}`))
  const interfaces = isOutput(type) ? (type.interfaces ?? []).map((one) => one.name.value) : []
  return [...interfaces, ...visible.flatMap((member) => typesOf(name, member, hidden))]
}

function typesOf(type: string, member: MemberNode, hidden: ReadonlySet<string>): string[] {
  if (member.kind === Kind.ENUM_VALUE_DEFINITION) return []
  const taken = argumentsOf(member).filter(
    (one) => !hidden.has(`${type}.${member.name.value}.${one.name.value}`),
  )
  return [member, ...taken].map((one) => namedType(one.type).name.value)
}

/** Interface or union → the objects that it may be. */
function possibleTypes(types: Types): Map<string, string[]> {
  const members = new Map<string, string[]>()
  for (const type of types.values()) {
    const name = type.name.value
    if (type.kind === Kind.UNION_TYPE_DEFINITION) {
      members.set(
        name,
        (type.types ?? []).map((member) => member.name.value),
      )
    }
    for (const one of isOutput(type) ? (type.interfaces ?? []) : []) {
      members.set(one.name.value, [...(members.get(one.name.value) ?? []), name])
    }
  }
  return members
}

function takenByDirectives(document: DocumentNode): string[] {
  return document.definitions.flatMap((node) =>
    node.kind === Kind.DIRECTIVE_DEFINITION
      ? (node.arguments ?? []).map(({ type }) => namedType(type).name.value)
      : [],
  )
}
