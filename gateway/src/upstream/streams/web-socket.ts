import { validateHeaderValue } from 'node:http'
import type { ClientOptions } from 'ws'
import { headersOf, type StreamHeaders } from './stream-headers.ts'
import type { OpenEvents } from './subgraph-events.ts'
import { WebSocketConnection } from './web-socket-connection.ts'

/** Subscribes by graphql-transport-ws. Subscriptions of one caller share a connection. */
export function webSocketEvents(options: {
  readonly url: string
  readonly headers: StreamHeaders
  readonly tls: Pick<ClientOptions, 'ca' | 'cert' | 'key'>
  readonly startMs: number
  readonly idleMs: number | undefined
}): { readonly open: OpenEvents; close(): void } {
  const { url, headers, tls, startMs, idleMs } = options
  const connections = new Map<string, WebSocketConnection>()
  return {
    async open(fetch) {
      const { caller, request, key } = await headersOf(fetch, headers)
      let connection = connections.get(key)
      if (!connection) {
        // Within graphql-ws nobody would catch what a bad one throws.
        for (const [name, value] of Object.entries(caller)) validateHeaderValue(name, value)
        const onEnd = () => connections.delete(key)
        connection = new WebSocketConnection({ url, headers: caller, tls, startMs, idleMs, onEnd })
        connections.set(key, connection)
      }
      return connection.subscribe(fetch, request)
    },
    close() {
      for (const connection of [...connections.values()]) connection.end(new Error('closing'))
    },
  }
}
