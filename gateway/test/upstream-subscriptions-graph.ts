import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buildSubgraphSchema, type GraphQLResolverMap } from '@apollo/subgraph'
import { execute, GraphQLError, type GraphQLSchema, parse, subscribe } from 'graphql'
import { useServer } from 'graphql-ws/use/ws'
import { createYoga } from 'graphql-yoga'
import { WebSocketServer } from 'ws'
import type { SubgraphAnswer, SubgraphRequest } from '../src/index.ts'
import { subgraph, type TestSubgraph } from './support.ts'

type Next = IteratorResult<unknown, undefined>

/** What a test publishes, for all who listen; it counts them. */
function controlledEvents() {
  const listeners = new Set<{ push(value: unknown): void; end(error?: Error): void }>()
  const iterate = (): AsyncIterableIterator<unknown> => {
    const queue: unknown[] = []
    let over: { error: Error | undefined } | undefined
    let wake: (() => void) | undefined
    const listener = {
      push(value: unknown) {
        queue.push(value)
        wake?.()
      },
      end(error?: Error) {
        over = { error }
        listeners.delete(listener)
        wake?.()
      },
    }
    listeners.add(listener)
    return {
      async next(): Promise<Next> {
        while (queue.length === 0 && !over) {
          await new Promise<void>((resolve) => {
            wake = resolve
          })
        }
        if (queue.length > 0) return { done: false, value: queue.shift() }
        if (over?.error) throw over.error
        return { done: true, value: undefined }
      },
      async return(): Promise<Next> {
        queue.length = 0
        listener.end()
        return { done: true, value: undefined }
      },
      [Symbol.asyncIterator]() {
        return this
      },
    }
  }
  return {
    iterate,
    publish(value: unknown) {
      for (const listener of [...listeners]) listener.push(value)
    },
    finish(error?: Error) {
      for (const listener of [...listeners]) listener.end(error)
    },
    get open() {
      return listeners.size
    },
  }
}

export function review(id: string, rest: Record<string, unknown> = {}) {
  return { id, stars: 5, body: `Body ${id}`, product: { __typename: 'Product', id: `p${id}` }, ...rest }
}

/** Events of one subgraph, whose products another one knows. */
export function reviewsGraph() {
  const events = controlledEvents()
  const field = {
    subscribe(_: unknown, { topic }: { topic?: string }) {
      if (topic === 'none') throw new GraphQLError('No such topic.', { extensions: { code: 'NOT_FOUND' } })
      return events.iterate()
    },
    resolve: (event: unknown) => event,
  }
  const reviews = subgraph(
    'reviews',
    `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@authenticated", "@requiresScopes", "@policy"])
    type Query { latest: Review }
    type Subscription {
      reviewAdded(topic: String): Review
      membersOnly: Review @authenticated
      trusted: Review @policy(policies: [["trusted"]])
    }
    type Review @key(fields: "id") {
      id: ID!  stars: Int!  body: String  product: Product!
      profit: Int @requiresScopes(scopes: [["money:read"]])
    }
    type Product @key(fields: "id", resolvable: false) { id: ID! }
    `,
    {
      Query: { latest: () => review('0') },
      Subscription: { reviewAdded: field, membersOnly: field, trusted: field },
      Review: {
        __resolveReference: ({ id }: { id: string }) => review(id),
        body: ({ body }: { body: unknown }) => {
          if (body === 'broken') throw new GraphQLError('No body.', { extensions: { code: 'NOT_FOUND' } })
          return body
        },
      },
    },
  )
  const delays = new Map<string, number>()
  const products = subgraph(
    'products',
    `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
    type Query { product(id: ID!): Product }
    type Product @key(fields: "id") { id: ID!  name: String  price: Int! }
    `,
    {
      Query: { product: (_: unknown, { id }: { id: string }) => ({ id }) },
      Product: {
        __resolveReference: async ({ id }: { id: string }) => {
          await new Promise((resolve) => setTimeout(resolve, delays.get(id) ?? 0))
          return { id }
        },
        name: ({ id }: { id: string }) => `Product ${id}`,
        price: ({ id }: { id: string }) => (id === 'pfree' ? null : 7),
      },
    },
  )
  return { events, delays, reviews, products, all: [reviews, products] }
}

function schemaOf({ typeDefs, resolvers }: TestSubgraph): GraphQLSchema {
  return buildSubgraphSchema([{ typeDefs, resolvers: resolvers as GraphQLResolverMap<unknown> }])
}

export async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

/** A subgraph on loopback: Yoga over HTTP and event streams, graphql-ws over WebSockets, at one address. */
export async function serveSubgraph(part: TestSubgraph) {
  const schema = schemaOf(part)
  const requests: IncomingHttpHeaders[] = []
  const upgrades: { headers: IncomingHttpHeaders; init: unknown }[] = []
  const server = createServer(createYoga({ schema, logging: false, maskedErrors: false }))
  server.on('request', ({ headers }) => requests.push(headers))
  const sockets = new WebSocketServer({ server, path: '/graphql' })
  const serving = useServer(
    {
      schema,
      onConnect: ({ connectionParams, extra }) => {
        upgrades.push({ headers: extra.request.headers, init: connectionParams })
      },
    },
    sockets,
  )
  const port = await listen(server)
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    requests,
    upgrades,
    sockets: sockets.clients,
    /** It dies: every connection breaks. */
    kill() {
      for (const socket of sockets.clients) socket.terminate()
      server.closeAllConnections()
    },
    async close() {
      await serving.dispose()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** A subgraph in this process, as graphql-js serves it. */
export function placeHere(part: TestSubgraph) {
  const schema = schemaOf(part)
  const requests: SubgraphRequest[] = []
  const args = ({ query, variables, operationName }: SubgraphRequest) => ({
    schema,
    document: parse(query),
    variableValues: variables,
    operationName,
  })
  return {
    requests,
    async execute(request: SubgraphRequest): Promise<SubgraphAnswer> {
      return execute(args(request))
    },
    subscribe(request: SubgraphRequest) {
      requests.push(request)
      return subscribe(args(request)) as Promise<AsyncIterable<SubgraphAnswer>>
    },
  }
}

export const settle = (ms = 100) => new Promise((resolve) => setTimeout(resolve, ms))
