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

/** Writes the answer. */
export const respond: Step = (exchange) => {
  const { response, headers, outcome } = exchange
  if (exchange.isAnswered || response.headersSent || response.destroyed) return
  const { data, errors } = outcome ?? {}
  const body = JSON.stringify({
    ...(errors?.length ? { errors } : {}),
    ...(data === undefined ? {} : { data }),
  })
  const media = exchange.media === 'application/json' ? exchange.media : 'application/graphql-response+json'
  response
    .writeHead(statusOf(exchange), {
      ...headers,
      'content-type': `${media}; charset=utf-8`,
      'content-length': Buffer.byteLength(body),
      'cache-control': 'no-store',
    })
    .end(body)
}
