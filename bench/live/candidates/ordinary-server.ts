// The ordinary stack, as the documents of its parts show it: Yoga's recipe for graphql-ws, and RedisPubSub with a client of
// ioredis for each direction. Tokens are not looked at. It is also the subgraph behind Hive Router, by event streams.
// Arguments: port, address of Redis.
import { createServer } from 'node:http'
import { RedisPubSub } from 'graphql-redis-subscriptions'
import { useServer } from 'graphql-ws/use/ws'
import { createSchema, createYoga } from 'graphql-yoga'
import { Redis } from 'ioredis'
import { WebSocketServer } from 'ws'
import { plainTypeDefs } from '../graph.ts'
import { channelOf, nowMicros, occupancyOf } from '../message.ts'

interface Arguments {
  readonly eventId: string
}

interface Message {
  readonly seq: number
  readonly asOf: string
  readonly data: object
}

const [port, redisUrl = ''] = process.argv.slice(2)
const pubsub = new RedisPubSub({ publisher: new Redis(redisUrl), subscriber: new Redis(redisUrl) })

const yoga = createYoga({
  logging: 'error',
  schema: createSchema({
    typeDefs: plainTypeDefs,
    resolvers: {
      Query: { occupancy: (_: unknown, { eventId }: Arguments) => occupancyOf(eventId, 1, nowMicros()) },
      Subscription: {
        occupancyChanged: {
          subscribe: (_: unknown, { eventId }: Arguments) => pubsub.asyncIterator(channelOf(eventId)),
          resolve: ({ seq, asOf, data }: Message) => ({ ...data, seq, asOf }),
        },
      },
    },
  }),
})

const server = createServer(yoga)
const sockets = new WebSocketServer({ server, path: yoga.graphqlEndpoint })

/** What Yoga's recipe takes from its own envelope. */
type Enveloped = ReturnType<typeof yoga.getEnveloped>
interface Args {
  readonly rootValue: Pick<Enveloped, 'execute' | 'subscribe'>
}

useServer(
  {
    execute: (args) => (args as unknown as Args).rootValue.execute(args),
    subscribe: (args) => (args as unknown as Args).rootValue.subscribe(args),
    async onSubscribe(ctx, _id, params) {
      const { schema, execute, subscribe, contextFactory, parse, validate } = yoga.getEnveloped({
        ...ctx,
        req: ctx.extra.request,
        socket: ctx.extra.socket,
        params,
      })
      const args = {
        schema,
        operationName: params.operationName,
        document: parse(params.query),
        variableValues: params.variables,
        contextValue: await contextFactory(),
        rootValue: { execute, subscribe },
      }
      const errors = validate(args.schema, args.document)
      return errors.length > 0 ? errors : args
    },
  },
  sockets,
)

server.listen(Number(port), '127.0.0.1')
