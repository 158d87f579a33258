import type { Server, ServerResponse } from 'node:http'
import { Server as NetServer, type Socket } from 'node:net'
import { Server as TlsServer } from 'node:tls'

/** The connections of a server that is to stop without cutting off an answer. */
export interface Connections {
  /** Takes no more connections. Those that are open go on, each until the end of its next answer. */
  closePort(): void
  /**
   * Ends each connection once its answers are made and written, at the pace at which its client reads, and whatever is
   * left after `limitMs` milliseconds. Resolves when none is left.
   */
  end(limitMs: number): Promise<void>
}

/** How often the connections that are left are looked at, in milliseconds. */
const lookEveryMs = 20

/** Answers that are not written to their end yet. */
function answersOf(server: Server, isStopping: () => boolean): ReadonlySet<ServerResponse> {
  const answers = new Set<ServerResponse>()
  // One function for all of them: this runs with every request.
  function forget(this: ServerResponse): void {
    answers.delete(this)
  }
  // Before whoever answers, since an answer may be written at once.
  server.prependListener('request', (_request, response) => {
    answers.add(response)
    response.on('close', forget)
    if (isStopping()) response.shouldKeepAlive = false
  })
  return answers
}

/** The sockets that one event of a server tells of, while they last. */
function socketsOf(server: Server, event: 'connection' | 'secureConnection'): ReadonlySet<Socket> {
  const sockets = new Set<Socket>()
  server.on(event, (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  return sockets
}

/**
 * Watches the connections of an HTTP or HTTPS server, upgraded ones too. To be called before the server listens; of
 * `close`, `closeIdleConnections` and `closeAllConnections` it needs none: they destroy answers that are made and not yet
 * written.
 */
export function watchConnections(server: Server): Connections {
  let isStopping = false
  const answers = answersOf(server, () => isStopping)
  const sockets = socketsOf(server, 'connection')
  // Bytes wait in the socket that HTTP writes to. With TLS that is another one, above the connection's own.
  const talking = server instanceof TlsServer ? socketsOf(server, 'secureConnection') : sockets
  return {
    closePort() {
      isStopping = true
      for (const answer of answers) answer.shouldKeepAlive = false
      NetServer.prototype.close.call(server)
    },
    async end(limitMs) {
      const until = performance.now() + limitMs
      while (talking.size > 0 && performance.now() < until) {
        const busy = new Set([...answers].map(({ req }) => req.socket))
        for (const socket of talking) {
          if (!busy.has(socket) && socket.writableLength === 0) socket.destroy()
        }
        await new Promise((resolve) => setTimeout(resolve, lookEveryMs))
      }
      // Those that are late, and those that have not even shaken hands.
      for (const socket of [...talking, ...sockets]) socket.destroy()
      server.close()
    },
  }
}
