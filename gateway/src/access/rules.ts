import { ROUTER_SUPPORTED_SUPERGRAPH_FEATURES as known } from '@apollo/federation-internals'
import { linksOf, type Requirement, readAccess } from '@headcount/access'
import {
  type DocumentNode,
  type GraphQLCompositeType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  getNamedType,
  isInterfaceType,
  isUnionType,
} from 'graphql'
import { interfaceRequirements } from './interface-requirements.ts'

/** A requirement and the field that has it. */
export interface Need {
  readonly coordinate: string
  readonly requirement: Requirement
}

/** What each field of the supergraph asks of a viewer. */
export interface AccessRules {
  /**
   * What one must have to read a field of an object: all of them. Those of the object, the field, the type that the
   * field gives, and of the object's interfaces. It is the same whichever type (`via`) the selection names.
   */
  needs(type: GraphQLObjectType, field: string, via?: GraphQLCompositeType): readonly Need[]
}

/**
 * What in a supergraph can't be enforced; the supergraph is refused for it. A directive that is passed over would be a
 * door that stands open.
 */
export function accessProblems(document: DocumentNode): string[] {
  return linksOf(document).flatMap(({ url, purpose }) => {
    const isAccess = /^https:\/\/specs\.apollo\.dev\/(authenticated|requiresScopes|policy)\//.test(url)
    if ((!isAccess && purpose !== 'SECURITY') || known.has(url)) return []
    return [`It links ${url} for security, which this gateway does not know and so cannot enforce.`]
  })
}

/** Reads the rules from the full supergraph, in which the directives may have any name. */
export function accessRules(document: DocumentNode): AccessRules {
  const map = readAccess(document)
  const interfaces = interfaceRequirements(document, map)
  const found = new Map<string, readonly Need[]>()

  const returned = (type: GraphQLNamedType): readonly Requirement[] => {
    if (isUnionType(type)) return []
    if (isInterfaceType(type)) return interfaces.ofType(type.name)
    const requirement = map.get(type.name)
    return requirement ? [requirement] : []
  }
  const find = (type: GraphQLObjectType, field: string): readonly Need[] => {
    const definition = type.getFields()[field]
    if (!definition) return []
    const coordinate = `${type.name}.${field}`
    const requirements = [
      map.get(type.name),
      map.get(coordinate),
      ...returned(getNamedType(definition.type)),
      ...interfaces.ofField(type.name, field),
    ]
    return requirements.flatMap((requirement) => (requirement ? [{ coordinate, requirement }] : []))
  }
  return {
    needs(type, field) {
      const key = `${type.name}.${field}`
      const before = found.get(key)
      if (before) return before
      const needs = find(type, field)
      found.set(key, needs)
      return needs
    },
  }
}
