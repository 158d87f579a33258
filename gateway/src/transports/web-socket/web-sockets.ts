import type { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Parts } from '../../exchange.ts'
import { alone } from '../../steps/identify.ts'
import { type Admitted, admit, isFromHere, refuse } from './admit.ts'
import { Client, type Opening, type Surroundings } from './client.ts'
import { closeCodes, codeLabel } from './close-codes.ts'
import { Connection } from './connection.ts'
import { Connections } from './connections.ts'
import { handshakeAnswer, handshakeFault, offersProtocol } from './handshake.ts'
import type { KeptHeaders } from './kept-headers.ts'
import { ResultFrames } from './result-frames.ts'

/** WebSockets at the endpoint (graphql-transport-ws). */
export interface WebSockets {
  /** Takes a connection over from the HTTP server. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** Closes all with 1001, spread over `spreadMs`, so that clients do not come back all at once. */
  drain(spreadMs: number): void
  close(): void
}

/** When clients are asked to come back after a drain, in milliseconds: each at a time of its own. */
const returnMs = { least: 1_000, most: 5_000 }

function breakOff(this: Duplex): void {
  this.destroy()
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

/** What is kept of the request: it is gone with all that hangs on it when this is done. */
function openingOf(
  request: IncomingMessage,
  { requestId, opened }: Admitted,
  { parts, keep }: { readonly parts: Parts; readonly keep: KeptHeaders },
): Opening {
  return {
    requestId: alone(requestId),
    clientHeaders: keep(request.headers),
    client: parts.clients.of(request.headers),
    opened,
    headerToken: headerToken(request, parts),
  }
}

/** Makes the socket a plain one: what the HTTP server had set for requests does not hold here. */
function takeOver(socket: Duplex): void {
  socket.removeListener('error', breakOff)
  if (socket instanceof Socket) {
    socket.setTimeout(0)
    socket.setNoDelay(true)
  }
}

/** Makes the door for WebSockets. @param keep chooses what is kept of the headers that come with the handshake */
export function createWebSockets(parts: Parts, keep: KeptHeaders): WebSockets {
  const { limits, traffic, metrics, cors, path } = parts
  const connections = new Connections()
  metrics.bufferedBytes.watch('websocket', () => connections.bufferedBytes())
  const onGone = (code: number) => {
    traffic.liveConnections -= 1
    metrics.connections.dec({ transport: 'websocket' })
    metrics.closes.inc({ transport: 'websocket', code: codeLabel(code) })
  }
  const surroundings: Surroundings = { parts, frames: new ResultFrames(), onGone }
  const isFull = () => traffic.isDraining || traffic.liveConnections >= limits.liveConnections

  const serve = (request: IncomingMessage, socket: Duplex, { admitted, head }: Entering) => {
    // It went while the operator's own step took its time.
    if (!socket.readable || !socket.writable) return void socket.destroy()
    takeOver(socket)
    traffic.liveConnections += 1
    metrics.connections.inc({ transport: 'websocket' })
    const connection = new Connection(socket, limits.messageBytes, connections)
    const opening = openingOf(request, admitted, { parts, keep })
    socket.write(handshakeAnswer(request))
    connection.begin(new Client(connection, opening, surroundings))
    if (!offersProtocol(request)) {
      connection.close(closeCodes.subprotocolNotAcceptable, 'Subprotocol not acceptable')
    }
    if (head.length > 0) connection.read(head)
  }

  return {
    upgrade(request, socket, head) {
      // Nobody else hears of a client that breaks off, and an error that nobody hears ends the process.
      socket.on('error', breakOff)
      if (request.url?.split('?', 1)[0] !== path) return refuse(socket, '404 Not Found')
      const fault = handshakeFault(request)
      if (fault) return refuse(socket, fault.status, fault.headers)
      if (isFull()) return refuse(socket, '503 Service Unavailable')
      if (!isFromHere(request, cors)) return refuse(socket, '403 Forbidden')
      const enter = (admitted: Admitted) => {
        // The operator's own step may have taken its time.
        if (isFull()) return refuse(socket, '503 Service Unavailable')
        serve(request, socket, { admitted, head })
      }
      admit(request, socket, { parts, enter })
    },
    drain(spreadMs) {
      connections.drain(spreadMs, (connection) => {
        const retryAfterMs = Math.round(returnMs.least + Math.random() * (returnMs.most - returnMs.least))
        connection.close(closeCodes.goingAway, `Going away; retryAfterMs=${retryAfterMs}`)
      })
    },
    close: () => connections.destroy(),
  }
}

interface Entering {
  readonly admitted: Admitted
  /** What came with the handshake. */
  readonly head: Buffer
}
