// The one place where Apollo's executor serves: everything else knows `Executor` only.
import './telemetry-off.ts'
import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway'
import type { ExecutionResult, GraphQLError, GraphQLSchema } from 'graphql'
import type { Logger } from 'pino'
import type { Dispatch } from '../upstream/dispatch.ts'
import type { Execution, Executor, FetchContext } from './executor.ts'

type ApolloContext = Parameters<ApolloGateway['executor']>[0]

/** A data source in place of Apollo's, whose HTTP client (node-fetch) is neither bounded nor fast. */
function dataSource(dispatch: Dispatch): GraphQLDataSource {
  return {
    async process(options) {
      const { query = '', variables, operationName } = options.request
      const context = options.context as FetchContext
      const answer = await dispatch({ ...context, query, variables: variables ?? {}, operationName })
      return answer as Awaited<ReturnType<GraphQLDataSource['process']>>
    },
  }
}

/** Apollo puts the law's errors of null propagation under `extensions`; clients look for them in `errors`. */
function withCompletionErrors(result: ExecutionResult): ExecutionResult {
  const { valueCompletion } = result.extensions ?? {}
  if (!Array.isArray(valueCompletion)) return { data: result.data ?? null, errors: result.errors ?? [] }
  return { data: result.data ?? null, errors: [...(result.errors ?? []), ...valueCompletion] }
}

/** What Apollo's executor reads of a request. It asks for an Apollo Server context and uses these parts of it. */
function apolloContext(execution: Execution, logger: ApolloContext['logger']): ApolloContext {
  const request = { variables: { ...execution.variables } }
  const used = {
    request,
    document: execution.document,
    queryHash: execution.key,
    context: execution.context,
    metrics: {},
    logger,
  }
  return used as unknown as ApolloContext
}

/**
 * Loads a supergraph (without security links) into ApolloGateway and runs operations over it.
 *
 * @param dispatchers the way to each subgraph, by name
 * @throws Error when the supergraph is not good; the message says why
 */
export async function apolloExecutor(options: {
  readonly sdl: string
  readonly dispatchers: ReadonlyMap<string, Dispatch>
  readonly log: Logger
}): Promise<Executor> {
  const logger = {
    debug: () => {},
    info: () => {},
    warn: (message?: unknown) => options.log.warn({ from: 'apollo' }, String(message)),
    error: (message?: unknown) => options.log.error({ from: 'apollo' }, String(message)),
  }
  const gateway = new ApolloGateway({
    supergraphSdl: options.sdl,
    buildService: ({ name }) => {
      const dispatch = options.dispatchers.get(name)
      if (!dispatch) throw new Error(`The supergraph names the subgraph "${name}", which has no address.`)
      return dataSource(dispatch)
    },
    logger,
    validateSupergraph: true,
    __exposeQueryPlanExperimental: false,
  })
  const { schema } = await gateway.load()
  return {
    schema: schema as GraphQLSchema,
    async execute(execution) {
      const result = await gateway.executor(apolloContext(execution, logger))
      if (result.data === undefined && result.errors?.length) {
        // It threw before the first fetch: nothing of the data can be trusted.
        return { data: null, errors: result.errors as GraphQLError[] }
      }
      return withCompletionErrors(result as ExecutionResult)
    },
    stop: () => gateway.stop(),
  }
}
