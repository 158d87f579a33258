import { randomBytes } from 'node:crypto'
import type { Step } from '../exchange.ts'

const goodId = /^[\w.:-]{1,64}$/
const goodTrace = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/

/** Hexadecimal digits of a trace's, a span's and a request's id. */
const traceDigits = 32
const spanDigits = 16
const requestDigits = 32
/** Random ids are drawn and written for many requests at once: to do it for each costs a microsecond. */
const drawnBytes = 32_768
let drawn = ''
let used = 0

function draw(digits: number): string {
  if (used + digits > drawn.length) {
    drawn = randomBytes(drawnBytes).toString('hex')
    used = 0
  }
  used += digits
  return drawn.slice(used - digits, used)
}

/** A new id of a request: 32 hexadecimal digits. */
export function newRequestId(): string {
  return draw(requestDigits)
}

/** The caller's id when it is one that a log can take, or a new one. */
export function requestIdOf(header: string | string[] | undefined): string {
  return typeof header === 'string' && goodId.test(header) ? header : newRequestId()
}

/** The caller's trace (https://www.w3.org/TR/trace-context), or the beginning of a new one. */
export function traceparentOf(header: string | string[] | undefined): string {
  return typeof header === 'string' && goodTrace.test(header)
    ? header
    : `00-${draw(traceDigits)}-${draw(spanDigits)}-00`
}

/** The same text without what it was cut from: ids are drawn many at once, and one would keep the others. */
export function alone(text: string): string {
  return Buffer.from(text, 'latin1').toString('latin1')
}

/** Names the request. */
export const identify: Step = (exchange, { requestIdHeader }) => {
  const { clientHeaders } = exchange
  exchange.requestId = requestIdOf(clientHeaders[requestIdHeader])
  exchange.traceparent = traceparentOf(clientHeaders.traceparent)
  exchange.headers[requestIdHeader] = exchange.requestId
}
