import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Gateway } from '@headcount/gateway'
import { answerLive, answerMetrics, answerReady, type Route, sendJson } from '@headcount/service'
import type { Logger } from 'pino'
import { dashboardRoute } from './dashboard.ts'
import { mergeMetrics } from './merge-metrics.ts'

/** What stands behind the public addresses. */
export interface Behind {
  readonly gateway: Gateway
  /** What is not ready, a sentence each. */
  readonly notReady: () => Promise<readonly string[]>
  /** Prometheus texts of everything behind the gateway. */
  readonly metrics: () => Promise<readonly string[]>
  readonly log: Logger
}

/** A server that listens. */
export interface PublicServer {
  /** Its TCP port. */
  readonly port: number
  /** Takes no more connections and ends those that idle. */
  stopListening(): void
  /** Ends every connection. */
  close(): void
}

/** Answers everything that the platform answers to the outside, at one port. Rejects when it cannot listen there. */
export async function listen(
  behind: Behind,
  { host, port }: { host: string; port: number },
): Promise<PublicServer> {
  const routes = publicRoutes(behind)
  const page = dashboardRoute()
  const server = createServer({ keepAliveTimeout: 65_000 }, (req, res) => {
    const path = (req.url ?? '/').split('?', 1)[0] ?? '/'
    const route = Object.hasOwn(routes, path) ? routes[path] : page
    void answer(route ?? page, { req, res, log: behind.log })
  })
  server.on('upgrade', (req, socket, head) => behind.gateway.upgrade(req, socket, head))
  await bind(server, { host, port })
  return {
    port: (server.address() as AddressInfo).port,
    stopListening() {
      server.close()
      server.closeIdleConnections()
    },
    close: () => server.closeAllConnections(),
  }
}

function publicRoutes({ gateway, notReady, metrics }: Behind): Record<string, Route> {
  return {
    '/graphql': (req, res) => gateway.handle(req, res),
    '/health/live': answerLive,
    '/health/ready': answerReady(async () => [...gateway.problems(), ...(await notReady())]),
    '/metrics': answerMetrics(async () => mergeMetrics([await gateway.metrics(), ...(await metrics())])),
    '/.well-known/jwks.json': async (_req, res) => sendJson(res, 200, await gateway.keys()),
  }
}

interface Exchange {
  readonly req: IncomingMessage
  readonly res: ServerResponse
  readonly log: Logger
}

async function answer(route: Route, { req, res, log }: Exchange): Promise<void> {
  try {
    await route(req, res)
  } catch (error) {
    log.error({ err: error, path: req.url }, 'a request failed')
    if (res.headersSent) res.destroy()
    else sendJson(res, 500, { message: 'Something went wrong on our side.' })
  }
}

function bind(server: Server, { host, port }: { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === 'EADDRINUSE'
      const taken = `Port ${port} of ${host} is in use. Stop what runs there, or choose another: --port N.`
      reject(new Error(isTaken ? taken : `Cannot listen at ${host}:${port}: ${error.message}`))
    })
    server.listen(port, host, resolve)
  })
}
