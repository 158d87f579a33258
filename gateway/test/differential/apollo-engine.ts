// Apollo's executor in the gateway's place: what it is known to get wrong shows that the oracle is sharp.
import './telemetry-off.ts'
import { createHash } from 'node:crypto'
import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway'
import { type DocumentNode, parse, separateOperations } from 'graphql'
import type { ClientAnswer, Engine, Execute } from './engine-under-test.ts'

function dataSource(execute: Execute): GraphQLDataSource {
  return {
    async process({ request: { query = '', variables, operationName } }) {
      const { signal } = new AbortController()
      const answer = await execute({
        query,
        variables: variables ?? {},
        operationName,
        viewer: undefined,
        requestId: 'request',
        traceparent: '',
        signal,
      })
      return answer as Awaited<ReturnType<GraphQLDataSource['process']>>
    },
  }
}

/** Apollo Server gives the executor whole documents; it fails on one whose other operations have other variables. */
function oneOperation(query: string, name: string | undefined): DocumentNode {
  const document = parse(query)
  return (name === undefined ? undefined : separateOperations(document)[name]) ?? document
}

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

/** Opens Apollo's engine. What it says of null propagation in its extensions counts as errors. */
export async function openApolloEngine(
  sdl: string,
  executes: Readonly<Record<string, Execute>>,
): Promise<Engine> {
  const gateway = new ApolloGateway({
    supergraphSdl: sdl,
    buildService: ({ name }) => {
      const execute = executes[name]
      if (!execute) throw new Error(`There is no subgraph ${name}.`)
      return dataSource(execute)
    },
    logger: silent,
    __exposeQueryPlanExperimental: false,
  })
  await gateway.load()
  return {
    async run({ query, variables, operationName }) {
      const context = {
        request: { variables, operationName },
        document: oneOperation(query, operationName),
        queryHash: createHash('sha256').update(`${operationName} ${query}`).digest('hex'),
        context: {},
        metrics: {},
        logger: silent,
      }
      const result = await gateway.executor(context as unknown as Parameters<ApolloGateway['executor']>[0])
      const completion: unknown = result.extensions?.['valueCompletion']
      const errors = [...(result.errors ?? []), ...(Array.isArray(completion) ? completion : [])]
      return { data: result.data, errors } as ClientAnswer
    },
    close: () => gateway.stop(),
  }
}
