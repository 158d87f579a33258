import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { watchConnections } from './connections.ts'
import type { Route } from './service.ts'

/** A service's address that is served. */
export interface Listening {
  /** Its TCP port. */
  readonly port: number
  /** Takes no more connections, and ends those that are open once their answers are written, at most `limitMs` later. */
  stop(limitMs: number): Promise<void>
}

/** Above what the gateway keeps an idle connection for, so that it is never this end that closes first. */
const keepAliveTimeoutMs = 30_000

/** Answers at an address. Rejects when it cannot listen there. */
export async function listen(
  answer: Route,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<Listening> {
  const server = createServer({ keepAliveTimeout: keepAliveTimeoutMs }, (req, res) => void answer(req, res))
  const connections = watchConnections(server)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    stop(limitMs) {
      connections.closePort()
      return connections.end(limitMs)
    },
  }
}
