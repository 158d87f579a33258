import { type IncomingMessage, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { fail } from '@headcount/errors'
import { handleProtocols, makeServer } from 'graphql-ws'
import { type WebSocket, WebSocketServer } from 'ws'
import { Cancellation } from '../cancellation.ts'
import type { Cors, Parts } from '../exchange.ts'
import type { ExtensionContext } from '../extension.ts'
import { callHook, contextOf, ExtensionRefused } from '../extension-refused.ts'
import { isNestedDeeper } from '../operations/nesting.ts'
import { requestIdOf } from '../steps/identify.ts'
import { type Connection, webSocketOptions } from './web-socket-operations.ts'

/** How often a silent peer is asked whether it is there, in milliseconds; no answer until the next time ends it. */
const pingMs = 12_000

/** WebSockets at the endpoint (graphql-transport-ws). */
export interface WebSockets {
  /** Takes a connection over from the HTTP server. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** Closes all with 1001, spread over `spreadMs`, so that clients do not come back all at once. */
  drain(spreadMs: number): void
  close(): void
}

/** The HTTP server has let go of the socket: nobody else closes this end where the client keeps its own open. */
function refuse(socket: Duplex, status: string): void {
  socket.once('finish', () => socket.destroy())
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
}

/** A browser cannot set headers here, and its cookies or other schemes are no token of ours. */
function headerToken({ headers }: IncomingMessage, { authentication }: Parts): string | undefined {
  try {
    return authentication.findToken(headers)
  } catch {
    // What stands there is something else; `connection_init` may bring the token.
    return undefined
  }
}

/** Pages of this site and of the listed ones may connect; what is no browser sends no origin. */
function isFromHere(request: IncomingMessage, { origins }: Cors): boolean {
  const { origin, host } = request.headers
  if (origin === undefined || origins.has(origin)) return true
  return URL.canParse(origin) && new URL(origin).host === host
}

/** Bytes that a client may leave unread, before nothing more is read from it. */
const unreadBytes = 1_048_576

/**
 * Sends a message; resolves when the operating system took it: until then graphql-ws asks for no further result. Pings
 * need no leave to be answered, so a client that sends and does not read would fill the memory with answers.
 */
function sendTo(socket: WebSocket): (text: string) => Promise<void> {
  return (text) =>
    new Promise((resolve) => {
      if (socket.readyState !== socket.OPEN) return resolve()
      socket.send(text, () => {
        if (socket.isPaused && socket.bufferedAmount <= unreadBytes) socket.resume()
        resolve()
      })
      if (socket.bufferedAmount > unreadBytes) socket.pause()
    })
}

function keepAlive(socket: WebSocket): () => void {
  let isAlive = true
  let unread = 0
  socket.on('pong', () => {
    isAlive = true
  })
  const timer = setInterval(() => {
    // While nothing is read from it, what it takes shows that it is there.
    const isTaking = socket.isPaused && socket.bufferedAmount < unread
    if (!isAlive && !isTaking) return socket.terminate()
    isAlive = false
    unread = socket.bufferedAmount
    socket.ping()
  }, pingMs)
  return () => clearInterval(timer)
}

/** What is known of a connection before it is one. */
interface Admitted {
  readonly requestId: string
  /** The extension's room of the request that opened it. */
  readonly opened: ExtensionContext | undefined
}

/** Lets a connection in, or not where the operator's own step refuses it. */
function admit(
  request: IncomingMessage,
  socket: Duplex,
  { parts, enter }: { readonly parts: Parts; readonly enter: (admitted: Admitted) => void },
): void {
  const { extension, log } = parts
  const requestId = requestIdOf(request.headers[parts.requestIdHeader])
  if (!extension) {
    enter({ requestId, opened: undefined })
    return
  }
  const opened = contextOf(requestId, log)
  const asked = { method: request.method ?? 'GET', url: request.url ?? '/', headers: request.headers }
  const ask = async () => callHook(() => extension.onRequest?.(asked, opened))
  ask().then(
    () => enter({ requestId, opened }),
    (error: unknown) => {
      const status = error instanceof ExtensionRefused ? error.status : 500
      if (status === 500) log.error({ err: error, requestId }, 'onRequest of the extension failed')
      refuse(socket, `${status} ${STATUS_CODES[status] ?? 'Refused'}`)
    },
  )
}

/** Makes the door for WebSockets. */
export function createWebSockets(parts: Parts): WebSockets {
  const { limits, log, traffic, metrics, cors, path } = parts
  const server = makeServer(webSocketOptions(parts))
  const sockets = new WebSocketServer({ noServer: true, maxPayload: limits.messageBytes, handleProtocols })

  const serve = (socket: WebSocket, request: IncomingMessage, { requestId, opened }: Admitted) => {
    const connection: Connection = {
      socket,
      headerToken: headerToken(request, parts),
      requestId,
      clientHeaders: request.headers,
      opened,
      closed: new Cancellation(),
    }
    traffic.liveConnections += 1
    metrics.connections.inc({ transport: 'websocket' })
    const stopPinging = keepAlive(socket)
    socket.on('error', (error) => log.info({ err: error, requestId }, 'a WebSocket failed'))
    const ended = server.opened(
      {
        protocol: socket.protocol,
        send: sendTo(socket),
        close: (code, reason) => socket.close(code, reason),
        onMessage: (take) =>
          socket.on('message', (message) => {
            const text = String(message)
            if (isNestedDeeper(text, limits.nesting, 'json')) return socket.close(4400, 'Nested too deep')
            take(text).catch((error: unknown) => {
              log.error({ err: error, requestId }, 'a WebSocket message failed')
              socket.close(4500, 'Internal server error')
            })
          }),
      },
      connection,
    )
    socket.once('close', (code, reason) => {
      stopPinging()
      traffic.liveConnections -= 1
      metrics.connections.dec({ transport: 'websocket' })
      connection.closed.cancel(fail('BAD_REQUEST', 'The client has gone.'))
      connection.session?.close()
      ended(code, String(reason)).catch((error: unknown) =>
        log.error({ err: error, requestId }, 'a WebSocket ended badly'),
      )
    })
  }

  const isFull = () => traffic.isDraining || traffic.liveConnections >= limits.liveConnections

  return {
    upgrade(request, socket, head) {
      // Nobody else hears of a client that breaks off, and an error that nobody hears ends the process.
      socket.on('error', () => socket.destroy())
      if (request.url?.split('?', 1)[0] !== path) return refuse(socket, '404 Not Found')
      if (isFull()) return refuse(socket, '503 Service Unavailable')
      if (!isFromHere(request, cors)) return refuse(socket, '403 Forbidden')
      const enter = (admitted: Admitted) => {
        // The operator's own step may have taken its time.
        if (isFull()) return refuse(socket, '503 Service Unavailable')
        sockets.handleUpgrade(request, socket, head, (opened) => serve(opened, request, admitted))
      }
      admit(request, socket, { parts, enter })
    },
    drain(spreadMs) {
      for (const socket of sockets.clients) {
        setTimeout(() => socket.close(1001, 'Going away'), Math.random() * spreadMs).unref()
      }
    },
    close() {
      for (const socket of sockets.clients) socket.terminate()
      sockets.close()
    },
  }
}
