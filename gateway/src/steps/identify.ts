import { randomFillSync, randomUUID } from 'node:crypto'
import type { Step } from '../exchange.ts'

const goodId = /^[\w.:-]{1,64}$/
const goodTrace = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/

/** Bytes of a trace's and a span's id. */
const idBytes = 24
/** Random bytes are drawn for many requests at once: a call for each costs a microsecond. */
const pool = Buffer.alloc(idBytes * 512)
let used = pool.length

function randomIds(): string {
  if (used >= pool.length) {
    randomFillSync(pool)
    used = 0
  }
  used += idBytes
  return pool.toString('hex', used - idBytes, used)
}

/** The caller's id when it is one that a log can take, or a new one. */
export function requestIdOf(header: string | string[] | undefined): string {
  return typeof header === 'string' && goodId.test(header) ? header : randomUUID()
}

/** The caller's trace (https://www.w3.org/TR/trace-context), or the beginning of a new one. */
export function traceparentOf(header: string | string[] | undefined): string {
  if (typeof header === 'string' && goodTrace.test(header)) return header
  const id = randomIds()
  return `00-${id.slice(0, 32)}-${id.slice(32)}-00`
}

/** Names the request. */
export const identify: Step = (exchange, { requestIdHeader }) => {
  const { clientHeaders } = exchange
  exchange.requestId = requestIdOf(clientHeaders[requestIdHeader])
  exchange.traceparent = traceparentOf(clientHeaders.traceparent)
  exchange.headers[requestIdHeader] = exchange.requestId
}
