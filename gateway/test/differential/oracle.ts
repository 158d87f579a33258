import { Supergraph } from '@apollo/federation-internals'
import {
  buildASTSchema,
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  type GraphQLTypeResolver,
  parse,
  printSchema,
  visit,
} from 'graphql'
import { fieldModel, resolveField, type Situation, type Source } from './data.ts'

/** One operation with everything that decides its answer. */
export interface Request {
  readonly document: DocumentNode
  readonly variables: Readonly<Record<string, unknown>>
  readonly operationName: string | undefined
}

/** What clients see of a supergraph, and that with every output type nullable. */
export interface Api {
  readonly schema: GraphQLSchema
  readonly nullable: GraphQLSchema
}

/** The right answer. */
export interface Expected {
  readonly data: ExecutionResult['data']
  readonly errors: NonNullable<ExecutionResult['errors']>
  /** All that is wrong in the data by path, also where null propagation hides it; with the resolver's message, if one threw. */
  readonly faults: ReadonlyMap<string, string | undefined>
  /** Paths of objects of types that clients must not see: the oracle does not look into them. */
  readonly hidden: readonly string[]
}

/** Reads what clients see. */
export function readApi(sdl: string): Api {
  const schema = Supergraph.build(sdl).apiSchema().toGraphQLJSSchema()
  const document = visit(parse(printSchema(schema)), {
    FieldDefinition: (field) => ({ ...field, type: visit(field.type, { NonNullType: ({ type }) => type }) }),
  })
  return { schema, nullable: buildASTSchema(document, { assumeValid: true }) }
}

export function pathText(path: readonly (string | number)[] | undefined): string {
  return path ? `/${path.join('/')}` : 'nowhere'
}

const typeResolver: GraphQLTypeResolver<Source, unknown> = ({ type }) => type

function run(schema: GraphQLSchema, request: Request, situation: Situation): ExecutionResult {
  const fieldResolver: GraphQLFieldResolver<Source | undefined, unknown> = (parent, args, _context, info) => {
    const source = parent ?? { type: info.parentType.name, number: 0 }
    return resolveField(
      { source, field: fieldModel(situation.world, source.type, info.fieldName), args },
      situation,
    )
  }
  const result = execute({
    schema,
    document: request.document,
    variableValues: request.variables,
    operationName: request.operationName,
    fieldResolver,
    typeResolver,
  })
  if (result instanceof Promise || 'then' in result) throw new Error('The data are not there at once.')
  return result
}

/** Answers an operation by graphql-js over the merged schema. */
export function expect(api: Api, request: Request, situation: Situation): Expected {
  const { data, errors = [] } = run(api.schema, request, { ...situation })
  const faults = new Map<string, string | undefined>()
  const hidden: string[] = []
  if (errors.length > 0) {
    const all = run(api.nullable, request, { ...situation, areNullsErrors: true })
    for (const { path, message, extensions } of all.errors ?? []) {
      faults.set(pathText(path), extensions['code'] === 'FAULT' ? message : undefined)
      if (message.includes('does not exist inside the schema')) hidden.push(pathText(path))
    }
  }
  return { data, errors, faults, hidden }
}
