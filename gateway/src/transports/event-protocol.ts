import type { ExecutionResult } from 'graphql'
import { createHandler, type Handler, type Request } from 'graphql-sse'
import type { Exchange, Parts } from '../exchange.ts'
import type { LiveResult } from '../live/live-result.ts'
import { openEvents } from './event-operations.ts'
import type { Reservation } from './reservations.ts'
import type { StreamGate } from './stream-gate.ts'

/** What a request of the protocol carries through graphql-sse. */
export interface Carried {
  readonly exchange: Exchange
  readonly parts: Parts
  /** Undefined = a connection of its own for one operation. */
  readonly reservation: Reservation | undefined
  readonly gate: StreamGate
}

/** A request as graphql-sse reads it. */
export type EventRequest = Request<Carried, undefined>

/** Whether the request opens a stream that was reserved, and asks for nothing itself. */
export function isOpening({ media, parameters }: Exchange): boolean {
  const { query, documentId, extensions } = parameters
  return media === 'text/event-stream' && (query ?? documentId ?? extensions?.persistedQuery) === undefined
}

/** Parameters were read and checked already, so graphql-sse always gets a JSON body and one media type. */
export function eventRequest(carried: Carried): EventRequest {
  const { exchange } = carried
  const { method = 'GET' } = exchange.request
  const { parameters } = exchange
  const isStream = exchange.media === 'text/event-stream'
  const headers: Record<string, string> = {
    accept: isStream ? 'text/event-stream' : method === 'PUT' ? 'text/plain' : 'application/json',
    'content-type': 'application/json',
  }
  return {
    method: method === 'GET' && !isOpening(exchange) ? 'POST' : method,
    url: exchange.url.href,
    headers: { get: (name) => headers[name] },
    body: { ...parameters, query: parameters.query ?? '' },
    raw: carried,
    context: undefined,
  }
}

/** graphql-sse, with our operations behind it. */
export function eventProtocol(): Handler<Carried, undefined> {
  return createHandler<Carried, undefined>({
    authenticate: ({ raw }) => raw.reservation?.token ?? null,
    async onSubscribe({ raw }) {
      const events = await openEvents(raw.exchange, raw.parts, raw.reservation)
      return events as AsyncGenerator<unknown> as AsyncGenerator<ExecutionResult>
    },
    async onNext(_context, { raw }, result) {
      const { payload, seq } = result as unknown as LiveResult
      // An id speaks of one operation; a stream of several has no place to go on from.
      await raw.gate.enter(raw.reservation ? undefined : seq)
      return payload as ExecutionResult
    },
  })
}
