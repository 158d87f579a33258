import type { Exchange, Parts, Step } from '../exchange.ts'

/**
 * All that the answer to a query depends on: what is asked, in the client's own bytes; who asks; what is forwarded; and
 * the form of the answer. Undefined where the address has a say as well, or the plan is asked for.
 */
function keyOf(exchange: Exchange, { flights, planViewers, trust, clients }: Parts): string | undefined {
  const { request, media, body, target, token, clientHeaders } = exchange
  if (media === 'text/event-stream' || clientHeaders['x-graphql-event-stream-token'] !== undefined) return
  if (planViewers && clientHeaders['x-headcount-plan'] !== undefined) return
  const isPost = request.method === 'POST'
  if (isPost && target.includes('?')) return
  const asked = isPost ? body : target
  const forwarded = flights?.forwardedOf(exchange) ?? ''
  // The same id may be another document of another client's, and what was trusted a moment ago may not be any more.
  const trusted = trust ? `${trust.documents.version}${JSON.stringify(clients.ofRun(exchange).name)}` : ''
  return `${isPost ? 'P' : 'G'}${media}\n${token ?? ''}\n${forwarded}\n${trusted}\n${asked}`
}

/**
 * Waits for the same query of the same viewer where one is under way. Only queries ever are (`share` sees to that), so
 * that a mutation finds no twin. A GET is compared once it has passed the guard.
 */
export const join: Step = (exchange, parts) => {
  const { flights, metrics } = parts
  exchange.flightKey = keyOf(exchange, parts)
  if (exchange.flightKey === undefined || exchange.request.method !== 'POST') return
  const flight = flights?.find(exchange.flightKey)
  if (!flight) return
  metrics.shared.add('joined')
  exchange.body = ''
  return flight.join(exchange)
}
