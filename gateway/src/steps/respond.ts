import { catalogue, type ErrorCode, isErrorCode } from '@headcount/errors'
import type { Exchange, Outcome, Step } from '../exchange.ts'

/**
 * Refusals of a request that was well-formed as HTTP. With the older media type they are 200, by the GraphQL-over-HTTP
 * draft: clients of that type take anything else for a fault of the network.
 */
const wellFormed = new Set<ErrorCode>([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'OPERATION_RESOLUTION_FAILURE',
])

/** The code that decides about the whole answer: an operation that has begun has none. */
export function codeOfOutcome(outcome: Outcome | undefined): ErrorCode | undefined {
  if (!outcome || outcome.data !== undefined) return undefined
  const code = outcome.errors?.[0]?.extensions?.code
  return isErrorCode(code) ? code : 'INTERNAL_SERVER_ERROR'
}

function statusOf(exchange: Exchange): number {
  const code = codeOfOutcome(exchange.outcome)
  if (code === undefined || (exchange.media === 'application/json' && wellFormed.has(code))) return 200
  return catalogue[code].httpStatus
}

/** The answer's text. */
export function textOfOutcome(outcome: Outcome | undefined): string {
  if (outcome?.text !== undefined) return outcome.text
  const { data, errors } = outcome ?? {}
  const hasErrors = errors !== undefined && errors.length > 0
  if (data === undefined) return `{"errors":${JSON.stringify(errors ?? [])}}`
  return hasErrors
    ? `{"errors":${JSON.stringify(errors)},"data":${JSON.stringify(data)}}`
    : `{"data":${JSON.stringify(data)}}`
}

const mediaHeaders = {
  'application/json': 'application/json; charset=utf-8',
  'application/graphql-response+json': 'application/graphql-response+json; charset=utf-8',
} as const

/** Writes the answer, head and body at once. */
export const respond: Step = (exchange) => {
  const { response, headers } = exchange
  if (exchange.isAnswered || response.headersSent || response.destroyed) return
  const body = textOfOutcome(exchange.outcome)
  const media = exchange.media === 'application/json' ? exchange.media : 'application/graphql-response+json'
  const length = Buffer.byteLength(body)
  headers['content-type'] = mediaHeaders[media]
  headers['content-length'] = String(length)
  headers['cache-control'] = 'no-store'
  // Text that is ASCII is copied to the socket and not encoded.
  response.writeHead(statusOf(exchange), headers).end(body, length === body.length ? 'latin1' : 'utf8')
}
