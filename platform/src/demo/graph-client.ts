import { setTimeout as sleep } from 'node:timers/promises'
import { Pool } from 'undici'
import { demoClient, demoDocuments, operationNamed } from './operations.ts'

/** Asks the platform's graph as any app does, over HTTP. */
export interface GraphClient {
  /**
   * Answers the `data` of an operation. What passes (no connection, 5xx, a full queue) is tried again with growing,
   * random pauses until `signal` aborts, each time with a token that is good then; so operations must be idempotent.
   * @throws GraphRefused when the answer carries errors that will not pass
   */
  ask<Data>(operation: Operation, signal: AbortSignal): Promise<Data>
  /** Publishes the demo's operations: a platform may run trusted documents alone. Rejects where the registry refuses. */
  publish(registryToken: string, signal: AbortSignal): Promise<void>
  close(): Promise<void>
}

/** One operation. */
export interface Operation {
  /** Its name in `operations.graphql`. */
  readonly name: string
  readonly variables?: Readonly<Record<string, unknown>>
  /** In whose name; left out = in nobody's. */
  readonly by?: TokenSource | undefined
}

/** Gives access tokens. */
export interface TokenSource {
  /** One that is good for a while. */
  accessToken(signal: AbortSignal): Promise<string>
  /** The platform did not take this one: it is not given again. */
  refuse(accessToken: string): void
}

/** The graph answered with an error that will not pass by itself. */
class GraphRefused extends Error {
  /** The code of the first error. */
  readonly code: string

  constructor(message: string, code: string) {
    super(message)
    this.name = 'GraphRefused'
    this.code = code
  }
}

interface GraphAnswer {
  readonly data?: unknown
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[]
}

const passing = new Set([
  // They were published a moment ago.
  'DOCUMENT_NOT_TRUSTED',
  'SUBGRAPH_UNAVAILABLE',
  'OVERLOADED',
  'NOT_READY',
  'DEADLINE_EXCEEDED',
  'INTERNAL_SERVER_ERROR',
])
const TIMEOUT_MS = 10_000
const FIRST_PAUSE_MS = 50
const LONGEST_PAUSE_MS = 2000

const CONNECTIONS = 64

/** Makes a client of the platform at `url`, which trusts the authority where one is given. */
export function createGraphClient(url: string, authority?: string): GraphClient {
  const pool = new Pool(url, {
    connections: CONNECTIONS,
    headersTimeout: TIMEOUT_MS,
    bodyTimeout: TIMEOUT_MS,
    ...(authority !== undefined && { connect: { ca: authority } }),
  })
  return {
    async ask<Data>(operation: Operation, signal: AbortSignal) {
      for (let attempt = 0; ; attempt++) {
        signal.throwIfAborted()
        const accessToken = await operation.by?.accessToken(signal)
        const answer = await send(pool, { ...operation, accessToken }, signal)
        if (answer && !answer.errors) return answer.data as Data
        const [error] = answer?.errors ?? []
        const code = error?.extensions?.code ?? ''
        // Ended on its way. The source says so where there is no other.
        if (code === 'UNAUTHENTICATED' && accessToken !== undefined) operation.by?.refuse(accessToken)
        else if (error && !passing.has(code)) throw new GraphRefused(error.message, code)
        const pauseMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt)
        await sleep(pauseMs * (0.5 + Math.random()), undefined, { signal })
      }
    },
    async publish(registryToken, signal) {
      const { statusCode, body } = await pool.request({
        method: 'POST',
        path: '/registry/documents',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${registryToken}` },
        body: JSON.stringify({ client: demoClient, documents: demoDocuments() }),
        signal,
      })
      const answer = await body.text()
      if (statusCode !== 200)
        throw new Error(`The registry answered HTTP ${statusCode}: ${answer.slice(0, 500)}`)
    },
    close: () => pool.destroy(),
  }
}

/** The answer, or undefined where none came. */
async function send(
  pool: Pool,
  { name, variables, accessToken }: Operation & { readonly accessToken: string | undefined },
  signal: AbortSignal,
): Promise<GraphAnswer | undefined> {
  try {
    const { body } = await pool.request({
      method: 'POST',
      path: '/graphql',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        'apollographql-client-name': demoClient,
        ...(accessToken !== undefined && { authorization: `Bearer ${accessToken}` }),
      },
      body: JSON.stringify({ query: operationNamed(name), variables }),
      signal,
    })
    return (await body.json()) as GraphAnswer
  } catch (error) {
    if (signal.aborted) throw error
    return undefined
  }
}
