import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'

type Message = Record<string, unknown>

/** An operation that a client asked for. */
export interface AskedOperation {
  readonly payload: {
    readonly query: string
    readonly variables?: Message
    readonly extensions?: Message
  }
  readonly send: (type: 'next' | 'error' | 'complete', payload?: unknown) => void
  readonly socket: WebSocket
  /** Set when the client took it back. */
  isTakenBack: boolean
}

/** Speaks graphql-transport-ws frame by frame, and does nothing by itself but to acknowledge. */
export async function openWebSocketDoor({
  admits = (): boolean => true,
  isMute = false,
}: {
  admits?: (token: unknown) => boolean
  isMute?: boolean
} = {}) {
  const http = createServer()
  const sockets = new WebSocketServer({ server: http, handleProtocols: () => 'graphql-transport-ws' })
  const seen = { tokens: [] as unknown[], operations: [] as AskedOperation[], connections: 0 }
  const rules = { admits, isMute }
  const answer = (socket: WebSocket, message: Message & { id?: string; payload?: Message }) => {
    const { id, payload } = message
    const say = (one: Message) => socket.send(JSON.stringify(one))
    if (message.type === 'connection_init') {
      seen.tokens.push(payload?.accessToken)
      if (rules.admits(payload?.accessToken)) say({ type: 'connection_ack' })
      else socket.close(4403, 'UNAUTHENTICATED: The token has ended.')
    }
    if (message.type === 'ping') {
      seen.tokens.push(payload?.accessToken)
      say({ type: 'pong' })
    }
    if (message.type === 'subscribe') {
      const operation: AskedOperation = {
        payload: payload as AskedOperation['payload'],
        send: (type, result) => say({ id, type, ...(result !== undefined && { payload: result }) }),
        socket,
        isTakenBack: false,
      }
      seen.operations.push(operation)
      socket.on('message', (text) => {
        const later = JSON.parse(String(text))
        if (later.type === 'complete' && later.id === id) operation.isTakenBack = true
      })
    }
  }
  sockets.on('connection', (socket) => {
    seen.connections++
    if (!rules.isMute) socket.on('message', (text) => answer(socket, JSON.parse(String(text))))
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const { port } = http.address() as AddressInfo
  return {
    port,
    url: `ws://127.0.0.1:${port}/graphql`,
    seen,
    rules,
    sockets,
    close: () => {
      for (const socket of sockets.clients) socket.terminate()
      return new Promise<void>((resolve) => http.close(() => resolve()))
    },
  }
}
