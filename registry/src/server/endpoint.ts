import type { IncomingHttpHeaders } from 'node:http'
import type { RegistryProblemCode, RegistryScope } from '@headcount/registry-api'

/** Who asks: a token, a person with rights of their own, or a part of the platform. */
export interface Caller {
  /** For the audit log. */
  readonly name: string
  readonly scopes: readonly string[]
}

/** One call of an endpoint. */
export interface Call {
  readonly caller: Caller
  /** The parts of the path that the endpoint's path names by `:name`, decoded. */
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  /** The JSON body of a POST or PUT; undefined where there is none. */
  readonly body: unknown
  /** Aborted when the caller has gone. */
  readonly signal: AbortSignal
}

/** What an endpoint answers: a JSON value, or a text with its type. */
export interface Reply {
  /** Default 200. */
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly json?: unknown
  readonly text?: string
  /** Of `text`; default text/plain. */
  readonly type?: string
}

/** One thing that the registry answers. */
export interface Endpoint {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Below the registry's base, for example `/versions/:number`. */
  readonly path: string
  readonly scope: RegistryScope
  /** Longest time for an answer, in milliseconds; default 30 s. A long poll has its own time on top. */
  readonly deadlineMs?: number
  handle(call: Call): Promise<Reply>
}

/** Refuses a call; the message says what was wrong and what would be right. */
export class RegistryProblem extends Error {
  override readonly name = 'RegistryProblem'
  readonly code: RegistryProblemCode

  constructor(code: RegistryProblemCode, message: string) {
    super(message)
    this.code = code
  }
}
