import { catalogue, type ErrorCode, isErrorCode } from '@headcount/errors'
import type { Exchange, Outcome, Step } from '../exchange.ts'
import { writeParts } from '../transports/write-parts.ts'
import { atTurnEnd } from '../turn-end.ts'

/**
 * Refusals of a request that was well-formed as HTTP. With the older media type they are 200, by the GraphQL-over-HTTP
 * draft: clients of that type take anything else for a fault of the network.
 */
const wellFormed = new Set<ErrorCode>([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'OPERATION_RESOLUTION_FAILURE',
  'DOCUMENT_NOT_TRUSTED',
])

/** The code that decides about the whole answer: an operation that has begun has none. */
export function codeOfOutcome(outcome: Outcome | undefined): string | undefined {
  if (!outcome || outcome.data !== undefined) return undefined
  const code = outcome.errors?.[0]?.extensions?.code
  return outcome.status !== undefined || isErrorCode(code) ? String(code) : 'INTERNAL_SERVER_ERROR'
}

function statusOf({ outcome, media }: Exchange): number {
  if (outcome?.status !== undefined) return outcome.status
  const code = codeOfOutcome(outcome)
  if (!isErrorCode(code) || (media === 'application/json' && wellFormed.has(code))) return 200
  return catalogue[code].httpStatus
}

/** The answer's text. */
export function textOfOutcome(outcome: Outcome | undefined): string {
  if (outcome?.text !== undefined) return outcome.text
  const { data, errors, extensions } = outcome ?? {}
  const hasErrors = errors !== undefined && errors.length > 0
  if (data === undefined) return `{"errors":${JSON.stringify(errors ?? [])}}`
  const ending = extensions === undefined ? '}' : `,"extensions":${JSON.stringify(extensions)}}`
  const text = `"data":${JSON.stringify(data)}${ending}`
  return hasErrors ? `{"errors":${JSON.stringify(errors)},${text}` : `{${text}`
}

const mediaHeaders = {
  'application/json': 'application/json; charset=utf-8',
  'application/graphql-response+json': 'application/graphql-response+json; charset=utf-8',
} as const

/** Whether somebody still waits for an answer. */
export function isAwaited({ isAnswered, response }: Exchange): boolean {
  return !isAnswered && !response.headersSent && !response.destroyed
}

/** Writes the answer, head and body at once. */
export const respond: Step = (exchange, parts) => {
  if (!isAwaited(exchange)) return
  if (exchange.later) return writeParts(exchange, exchange.later, parts)
  const { response, headers, encoded } = exchange
  const body = encoded ?? textOfOutcome(exchange.outcome)
  const media = exchange.media === 'application/json' ? exchange.media : 'application/graphql-response+json'
  const length = Buffer.byteLength(body)
  exchange.bytes = length
  headers['content-type'] = mediaHeaders[media]
  headers['content-length'] = String(length)
  headers['cache-control'] = 'no-store'
  response.writeHead(statusOf(exchange), headers)
  // Text that is ASCII is copied to the socket and not encoded.
  const encoding = length === body.length ? 'latin1' : 'utf8'
  atTurnEnd(() => {
    if (response.destroyed) return
    if (typeof body === 'string') response.end(body, encoding)
    else response.end(body)
  })
}
