import type { Load } from './closed-loop.ts'

/** One run of load over HTTP: the same POST, again and again. */
export interface HttpLoadOptions {
  readonly url: string
  readonly body: string
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
