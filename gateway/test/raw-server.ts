import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'

/** A request as its octets came. */
export interface RawRequest {
  readonly head: string
  readonly body: string
  /** The number of its connection, from 0. */
  readonly connection: number
}

/** What the server does with each request, given whole. */
export type Respond = (socket: Socket, request: RawRequest) => void

/** A server that knows no HTTP but where a request ends: what it answers is up to the test, octet by octet. */
export interface RawServer {
  readonly url: string
  readonly port: number
  readonly requests: readonly RawRequest[]
  /** All connections that were ever made, the closed ones too. */
  readonly sockets: readonly Socket[]
  close(): Promise<void>
}

export async function rawServer(respond: Respond, host = '127.0.0.1'): Promise<RawServer> {
  const requests: RawRequest[] = []
  const sockets: Socket[] = []
  const server = createServer((socket) => {
    const connection = sockets.push(socket) - 1
    let bytes = Buffer.alloc(0)
    socket.setNoDelay(true)
    socket.on('error', () => socket.destroy())
    socket.on('data', (piece) => {
      bytes = Buffer.concat([bytes, piece])
      const headEnd = bytes.indexOf('\r\n\r\n') + 4
      const head = bytes.toString('latin1', 0, headEnd)
      const bodyEnd = headEnd + Number(/content-length: (\d+)/.exec(head)?.[1])
      if (headEnd < 4 || bytes.length < bodyEnd) return
      const request = { head, body: bytes.toString('utf8', headEnd, bodyEnd), connection }
      bytes = bytes.subarray(bodyEnd)
      requests.push(request)
      respond(socket, request)
    })
  })
  server.listen(0, host)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    port,
    requests,
    sockets,
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
