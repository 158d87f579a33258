import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Gateway } from './gateway.ts'

/** Above what clients and load balancers keep idle connections for, so that this end is never the first to close. */
const keepAliveTimeoutMs = 65_000

interface Reply {
  readonly status: number
  readonly type?: string
  readonly text: string
}

function json(status: number, body: unknown): Reply {
  return { status, text: JSON.stringify(body) }
}

function ready(gateway: Gateway): Reply {
  const notReady = gateway.problems()
  const isReady = notReady.length === 0
  return json(isReady ? 200 : 503, { status: isReady ? 'ready' : 'not ready', notReady })
}

async function keys(gateway: Gateway): Promise<Reply> {
  try {
    return json(200, await gateway.keys())
  } catch {
    return json(503, { message: 'The keys are not known yet.' })
  }
}

async function replyTo(path: string, gateway: Gateway): Promise<Reply> {
  switch (path) {
    case '/health/live':
      return json(200, { status: 'live' })
    case '/health/ready':
      return ready(gateway)
    case '/metrics':
      return { status: 200, type: 'text/plain; version=0.0.4; charset=utf-8', text: await gateway.metrics() }
    case '/.well-known/jwks.json':
      return keys(gateway)
    default:
      return json(404, { message: 'There is nothing at this address.' })
  }
}

async function serve(request: IncomingMessage, response: ServerResponse, gateway: Gateway): Promise<void> {
  const path = (request.url ?? '/').split('?', 1)[0] ?? '/'
  if (path === '/graphql') return gateway.handle(request, response)
  const { status, type = 'application/json; charset=utf-8', text } = await replyTo(path, gateway)
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(text)
}

/** The HTTP server of a gateway that runs alone: /graphql, health, metrics and keys. Not listening yet. */
export function gatewayServer(gateway: Gateway): Server {
  const server = createServer({ keepAliveTimeout: keepAliveTimeoutMs }, (request, response) => {
    serve(request, response, gateway).catch(() => response.destroy())
  })
  return server.on('upgrade', gateway.upgrade)
}
