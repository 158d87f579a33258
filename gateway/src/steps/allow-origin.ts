import type { Step } from '../exchange.ts'

const allowedHeaders = [
  'content-type',
  'authorization',
  'accept',
  'x-request-id',
  'traceparent',
  'last-event-id',
  'apollo-require-preflight',
  'x-apollo-operation-name',
  'apollographql-client-name',
  'apollographql-client-version',
  'x-graphql-event-stream-token',
].join(', ')

/** CORS: origins on the list may read answers, nobody else; an origin is never echoed because it came. */
export const allowOrigin: Step = (exchange, { corsOrigins }) => {
  const { request, response, headers } = exchange
  const { origin } = request.headers
  if (corsOrigins.size > 0) headers.vary = 'origin'
  if (origin !== undefined && corsOrigins.has(origin)) {
    headers['access-control-allow-origin'] = origin
    headers['access-control-expose-headers'] = 'x-request-id, retry-after'
  }
  if (request.method !== 'OPTIONS') return
  if (headers['access-control-allow-origin']) {
    headers['access-control-allow-methods'] = 'GET, POST, PUT, DELETE'
    headers['access-control-allow-headers'] = allowedHeaders
    headers['access-control-max-age'] = '600'
  }
  response
    .writeHead(204, { ...headers, allow: 'GET, POST, PUT, DELETE, OPTIONS', 'content-length': '0' })
    .end()
  exchange.isAnswered = true
}
