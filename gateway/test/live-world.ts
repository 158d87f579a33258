import { inProcessTopics } from '@headcount/live'
import { type Client, createClient } from 'graphql-ws'
import { pino } from 'pino'
import { WebSocket } from 'ws'
import type { GatewayOptions, Placement } from '../src/index.ts'
import { countsGraph } from './counts.ts'
import { createTokens, type Served, serve, type TestSubgraph } from './support.ts'

/** What a test calls when it is over. */
export type AtEnd = (end: () => unknown) => void

/** A gateway with topics, over the graph of counts or another one, and clients of it. */
export async function liveWorld(
  atEnd: AtEnd,
  options: Partial<GatewayOptions> & {
    moved?: Record<string, Placement>
    graph?: readonly TestSubgraph[]
    placement?: 'in-process' | 'network'
  } = {},
) {
  const graph = countsGraph()
  const topics = inProcessTopics({ log: pino({ level: 'silent' }) })
  const tokens = await createTokens()
  const { graph: parts = graph.all, placement = 'in-process', ...rest } = options
  const served: Served = await serve(parts, placement, { tokens, topics, ...rest })
  atEnd(async () => {
    await served.close()
    await topics.close()
  })
  let viewers = 0
  return {
    ...{ state: graph.state, parts, topics, tokens, served },
    /** A client with a token of its own. */
    async connect(
      claims: Record<string, unknown> = {},
      how: { readonly headers?: Record<string, string>; readonly expiresInMs?: number } = {},
    ): Promise<Client & { readonly token: string }> {
      viewers += 1
      const token = await tokens.sign(
        { sub: `usr_${viewers}`, scope: 'count:read', sid: `ses_${viewers}`, ...claims },
        { expiresInMs: how.expiresInMs ?? 60_000 },
      )
      class Socket extends WebSocket {
        constructor(address: string, protocol: string) {
          super(address, protocol, { headers: how.headers ?? {} })
        }
      }
      const client = createClient({
        url: served.url.replace('http', 'ws'),
        webSocketImpl: Socket,
        connectionParams: { accessToken: token },
        retryAttempts: 0,
      })
      atEnd(() => client.dispose())
      return Object.assign(client, { token })
    },
    /** A number of /metrics. */
    async metric(name: string): Promise<number | undefined> {
      const line = (await served.gateway.metrics()).split('\n').find((one) => one.startsWith(`${name} `))
      return line === undefined ? undefined : Number(line.split(' ')[1])
    },
  }
}

/** What a subscription brings next, in three seconds at most. */
export async function next(iterator: AsyncIterator<unknown>): Promise<unknown> {
  const nothing = new Promise<never>((_resolve, reject) => {
    setTimeout(() => reject(new Error('nothing came')), 10_000).unref()
  })
  return (await Promise.race([iterator.next(), nothing])).value
}

/** Whether nothing comes for a while. */
export async function isQuiet(iterator: AsyncIterator<unknown>, forMs = 300): Promise<boolean> {
  const coming = iterator.next().then(
    () => false,
    () => false,
  )
  return Promise.race([coming, new Promise<boolean>((resolve) => setTimeout(resolve, forMs, true))])
}
