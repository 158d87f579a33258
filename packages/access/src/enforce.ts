import {
  type DocumentNode,
  defaultFieldResolver,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  isObjectType,
} from 'graphql'
import { refusal } from './refusal.ts'
import { type Requirement, readAccess, satisfies } from './requirements.ts'
import type { Viewer } from './viewer.ts'

interface HasViewer {
  readonly viewer?: Viewer | undefined
}

/**
 * Puts the access directives of a subgraph's SDL in front of its resolvers: a field without the right throws
 * FORBIDDEN (UNAUTHENTICATED without a token) and its resolver does not run. The second of two walls; the gateway is
 * the first. Changes the schema in place.
 */
export function enforceAccess(schema: GraphQLSchema, document: DocumentNode): GraphQLSchema {
  const access = readAccess(document)
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue
    for (const field of Object.values(type.getFields())) {
      const coordinate = `${type.name}.${field.name}`
      const needed = [access.get(type.name), access.get(coordinate)].filter(
        (requirement): requirement is Requirement => requirement !== undefined,
      )
      if (needed.length === 0) continue
      const resolve = field.resolve ?? defaultFieldResolver
      field.resolve = (...call: Parameters<GraphQLFieldResolver<unknown, HasViewer>>) => {
        const { viewer } = call[2]
        for (const requirement of needed) {
          if (!satisfies(viewer, requirement)) throw refusal(viewer, coordinate, requirement)
        }
        return resolve(...call)
      }
    }
  }
  return schema
}
