// Load without `wrk`: plain sockets, each with one request under way; a process of its own, so that its work is on nobody's
// account.
import { connect } from 'node:net'
import { readMessages } from '../http/read-messages.ts'
import { answerParent } from '../processes/answer-parent.ts'
import { closedLoop, type Load } from './closed-loop.ts'
import { type HttpLoadOptions, headers } from './http-load.ts'

interface Connection {
  /** Sends the request; resolves with its answer. @throws Error for another status than 200, or another answer than expected */
  send(): Promise<void>
  close(): void
}

function requestOf({ url, body }: HttpLoadOptions): Buffer {
  const { host, pathname } = new URL(url)
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  const head = `POST ${pathname} HTTP/1.1\r\nhost: ${host}\r\n${lines.join('')}content-length: ${Buffer.byteLength(body)}`
  return Buffer.from(`${head}\r\n\r\n${body}`)
}

function open(options: HttpLoadOptions, request: Buffer): Promise<Connection> {
  const { hostname, port } = new URL(options.url)
  const expected = options.expected === undefined ? undefined : Buffer.from(options.expected)
  const socket = connect({ host: hostname, port: Number(port), noDelay: true })
  const read = readMessages()
  let waiting: { resolve: () => void; reject: (error: Error) => void } | undefined
  const fail = (error: Error) => waiting?.reject(error)
  socket.on('data', (chunk) => {
    for (const { head, body } of read(chunk)) {
      const isExpected = expected === undefined || body.equals(expected)
      if (head.startsWith('HTTP/1.1 200') && isExpected) waiting?.resolve()
      else fail(new Error(`${head}\n\n${body}`))
    }
  })
  socket.on('close', () => fail(new Error('The connection was closed.')))
  const connection: Connection = {
    send: () =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject }
        socket.write(request)
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

async function run(options: HttpLoadOptions): Promise<Load> {
  const request = requestOf(options)
  const opening = Array.from({ length: options.connections }, () => open(options, request))
  const connections = await Promise.all(opening)
  try {
    return await closedLoop({
      inFlight: connections.length,
      seconds: options.seconds,
      send: (worker) => connections[worker]?.send() ?? Promise.reject(new Error('There is no such worker.')),
    })
  } finally {
    for (const connection of connections) connection.close()
  }
}

answerParent({ run })
