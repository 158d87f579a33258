import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** A way to the server of a URL that can fall silent: what is connected stays so, but nothing passes any more. */
export interface SilentServer {
  /** The URL of the same database by this way. */
  url: string
  /** Holds up all connections there are. New ones pass. */
  fallSilent(): void
  close(): void
}

/** Opens such a way on a free port. */
export async function openSilentServer(url: string): Promise<SilentServer> {
  const target = new URL(url)
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname)
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        client.destroy()
        upstream.destroy()
      })
    }
    client.pipe(upstream)
    upstream.pipe(client)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  const way = new URL(url)
  way.port = String(typeof address === 'object' && address ? address.port : 0)
  return {
    url: way.href,
    fallSilent() {
      for (const socket of sockets) socket.unpipe().pause()
    },
    close() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}
