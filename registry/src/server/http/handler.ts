import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { allows } from '@headcount/registry-api'
import type { Logger } from 'pino'
import { type Call, type Caller, type Endpoint, RegistryProblem, type Reply } from '../endpoint.ts'
import type { RegistryMetrics } from '../metrics.ts'
import { readBody } from './read-body.ts'
import { createRoutes, type FindRoute } from './routes.ts'
import { problemOf, problemReply, sendReply } from './send.ts'

/** Answers a request whose path begins with the base path. Never rejects. */
export type Handle = (req: IncomingMessage, res: ServerResponse, basePath: string) => Promise<void>

/** What a handler needs. */
export interface HandlerOptions {
  readonly endpoints: readonly Endpoint[]
  /** Says who asks. @throws RegistryProblem UNAUTHENTICATED */
  readonly identify: (headers: IncomingHttpHeaders) => Promise<Caller>
  readonly metrics: RegistryMetrics
  readonly log: Logger
}

interface Asked {
  readonly endpoint: Endpoint
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
}

const defaultDeadlineMs = 30_000
/** Of the longest long poll. */
const longestWaitMs = 60_000
/** A call that took longer is looked at again: its token may have been revoked meanwhile. */
const longCallMs = 1_000

/** Makes the handler of the registry's HTTP API. */
export function createHandler(options: HandlerOptions): Handle {
  const find = createRoutes(options.endpoints)
  return async (req, res, basePath) => {
    const isHead = req.method === 'HEAD'
    const gone = new AbortController()
    res.once('close', () => gone.abort())
    const reply = await answer(options, { req, find, basePath, gone: gone.signal })
    if (res.destroyed || res.writableEnded) return
    // What is left of a body that nobody reads would be taken for the next request.
    if (!req.complete) res.shouldKeepAlive = false
    sendReply(res, reply, isHead)
  }
}

interface Exchange {
  readonly req: IncomingMessage
  readonly find: FindRoute
  readonly basePath: string
  readonly gone: AbortSignal
}

async function answer(options: HandlerOptions, exchange: Exchange): Promise<Reply> {
  try {
    const asked = route(exchange)
    const { deadlineMs = defaultDeadlineMs + longestWaitMs } = asked.endpoint
    return await within(deadlineMs, (signal) => call(options, exchange, { ...asked, signal }))
  } catch (error) {
    if (exchange.gone.aborted) return {}
    const problem = problemOf(error)
    if (!problem) options.log.error({ err: error, path: exchange.req.url }, 'a call of the registry failed')
    const told = problem ?? new RegistryProblem('INTERNAL_ERROR', 'Something went wrong on our side.')
    options.metrics.refused(told.code)
    return withAllow(problemReply(told), error)
  }
}

/** The method is not one of those that the path knows. */
class WrongMethod extends RegistryProblem {
  readonly allowed: string

  constructor(method: string | undefined, allowed: string) {
    super('METHOD_NOT_ALLOWED', `${method} is not known here; it takes ${allowed}.`)
    this.allowed = allowed
  }
}

function withAllow(reply: Reply, error: unknown): Reply {
  return error instanceof WrongMethod
    ? { ...reply, headers: { ...reply.headers, allow: error.allowed } }
    : reply
}

function route({ req, find, basePath }: Exchange): Asked {
  const [whole = '/', search = ''] = (req.url ?? '/').split(/\?(.*)/s, 2)
  const path = whole.startsWith(`${basePath}/`) ? whole.slice(basePath.length) : undefined
  const found = path === undefined ? undefined : find(path)
  if (!found) {
    throw new RegistryProblem(
      'NOT_FOUND',
      'There is nothing at this address of the registry; docs/operations/registry.md lists what there is.',
    )
  }
  const method = req.method === 'HEAD' ? 'GET' : (req.method ?? '')
  const endpoint = found.endpoints.get(method)
  if (endpoint) return { endpoint, params: found.params, query: new URLSearchParams(search) }
  const known = [...found.endpoints.keys()]
  throw new WrongMethod(req.method, (known.includes('GET') ? ['HEAD', ...known] : known).join(', '))
}

type Timed = Asked & { readonly signal: AbortSignal }

async function call(options: HandlerOptions, { req, gone }: Exchange, asked: Timed): Promise<Reply> {
  const { endpoint, params, query, signal } = asked
  const { headers } = req
  const start = performance.now()
  const caller = await permitted(options, headers, endpoint)
  const takesBody = endpoint.method === 'POST' || endpoint.method === 'PUT'
  const body = takesBody ? await readBody(req) : undefined
  const asks: Call = { caller, params, query, headers, body, signal: AbortSignal.any([signal, gone]) }
  const reply = await endpoint.handle(asks)
  const isLong = endpoint.method === 'GET' && performance.now() - start > longCallMs
  if (isLong && (reply.status ?? 200) === 200) await permitted(options, headers, endpoint)
  return reply
}

async function permitted(
  { identify }: HandlerOptions,
  headers: IncomingHttpHeaders,
  { scope }: Endpoint,
): Promise<Caller> {
  const caller = await identify(headers)
  if (allows(caller.scopes, scope)) return caller
  throw new RegistryProblem(
    'FORBIDDEN',
    `This takes the scope ${scope}; ${JSON.stringify(caller.name)} has ${caller.scopes.join(', ') || 'none'}.`,
  )
}

async function within<T>(deadlineMs: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const deadline = new AbortController()
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    late.reject(tooLate(deadlineMs))
    deadline.abort()
  }, deadlineMs)
  try {
    return await Promise.race([work(deadline.signal), late.promise])
  } finally {
    clearTimeout(timer)
  }
}

function tooLate(deadlineMs: number): RegistryProblem {
  return new RegistryProblem(
    'UNAVAILABLE',
    `It was not done within ${deadlineMs / 1000} s, and may still be done. Asking again does no harm.`,
  )
}
