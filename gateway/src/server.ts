import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, Server as NetServer, type Socket } from 'node:net'
import type { Gateway } from './gateway.ts'
import type { Serving, Whole } from './workers/worker.ts'

/** Where a gateway that runs alone is reached. */
export interface ServerOptions {
  /** Path of GraphQL; default /graphql. */
  readonly path?: string | undefined
  /**
   * How long an idle connection is kept, in milliseconds; default 65,000. Above what clients and load balancers keep
   * theirs for, so that this end is never the first to close.
   */
  readonly keepAliveTimeoutMs?: number | undefined
  /** Answers /metrics and /health/ready for several processes; default this one. */
  readonly whole?: Whole | undefined
}

interface Reply {
  readonly status: number
  readonly type?: string
  readonly text: string
}

function json(status: number, body: unknown): Reply {
  return { status, text: JSON.stringify(body) }
}

function ready(notReady: readonly string[]): Reply {
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

const metricsType = 'text/plain; version=0.0.4; charset=utf-8'

async function numbers(of: { metrics(): Promise<string> }): Promise<Reply> {
  try {
    return { status: 200, type: metricsType, text: await of.metrics() }
  } catch (error) {
    return json(503, { message: error instanceof Error ? error.message : String(error) })
  }
}

async function replyTo(path: string, gateway: Gateway, whole: Whole | undefined): Promise<Reply> {
  switch (path) {
    case '/health/live':
      return json(200, { status: 'live' })
    case '/health/ready':
      return ready(await (whole ?? gateway).problems())
    case '/metrics':
      return numbers(whole ?? gateway)
    case '/.well-known/jwks.json':
      return keys(gateway)
    default:
      return json(404, { message: 'There is nothing at this address.' })
  }
}

/** The HTTP server of a gateway that runs alone: GraphQL, health, metrics and keys. Not listening yet. */
export function gatewayServer(gateway: Gateway, options: ServerOptions = {}): Server {
  const { path = '/graphql', keepAliveTimeoutMs = 65_000, whole } = options
  const other = async (asked: string, response: ServerResponse) => {
    const { status, type = 'application/json; charset=utf-8', text } = await replyTo(asked, gateway, whole)
    response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(text)
  }
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const { url = '/' } = request
    const end = url.indexOf('?')
    const asked = end === -1 ? url : url.slice(0, end)
    const done = asked === path ? gateway.handle(request, response) : other(asked, response)
    done.catch(() => response.destroy())
  }
  const server = createServer({ keepAliveTimeout: keepAliveTimeoutMs }, answer)
  return server.on('upgrade', gateway.upgrade)
}

/** Listens. Rejects, with what to do, when it cannot. */
function listen(
  server: Server,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === 'EADDRINUSE'
      const taken = `Port ${port} of ${host} is in use. Stop what runs there, or choose another: --port N.`
      reject(new Error(isTaken ? taken : `Cannot listen at ${host}:${port}: ${error.message}`))
    })
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port))
  })
}

/** Where a gateway listens, and how it ends. */
export interface ListenOptions extends ServerOptions {
  /** Address to listen at. */
  readonly host: string
  /** TCP port; 0 takes a free one. */
  readonly port: number
  /** How long requests under way may take when it stops, in milliseconds; then they are cut off. */
  readonly drainTimeoutMs: number
}

/** How often the connections that are left are looked at, in milliseconds. */
const lookEveryMs = 20

/** The connections of a server, upgraded ones too, while they last. */
function connectionsOf(server: Server): ReadonlySet<Socket> {
  const open = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  })
  return open
}

/** Ends each connection once all is written that it was given, and all of them when it is late. */
async function endConnections(open: ReadonlySet<Socket>, until: number): Promise<void> {
  let isLate = false
  while (open.size > 0 && !isLate) {
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs))
    isLate = performance.now() >= until
    for (const socket of open) {
      if (isLate || socket.writableLength === 0) socket.destroy()
    }
  }
}

/** Serves a gateway at a port of its own. Rejects, with what to do and the gateway closed, when it cannot listen. */
export async function serveGateway(gateway: Gateway, options: ListenOptions): Promise<Serving> {
  const server = gatewayServer(gateway, options)
  const connections = connectionsOf(server)
  let port: number
  try {
    port = await listen(server, options)
  } catch (error) {
    await gateway.close()
    throw error
  }
  return {
    port,
    metrics: () => gateway.metrics(),
    problems: () => gateway.problems(),
    async stop() {
      const until = performance.now() + options.drainTimeoutMs
      // The port alone: `close` of node:http cuts off answers that are made and not all written yet.
      NetServer.prototype.close.call(server)
      await gateway.drain(options.drainTimeoutMs)
      await gateway.close()
      await endConnections(connections, until)
      server.close()
    },
  }
}
