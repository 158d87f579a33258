import type { Exchange, Parts, Step } from '../exchange.ts'

/**
 * Whether the request speaks graphql-sse's protocol: streams are reserved by PUT, fed by POST with a token, ended by
 * DELETE. Hot path: an address without parameters is not parsed.
 */
function isOfStream(exchange: Exchange): boolean {
  const { request, media, target } = exchange
  const { method, headers } = request
  if (media === 'text/event-stream' || method === 'PUT' || method === 'DELETE') return true
  if (headers['x-graphql-event-stream-token'] !== undefined) return true
  return target.includes('token=') && exchange.url.searchParams.has('token')
}

async function serveStream(exchange: Exchange, parts: Parts): Promise<void> {
  parts.deadlines.remove(exchange)
  if (exchange.isCounted) parts.traffic.inProgress -= 1
  exchange.isCounted = false
  await parts.eventStreams.serve(exchange, parts)
  exchange.isAnswered = true
}

/** Hands event streams over to their transport; they are none of the requests in progress any more. */
export const streamEvents: Step = (exchange, parts) => {
  if (isOfStream(exchange)) return serveStream(exchange, parts)
}
