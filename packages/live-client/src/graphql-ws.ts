import { wallClock } from './clock.ts'
import { createLiveClient, type LiveClient } from './live-client.ts'
import type { Transport } from './transport.ts'
import { Connection } from './web-socket/connection.ts'
import type { WebSocketOptions } from './web-socket/web-socket-options.ts'

export type { WebSocketOptions } from './web-socket/web-socket-options.ts'

/** A client over one WebSocket (graphql-transport-ws), opened with the first subscription and closed with the last. */
export interface WebSocketLiveClient extends LiveClient {
  /** Brings a newer token to the connection that is there, before the old one ends. */
  renew: (accessToken: string) => void
}

/** A connection that said this much to others is alive: then only the silent subscription is opened again. */
const RECENT_MS = 5000

/** Keeps subscriptions over `graphql-ws`: each resumes with `extensions.resume`, or by its own variables. */
export function createWebSocketClient(options: WebSocketOptions): WebSocketLiveClient {
  const { now } = options.clock ?? wallClock
  let connection: Connection | undefined
  let refusedToken: string | undefined
  const connect = () => {
    const made = new Connection({
      options,
      now,
      refusedToken,
      onOver: () => {
        if (connection === made) connection = undefined
      },
    })
    return made
  }
  const transport: Transport = {
    open(request, sink) {
      connection ??= connect()
      const used = connection
      const close = used.open(request, sink)
      return (reason) => {
        if (reason === 'unauthenticated') refusedToken = used.firstToken
        close()
        const isDead = reason === 'silent' && now() - used.heardAt >= RECENT_MS
        if (isDead || reason === 'unauthenticated') used.drop()
      }
    },
  }
  return {
    ...createLiveClient(transport, options),
    renew: (accessToken) => connection?.extend(accessToken),
  }
}
