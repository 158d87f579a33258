import type { Exchange, Step } from '../exchange.ts'

/** Whether the request speaks graphql-sse's protocol: streams are reserved by PUT, fed by POST with a token, ended by DELETE. */
function isOfStream({ request, media, url }: Exchange): boolean {
  const { method, headers } = request
  if (media === 'text/event-stream' || method === 'PUT' || method === 'DELETE') return true
  return headers['x-graphql-event-stream-token'] !== undefined || url.searchParams.has('token')
}

/** Hands event streams over to their transport; they are none of the requests in progress any more. */
export const streamEvents: Step = async (exchange, parts) => {
  if (!isOfStream(exchange)) return
  clearTimeout(exchange.deadline)
  if (exchange.isCounted) parts.traffic.inProgress -= 1
  exchange.isCounted = false
  await parts.eventStreams.serve(exchange, parts)
  exchange.isAnswered = true
}
