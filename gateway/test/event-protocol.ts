import { inProcessTopics, type Topics } from '@headcount/live'
import { pino } from 'pino'
import type { GatewayOptions } from '../src/index.ts'
import { countsGraph } from './counts.ts'
import { atEnd } from './http1-calls.ts'
import { RawConnection, type RawHead, requestText } from './raw-events.ts'
import { compose, createTokens, type Served, serve, type Tokens } from './support.ts'

export const subscription =
  'subscription { occupancyChanged(eventId: "e1", minIntervalMs: 0) { seq inside } }'
export const eventStream = { accept: 'text/event-stream' } as const

/** A gateway with live counts, and how to talk to it octet by octet. */
export interface EventWorld {
  readonly served: Served
  readonly topics: Topics
  readonly tokens: Tokens
  readonly state: ReturnType<typeof countsGraph>['state']
  readonly authorization: string
  open(): RawConnection
  /** Sends a request on a connection of its own, and waits for the head of its answer. */
  ask(
    method: string,
    target: string,
    how?: Parameters<typeof requestText>[2],
  ): Promise<RawHead & { readonly connection: RawConnection; text(): Promise<string> }>
  /** Reserves a stream; its token. */
  reserve(): Promise<string>
  /** An operation for a reserved stream; its status. */
  operate(token: string, id: string, query?: string, extensions?: object): Promise<number>
}

/** Composed once: it takes longer than all else that a test does. */
let sdl: string | undefined

export async function eventWorld(options: Partial<GatewayOptions> = {}): Promise<EventWorld> {
  const graph = countsGraph()
  const topics = inProcessTopics({ log: pino({ level: 'silent' }) })
  const tokens = await createTokens()
  sdl ??= compose(graph.all)
  const served = await serve(graph.all, 'in-process', { tokens, topics, supergraph: { sdl }, ...options })
  atEnd(async () => {
    await served.close()
    await topics.close()
  })
  const authorization = `Bearer ${await tokens.withScopes('count:read')}`
  const open = () => {
    const connection = new RawConnection(served.url)
    atEnd(() => connection.socket.destroy())
    return connection
  }
  const ask: EventWorld['ask'] = async (method, target, { headers, body } = {}) => {
    const connection = open()
    connection.send(requestText(method, target, { headers: { authorization, ...headers }, body }))
    const head = await connection.head()
    return { ...head, connection, text: () => connection.body(head) }
  }
  return {
    served,
    topics,
    tokens,
    state: graph.state,
    authorization,
    open,
    ask,
    async reserve() {
      return (await ask('PUT', '/graphql')).text()
    },
    async operate(token, id, query = subscription, extensions = {}) {
      const answer = await ask('POST', '/graphql', {
        headers: { 'x-graphql-event-stream-token': token },
        body: { query, extensions: { operationId: id, ...extensions } },
      })
      return answer.status
    },
  }
}

export function value(seq: number, inside: number) {
  return { data: { occupancyChanged: { seq, inside } } }
}
