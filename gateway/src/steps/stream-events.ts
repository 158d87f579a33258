import type { Exchange, Parts, Step } from '../exchange.ts'
import { streamTokenOf } from '../transports/events/stream-token.ts'

/** Whether the request speaks graphql-sse's protocol: streams are reserved by PUT, fed with a token, ended by DELETE. */
function isOfStream(exchange: Exchange): boolean {
  const { request, media } = exchange
  const { method } = request
  if (media === 'text/event-stream' || method === 'PUT' || method === 'DELETE') return true
  return streamTokenOf(exchange) !== undefined
}

function serveStream(exchange: Exchange, parts: Parts): Promise<void> {
  parts.deadlines.remove(exchange)
  if (exchange.isCounted) parts.traffic.inProgress -= 1
  exchange.isCounted = false
  return parts.eventStreams.serve(exchange, parts)
}

/** Hands event streams over to their transport; they are none of the requests in progress any more. */
export const streamEvents: Step = (exchange, parts) => {
  if (isOfStream(exchange)) return serveStream(exchange, parts)
}
