import { refusal, satisfies, type Viewer } from '@headcount/access'
import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLSchema,
  type GraphQLTypeResolver,
} from 'graphql'
import type { AccessRules, Need } from './rules.ts'

type Source = Readonly<Record<string, unknown>>

function unmet(
  rules: AccessRules,
  viewer: Viewer | undefined,
  place: { readonly type: GraphQLObjectType; readonly field: string },
): Need | undefined {
  const vias = [place.type, ...place.type.getInterfaces()]
  return vias
    .flatMap((via) => rules.needs(place.type, place.field, via))
    .find((need) => !satisfies(viewer, need.requirement))
}

/**
 * Puts nulls and errors in where an operation was cut: the client's own operation is executed over the data of the cut
 * one by graphql-js, so that type conditions, aliases, lists and null propagation are those of the specification. A
 * response key that the data lack was cut; one that they have was allowed in some way.
 */
export async function restoreCut(options: {
  readonly schema: GraphQLSchema
  readonly rules: AccessRules
  readonly viewer: Viewer | undefined
  readonly document: DocumentNode
  readonly variables: Readonly<Record<string, unknown>>
  readonly typenameKey: string
  readonly data: Source
}): Promise<ExecutionResult> {
  const { schema, rules, viewer, document, variables, typenameKey, data } = options
  const fieldResolver: GraphQLFieldResolver<Source, unknown> = (...call) => {
    const [source, , , info] = call
    const key = info.path.key
    if (Object.hasOwn(source, key)) return source[key]
    const need = unmet(rules, viewer, { type: info.parentType, field: info.fieldName })
    if (need) throw refusal(viewer, need.coordinate, need.requirement)
    return null
  }
  const typeResolver: GraphQLTypeResolver<Source, unknown> = (source) => {
    const name = source[typenameKey]
    return typeof name === 'string' ? name : undefined
  }
  return execute({
    schema,
    document,
    rootValue: data,
    variableValues: variables,
    fieldResolver: fieldResolver as GraphQLFieldResolver<unknown, unknown>,
    typeResolver: typeResolver as GraphQLTypeResolver<unknown, unknown>,
  })
}
