import { connect } from 'node:net'
import { type Message, readMessages } from '../http/read-messages.ts'

/** An HTTP/1.1 connection with at most one request under way. */
export interface Connection {
  /** Sends a whole request; resolves with its answer. @throws Error when the connection ends before it came */
  send(request: Buffer | string): Promise<Message>
  close(): void
}

/** Opens a connection to the server of an address. A request that is text is sent as Latin-1. */
function openConnection(url: string): Promise<Connection> {
  const { hostname, port } = new URL(url)
  const socket = connect({ host: hostname, port: Number(port), noDelay: true })
  const read = readMessages()
  let waiting: { resolve: (answer: Message) => void; reject: (error: Error) => void } | undefined
  const fail = (error: Error) => waiting?.reject(error)
  socket.on('data', (chunk) => {
    for (const message of read(chunk)) waiting?.resolve(message)
  })
  socket.on('close', () => fail(new Error('The connection was closed.')))
  const connection: Connection = {
    send: (request) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject }
        if (typeof request === 'string') socket.write(request, 'latin1')
        else socket.write(request)
      }),
    close: () => socket.destroy(),
  }
  return new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(connection))
    socket.on('error', (error) => {
      reject(error)
      fail(error)
    })
  })
}

/** Opens so many connections at once; where one fails, all are closed. */
export async function openConnections(url: string, count: number): Promise<readonly Connection[]> {
  const opened = await Promise.allSettled(Array.from({ length: count }, () => openConnection(url)))
  const connections = opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  const failed = opened.find((one) => one.status === 'rejected')
  if (!failed) return connections
  for (const connection of connections) connection.close()
  throw failed.reason
}
