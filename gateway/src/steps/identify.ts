import { randomBytes, randomUUID } from 'node:crypto'
import type { Step } from '../exchange.ts'

const goodId = /^[\w.:-]{1,64}$/
const goodTrace = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/

/** The caller's id when it is one that a log can take, or a new one. */
export function requestIdOf(header: string | string[] | undefined): string {
  return typeof header === 'string' && goodId.test(header) ? header : randomUUID()
}

/** The caller's trace (https://www.w3.org/TR/trace-context), or the beginning of a new one. */
export function traceparentOf(header: string | string[] | undefined): string {
  if (typeof header === 'string' && goodTrace.test(header)) return header
  const id = randomBytes(24).toString('hex')
  return `00-${id.slice(0, 32)}-${id.slice(32)}-00`
}

/** Names the request. */
export const identify: Step = (exchange) => {
  exchange.requestId = requestIdOf(exchange.request.headers['x-request-id'])
  exchange.traceparent = traceparentOf(exchange.request.headers.traceparent)
  exchange.headers['x-request-id'] = exchange.requestId
}
