import type { Cors, Step } from '../exchange.ts'
import type { CorsOptions } from '../options.ts'
import { allowedMethods } from './negotiate.ts'

const allowedHeaders = [
  'content-type',
  'authorization',
  'accept',
  'traceparent',
  'last-event-id',
  'apollo-require-preflight',
  'x-apollo-operation-name',
  'x-graphql-event-stream-token',
]

/** Prepares the headers that pages of other sites are answered with. */
export function corsOf(
  origins: readonly string[],
  options: CorsOptions & { readonly requestIdHeader: string; readonly clientHeaders: readonly string[] },
): Cors {
  const { allowsCredentials = false, headers = [], maxAgeSeconds = 600 } = options
  const { requestIdHeader, clientHeaders } = options
  const own = headers.map((name) => name.toLowerCase())
  const allowed = new Set([...allowedHeaders, ...clientHeaders, requestIdHeader, ...own])
  return {
    origins: new Set(origins),
    allowsCredentials,
    allowedHeaders: [...allowed].join(', '),
    exposedHeaders: `${requestIdHeader}, retry-after`,
    maxAgeSeconds: String(maxAgeSeconds),
  }
}

/** CORS: origins on the list may read answers, nobody else; an origin is never echoed because it came. */
export const allowOrigin: Step = (exchange, { cors }) => {
  const { request, response, headers } = exchange
  const { origin } = request.headers
  if (cors.origins.size > 0) headers.vary = 'origin'
  const isListed = origin !== undefined && cors.origins.has(origin)
  if (isListed) {
    headers['access-control-allow-origin'] = origin
    headers['access-control-expose-headers'] = cors.exposedHeaders
    if (cors.allowsCredentials) headers['access-control-allow-credentials'] = 'true'
  }
  if (request.method !== 'OPTIONS') return
  if (isListed) {
    headers['access-control-allow-methods'] = 'GET, POST, PUT, DELETE'
    headers['access-control-allow-headers'] = cors.allowedHeaders
    headers['access-control-max-age'] = cors.maxAgeSeconds
  }
  response.writeHead(204, { ...headers, allow: allowedMethods, 'content-length': '0' }).end()
  exchange.isAnswered = true
}
