import type { Exchange } from '../../exchange.ts'

/**
 * The token of a reserved stream that a request speaks of, in a header or in the address. Hot path: an address without
 * parameters is not parsed.
 */
export function streamTokenOf(exchange: Exchange): string | undefined {
  const header = exchange.clientHeaders['x-graphql-event-stream-token']
  if (typeof header === 'string' && header !== '') return header
  if (!exchange.target.includes('token=')) return undefined
  return exchange.url.searchParams.get('token') ?? undefined
}

/** Whether the request opens a stream that was reserved: it asks for nothing itself. */
export function isOpening(exchange: Exchange): boolean {
  return exchange.media === 'text/event-stream' && streamTokenOf(exchange) !== undefined
}
