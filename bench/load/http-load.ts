import type { Load } from './closed-loop.ts'

/** One of several requests. */
export interface MixedRequest {
  readonly body: string
  /** Beside those that each request has. */
  readonly headers: Readonly<Record<string, string>>
}

/** One run of load over HTTP: the same POST, or some by turns, again and again. */
export interface HttpLoadOptions {
  readonly url: string
  readonly body: string
  /** Sent by turns in place of `body`. */
  readonly mix?: readonly MixedRequest[] | undefined
  readonly connections: number
  readonly seconds: number
  /** What every answer must be, byte by byte; `wrk` cannot look. */
  readonly expected?: string
}

/** What the run gave. @throws Error when a request failed: errors have no rate */
export type HttpLoad = (options: HttpLoadOptions) => Promise<Load>

/** What makes the load. */
export interface LoadSource {
  /** For the result. */
  readonly name: string
  readonly run: HttpLoad
  /** Ends it, also in the middle of a run, which then rejects. */
  stop(): Promise<void>
}

/** The headers of each request. */
export const headers = { 'content-type': 'application/json', accept: 'application/json' } as const
