import { expect } from 'vitest'
import type { Http1Call } from '../src/upstream/http1/call.ts'
import { headerLines } from '../src/upstream/http1/header-lines.ts'
import { Http1Error } from '../src/upstream/http1/http1-error.ts'
import { Http1Pool, type Http1PoolOptions } from '../src/upstream/http1/http1-pool.ts'
import type { Http1Response } from '../src/upstream/http1/response.ts'
import { type RawServer, type Respond, rawServer } from './raw-server.ts'

const cleanUp: (() => unknown)[] = []

/** Ends what a test has begun, the last first. */
export async function endAll(): Promise<void> {
  for (const step of cleanUp.splice(0).reverse()) await step()
}

/** Adds to what {@link endAll} does. */
export function atEnd(step: () => unknown): void {
  cleanUp.push(step)
}

export async function serve(respond: Respond, host?: string): Promise<RawServer> {
  const server = await rawServer(respond, host)
  cleanUp.push(() => server.close())
  return server
}

export function poolOf(url: string, options: Partial<Http1PoolOptions> = {}): Http1Pool {
  const pool = new Http1Pool({ url, connections: 10, ...options })
  cleanUp.push(() => pool.destroy(new Error('the test is over')))
  return pool
}

/** A call and what comes of it. */
export interface Sent {
  readonly call: Http1Call
  readonly answer: Promise<Http1Response>
}

export function start(pool: Http1Pool, body = '{}', headers: readonly string[] = []): Sent {
  const target = pool.prepare('/graphql', ['accept', 'application/json'])
  const { promise, resolve, reject } = Promise.withResolvers<Http1Response>()
  promise.catch(() => {})
  const call = pool.request({ target, headers: headerLines(headers), body }, (error, response) => {
    if (response) resolve(response)
    else reject(error)
  })
  return { call, answer: promise }
}

export const send = (pool: Http1Pool, body?: string) => start(pool, body).answer
/** The octets of an answer; more = lines of its head. */
export const ok = (body: string, more = '') =>
  `HTTP/1.1 200 OK\r\n${more}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
/** Answers a request with its own body. */
export const answerOk: Respond = (socket, { body }) => socket.write(ok(body))

/** Why a call got no answer. */
export async function failure(answer: Promise<unknown>): Promise<Http1Error> {
  const error = await answer.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(Http1Error)
  return error as Http1Error
}
