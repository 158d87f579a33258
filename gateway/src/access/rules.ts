import { type AccessMap, type Requirement, readAccess } from '@headcount/access'
import {
  type DocumentNode,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isInterfaceType,
  Kind,
} from 'graphql'

/** A requirement and the field that has it. */
export interface Need {
  readonly coordinate: string
  readonly requirement: Requirement
}

/** What each field of the supergraph asks of a viewer. */
export interface AccessRules {
  /**
   * What one must have to read a field of an object. `via` is the type that the selection names: an interface that
   * has a requirement of its own passes it on where its implementations have none.
   */
  needs(type: GraphQLObjectType, field: string, via: GraphQLCompositeType): readonly Need[]
}

const enforced = new Set(['authenticated', 'requiresScopes'])

/**
 * What in a supergraph's access directives can't be enforced; the supergraph is refused for it.
 * A directive that is passed over would be a door that stands open.
 */
export function accessProblems(document: DocumentNode): string[] {
  const problems: string[] = []
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.SCHEMA_DEFINITION && definition.kind !== Kind.SCHEMA_EXTENSION) continue
    for (const link of definition.directives ?? []) {
      const text = (name: string) => {
        const value = link.arguments?.find((argument) => argument.name.value === name)?.value
        return value?.kind === Kind.STRING ? value.value : undefined
      }
      const feature = text('url')?.match(/^https:\/\/specs\.apollo\.dev\/(\w+)\//)?.[1]
      if (feature === 'policy') {
        problems.push('@policy cannot be enforced: use @requiresScopes instead.')
      }
      if (feature && enforced.has(feature) && (text('as') ?? feature) !== feature) {
        problems.push(`@${feature} is renamed to @${text('as')}: keep its name, or it cannot be enforced.`)
      }
    }
  }
  return problems
}

function ownNeeds(map: AccessMap, type: string, field: string): Need[] {
  const coordinate = `${type}.${field}`
  return [map.get(type), map.get(coordinate)].flatMap((requirement) =>
    requirement ? [{ coordinate, requirement }] : [],
  )
}

/** Reads the rules from the full supergraph. */
export function accessRules(document: DocumentNode, schema: GraphQLSchema): AccessRules {
  const map = readAccess(document)
  const known = new Map<string, readonly Need[]>()

  /** Requirements on an interface itself; composition derives them from implementations that have any. */
  const interfaceNeeds = (via: GraphQLCompositeType, field: string): Need[] => {
    if (!isInterfaceType(via)) return []
    const needs = ownNeeds(map, via.name, field)
    if (needs.length === 0) return []
    const isDerived = schema
      .getPossibleTypes(via)
      .some((implementation) => ownNeeds(map, implementation.name, field).length > 0)
    return isDerived ? [] : needs
  }

  const find = (type: GraphQLObjectType, field: string, via: GraphQLCompositeType): readonly Need[] => {
    const definition = type.getFields()[field]
    if (!definition) return []
    const named = getNamedType(definition.type)
    // An abstract type's requirement shows in its implementations, when the type is known.
    const returned = isAbstractType(named) ? undefined : map.get(named.name)
    const coordinate = `${type.name}.${field}`
    return [
      ...ownNeeds(map, type.name, field),
      ...(returned ? [{ coordinate, requirement: returned }] : []),
      ...interfaceNeeds(via, field),
    ]
  }

  return {
    needs(type, field, via) {
      const key = `${type.name}.${field} ${via.name}`
      const before = known.get(key)
      if (before) return before
      const needs = find(type, field, via)
      known.set(key, needs)
      return needs
    },
  }
}
