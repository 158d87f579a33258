import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Viewer } from '@headcount/access'
import { defaultLimits } from '../src/limits.ts'
import type {
  Call,
  Dispatch,
  Fetch,
  FetchAnswer,
  FetchContext,
  SubgraphOperation,
} from '../src/upstream/dispatch.ts'
import { createSubgraphs, type Subgraphs, type SubgraphsOptions } from '../src/upstream/subgraphs.ts'
import { atEnd } from './http1-calls.ts'

/** A request that a subgraph of a test got. */
export interface Asked {
  readonly headers: IncomingMessage['headers']
  readonly body: { readonly query?: string; readonly documentId?: string; readonly variables: unknown }
}

/** Answers a request; the test's own part of a subgraph. */
export type Answer = (response: ServerResponse, asked: Asked, request: IncomingMessage) => unknown

/** A subgraph over HTTP, with all that it was asked. */
export interface GraphServer {
  readonly url: string
  readonly asked: Asked[]
}

/** Reads requests, and notes them down. */
export function listener(asked: Asked[], answer: Answer): RequestListener {
  return (request, response) => {
    let text = ''
    request.setEncoding('utf8').on('data', (piece) => {
      text += piece
    })
    request.on('end', () => {
      const one = {
        headers: request.headers,
        body: text === '' ? { variables: undefined } : JSON.parse(text),
      }
      asked.push(one)
      answer(response, one, request)
    })
  }
}

export async function graphServer(answer: Answer, port = 0): Promise<GraphServer> {
  const asked: Asked[] = []
  const server = createServer(listener(asked, answer))
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  atEnd(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`, asked }
}

/** Answers JSON. */
export const json = (value: unknown, status = 200): Answer => {
  return (response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
}

/** Answers a status and a text that is no GraphQL. */
export const plain = (status: number, text = 'no'): Answer => {
  return (response) => response.writeHead(status, { 'content-type': 'text/plain' }).end(text)
}

export const good = json({ data: { a: 1 } })

/** An address where nobody listens. */
export const deadUrl = 'http://127.0.0.1:9/graphql'

export function subgraphsOf(options: Partial<SubgraphsOptions> = {}): Subgraphs {
  const subgraphs = createSubgraphs({
    placements: {},
    viewerSecret: undefined,
    limits: defaultLimits,
    isDeduplicated: false,
    ...options,
  })
  atEnd(() => subgraphs.close())
  return subgraphs
}

/** The way to a subgraph called `one` at this address, and how it does. */
export function reach(url: string, options: Partial<SubgraphsOptions> = {}) {
  const subgraphs = subgraphsOf(options)
  const way = subgraphs.dispatcher('one', url)
  if (!way) throw new Error(`no way to ${url}`)
  const stats = () => subgraphs.stats()[0]
  return { way, stats, addresses: () => stats()?.addresses ?? [] }
}

/** The way alone. */
export const wayTo = (url: string, options?: Partial<SubgraphsOptions>): Dispatch => reach(url, options).way

/** Who asks in tests, and what the gateway signs that with. */
export const viewer: Viewer = { kind: 'user', id: 'u1', organizationId: 'o1', scopes: ['a:read'] }
export const viewerSecret = 'secret-of-a-test'.repeat(3)

export interface FetchParts {
  readonly document?: string
  readonly name?: string
  readonly kind?: 'query' | 'mutation'
  readonly variables?: Record<string, unknown>
  readonly context?: Partial<FetchContext>
}

const operations = new Map<string, SubgraphOperation>()

/** One object for each operation, as plans have it. */
function operationOf(operation: SubgraphOperation): SubgraphOperation {
  const key = JSON.stringify(operation)
  const known = operations.get(key) ?? operation
  operations.set(key, known)
  return known
}

export function fetchOf(parts: FetchParts = {}): Fetch {
  const { document = '{ a }', name, kind = 'query', variables = {}, context } = parts
  return {
    operation: operationOf({ subgraph: 'one', document, name, kind }),
    variables: { text: () => JSON.stringify(variables), object: () => variables },
    context: {
      viewer: undefined,
      requestId: 'r1',
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00',
      headers: {},
      extension: undefined,
      ...context,
    },
  }
}

/** A fetch under way; its end is counted, since there must be but one. */
export interface Sent {
  readonly call: Call
  readonly answer: Promise<FetchAnswer>
  ends(): number
}

export function start(way: Dispatch, fetch: Fetch = fetchOf()): Sent {
  const { promise, resolve, reject } = Promise.withResolvers<FetchAnswer>()
  promise.catch(() => {})
  let ends = 0
  const call = way(fetch, (error, answer) => {
    ends += 1
    if (answer) resolve(answer)
    else reject(error)
  })
  return { call, answer: promise, ends: () => ends }
}

export const ask = (way: Dispatch, parts?: FetchParts) => start(way, fetchOf(parts)).answer

/** What came of a fetch, in a word: its data as JSON, or what was at the bottom of its failure. */
export async function outcome(answer: Promise<FetchAnswer>): Promise<string> {
  try {
    const { data, errors } = await answer
    return JSON.stringify(errors ? { data, errors } : data)
  } catch (error) {
    let cause: unknown = error
    while (cause instanceof Error && cause.cause !== undefined) cause = cause.cause
    return cause instanceof Error ? cause.message : String(cause)
  }
}

/** Waits until it is so; a test's time is the limit. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await sleep(2)
}
