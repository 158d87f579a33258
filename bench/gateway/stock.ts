// ApolloGateway as it comes, its own RemoteGraphQLDataSource with the default fetcher, behind a bare node:http door.
// The door keeps documents parsed and validated, as Apollo Server does, and does nothing else that Apollo Server does.
import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway'
import { type DocumentNode, type GraphQLSchema, parse, validate } from 'graphql'
import { answerParent } from '../processes/answer-parent.ts'

type Execute = Awaited<ReturnType<ApolloGateway['load']>>['executor']
interface Known {
  readonly document: DocumentNode
  readonly queryHash: string
}

const logger = { debug() {}, info() {}, warn() {}, error() {} }

function documentsOf(schema: GraphQLSchema): (query: string) => Known {
  const known = new Map<string, Known>()
  return (query) => {
    const found = known.get(query)
    if (found) return found
    const document = parse(query)
    const [error] = validate(schema, document)
    if (error) throw error
    const made = { document, queryHash: createHash('sha256').update(query).digest('hex') }
    known.set(query, made)
    return made
  }
}

async function serve(supergraphSdl: string): Promise<string> {
  const gateway = new ApolloGateway({
    supergraphSdl,
    buildService: ({ url }) => new RemoteGraphQLDataSource({ url: url ?? '' }),
    logger,
  })
  const { schema, executor } = await gateway.load()
  const documentOf = documentsOf(schema)
  const answer = async (body: string) => {
    const request = JSON.parse(body) as { query: string; variables?: Record<string, unknown> }
    const context = { request, ...documentOf(request.query), context: {}, metrics: {}, logger, schema }
    return JSON.stringify(await executor(context as unknown as Parameters<Execute>[0]))
  }
  const server = createServer({ keepAliveTimeout: 60_000 }, (req, res) => {
    const chunks: Buffer[] = []
    req.on('data', (chunk: Buffer) => chunks.push(chunk))
    req.on('end', () => {
      answer(Buffer.concat(chunks).toString()).then(
        (text) => res.writeHead(200, { 'content-type': 'application/json' }).end(text),
        (error: unknown) => res.writeHead(500).end(String(error)),
      )
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`
}

answerParent({ serve: ({ supergraph }: { supergraph: string }) => serve(supergraph) })
