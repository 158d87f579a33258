import { createServer, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Gateway } from '@headcount/gateway'
import { type Connections, type Route, watchConnections } from '@headcount/service'
import type { Tls } from './tls.ts'

/** What answers at a port. */
export interface Behind {
  /** Answers HTTP requests; never rejects. */
  readonly answer: Route
  /** Answers WebSockets. */
  readonly gateway: Pick<Gateway, 'upgrade'>
}

/** A server that listens. */
export interface PublicServer extends Connections {
  /** Its TCP port. */
  readonly port: number
}

/** Where to listen. */
export interface Address {
  readonly host: string
  /** 0 takes a free one. */
  readonly port: number
  /** Speaks TLS where given. */
  readonly tls?: Tls | undefined
}

// Above what load balancers in front keep idle connections for, so that it is never this side that closes first.
const KEEP_ALIVE_MS = 65_000

/** Listens at one port. Rejects, with what to do, when it cannot. */
export async function listen(
  { answer, gateway }: Behind,
  { tls, ...address }: Address,
): Promise<PublicServer> {
  const options = { keepAliveTimeout: KEEP_ALIVE_MS }
  const server = tls ? createTlsServer({ ...options, cert: tls.cert, key: tls.key }) : createServer(options)
  server.on('request', (req, res) => void answer(req, res))
  server.on('upgrade', (req, socket, head) => gateway.upgrade(req, socket, head))
  const connections = watchConnections(server)
  await bind(server, address)
  return { port: (server.address() as AddressInfo).port, ...connections }
}

/** Why one cannot listen at an address now, if so: a sentence. */
export async function tryAddress(address: Pick<Address, 'host' | 'port'>): Promise<string[]> {
  const server = createServer()
  try {
    await bind(server, address)
    await new Promise((resolve) => server.close(resolve))
    return []
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  }
}

function bind(server: Server, { host, port }: Address): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === 'EADDRINUSE'
      const taken = `Port ${port} of ${host} is in use. Stop what runs there, or choose another: --port N.`
      reject(new Error(isTaken ? taken : `Cannot listen at ${host}:${port}: ${error.message}`))
    })
    server.listen(port, host, resolve)
  })
}
