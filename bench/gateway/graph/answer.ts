import { buildSchema, type GraphQLSchema, graphqlSync } from 'graphql'
import { type Representation, type Subgraph, subgraphs } from './subgraphs.ts'

/** What a gateway asks of a subgraph. */
export interface SubgraphRequest {
  readonly query: string
  readonly variables?: Readonly<Record<string, unknown>> | null
  readonly operationName?: string | null
}

interface Executable {
  readonly schema: GraphQLSchema
  readonly rootValue: object
}

const executables = new Map(Object.entries(subgraphs).map(([name, subgraph]) => [name, executable(subgraph)]))

/** The subgraph as graphql-js runs it, with the field that every subgraph has by the Federation specification. */
function executable({ typeDefs, entities, root, find }: Subgraph): Executable {
  const federation = `
    type Query { _entities(representations: [_Any!]!): [_Entity]! }
    scalar _Any
    union _Entity = ${entities.join(' | ')}`
  // The directives of Federation are not defined here; they mean nothing to who only answers.
  const schema = buildSchema(federation + typeDefs, { assumeValidSDL: true })
  const entitiesOf = ({ representations }: { representations: readonly Representation[] }) =>
    representations.map(find)
  return { schema, rootValue: { ...root, _entities: entitiesOf } }
}

/** What the subgraph answers, as text; undefined = there is no such subgraph. */
export function answerSubgraph(name: string, request: SubgraphRequest): string | undefined {
  const found = executables.get(name)
  if (!found) return undefined
  const result = graphqlSync({
    ...found,
    source: request.query,
    variableValues: request.variables ?? {},
    operationName: request.operationName ?? null,
  })
  return JSON.stringify(result)
}
