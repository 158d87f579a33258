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

/** The sockets that one event of a server tells of, while they last, each with room for what is known of it. */
function socketsOf<T>(
  server: Server,
  event: 'connection' | 'secureConnection',
  room: () => T,
): ReadonlyMap<Socket, T> {
  const sockets = new Map<Socket, T>()
  server.on(event, (socket: Socket) => {
    sockets.set(socket, room())
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
  const sockets = socketsOf(server, 'connection', () => undefined)
  // Answers that are not written to their end yet; several where a client sends ahead. They are kept with their sockets,
  // not in a Set of all: that would keep requests alive long after their time (docs/decisions/young-objects.md).
  //
  // Bytes wait in the socket that HTTP writes to. With TLS that is another one, above the connection's own.
  const talking = socketsOf(
    server,
    server instanceof TlsServer ? 'secureConnection' : 'connection',
    (): ServerResponse[] => [],
  )
  // One function for all of them: this runs with every request.
  function forget(this: ServerResponse): void {
    const answers = talking.get(this.req.socket)
    answers?.splice(answers.indexOf(this), 1)
  }
  // Before whoever answers, since an answer may be written at once.
  server.prependListener('request', ({ socket }, response) => {
    talking.get(socket)?.push(response)
    response.on('close', forget)
    if (isStopping) response.shouldKeepAlive = false
  })
  return {
    closePort() {
      isStopping = true
      for (const answers of talking.values()) for (const answer of answers) answer.shouldKeepAlive = false
      NetServer.prototype.close.call(server)
    },
    async end(limitMs) {
      const until = performance.now() + limitMs
      while (talking.size > 0 && performance.now() < until) {
        for (const [socket, answers] of talking) {
          if (answers.length === 0 && socket.writableLength === 0) socket.destroy()
        }
        await new Promise((resolve) => setTimeout(resolve, lookEveryMs))
      }
      // Those that are late, and those that have not even shaken hands.
      for (const socket of [...talking.keys(), ...sockets.keys()]) socket.destroy()
      server.close()
    },
  }
}
