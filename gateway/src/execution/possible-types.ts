import { type DocumentNode, Kind } from 'graphql'

/** Names of the object types that a type of the supergraph can be, inaccessible ones among them. */
export interface PossibleTypes {
  /** The type's own name is in it too: an `@interfaceObject` subgraph calls objects by their interface's name. */
  of(type: string): ReadonlySet<string>
  isObject(type: string): boolean
}

/** Reads them from a supergraph's SDL. */
export function readPossibleTypes(document: DocumentNode): PossibleTypes {
  const sets = new Map<string, Set<string>>()
  const objects = new Set<string>()
  const setOf = (type: string) => {
    const set = sets.get(type) ?? new Set([type])
    sets.set(type, set)
    return set
  }
  for (const node of document.definitions) {
    if (node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.OBJECT_TYPE_EXTENSION) {
      objects.add(node.name.value)
      setOf(node.name.value)
      for (const { name } of node.interfaces ?? []) setOf(name.value).add(node.name.value)
    }
    if (node.kind === Kind.UNION_TYPE_DEFINITION || node.kind === Kind.UNION_TYPE_EXTENSION) {
      for (const { name } of node.types ?? []) setOf(node.name.value).add(name.value)
    }
  }
  return {
    of: (type) => sets.get(type) ?? new Set([type]),
    isObject: (type) => objects.has(type),
  }
}
