import { type DocumentNode, execute, type GraphQLError, type GraphQLSchema, parse, validate } from 'graphql'
import type { Logger } from 'pino'
import { maskError } from './mask-error.ts'
import type { SubgraphAnswer, SubgraphRequest } from './service.ts'

const MAXIMUM_DOCUMENTS = 1000

/** What {@link createExecutor} needs. */
export interface ExecutorOptions<Context> {
  /** The subgraph's schema. */
  readonly schema: GraphQLSchema
  /** Makes the context of a request. */
  readonly context: (request: SubgraphRequest) => Context
  /** The service's log. */
  readonly log: Logger
}

/**
 * Answers requests without HTTP and without JSON. Hot path: the gateway sends few different documents, so each is
 * parsed and validated once; the oldest is forgotten beyond 1,000.
 */
export function createExecutor<Context>(
  options: ExecutorOptions<Context>,
): (request: SubgraphRequest) => Promise<SubgraphAnswer> {
  const { schema, context, log } = options
  const documents = new Map<string, DocumentNode>()

  function read(query: string): DocumentNode | readonly GraphQLError[] {
    const known = documents.get(query)
    if (known) return known
    const document = parse(query, { maxTokens: 20_000, noLocation: true })
    const errors = validate(schema, document)
    if (errors.length > 0) return errors
    const [oldest] = documents.size >= MAXIMUM_DOCUMENTS ? documents.keys() : []
    if (oldest !== undefined) documents.delete(oldest)
    documents.set(query, document)
    return document
  }

  return async (request) => {
    try {
      const document = read(request.query)
      if (!('kind' in document)) return { errors: document.map((error) => onTheWire(error, log)) }
      const { data, errors } = await execute({
        schema,
        document,
        contextValue: context(request),
        variableValues: request.variables,
        operationName: request.operationName,
      })
      return {
        ...(data !== undefined && { data }),
        ...(errors && { errors: errors.map((error) => onTheWire(error, log)) }),
      }
    } catch (error) {
      return { errors: [onTheWire(error, log)] }
    }
  }
}

function onTheWire(error: unknown, log: Logger): NonNullable<SubgraphAnswer['errors']>[number] {
  const { message, path, extensions } = maskError(error, log)
  return { message, ...(path && { path }), extensions }
}
