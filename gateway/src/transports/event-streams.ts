import { fail } from '@headcount/errors'
import type { ExecutionResult, FormattedExecutionResult } from 'graphql'
import { print } from 'graphql-sse'
import type { Exchange, Parts } from '../exchange.ts'
import { errorsOf } from '../run-operation.ts'
import { maskOutcome } from '../steps/mask.ts'
import { type Carried, eventProtocol, eventRequest, isOpening } from './event-protocol.ts'
import { type Reservation, Reservations } from './reservations.ts'
import { StreamGate } from './stream-gate.ts'
import { writeEvents } from './write-events.ts'

/** Ids that a client gives its operations; graphql-sse keeps them as names of a plain object. */
const goodOperationId = /^(?!__proto__$)[\w.:-]{1,64}$/

/** Event streams at /graphql (graphql-sse's protocol, both modes). */
export class EventStreams {
  private readonly reservations = new Reservations()
  private readonly handler = eventProtocol()
  private readonly open = new Set<() => void>()

  /** Answers a request of the protocol to its end. @throws GraphQLError before anything was written */
  async serve(exchange: Exchange, parts: Parts): Promise<void> {
    const reservation = this.reservationFor(exchange, parts)
    const gate = reservation?.gate ?? new StreamGate()
    const carried = { exchange, parts, reservation, gate }
    const [body, init] = await this.handler(eventRequest(carried))
    if (body !== null && typeof body !== 'string') return this.stream(body, carried)
    const headers = { ...exchange.headers, ...init.headers, 'cache-control': 'no-store' }
    exchange.response.writeHead(init.status, headers).end(body ?? undefined)
  }

  /** Ends all streams. */
  close(): void {
    for (const end of [...this.open]) end()
  }

  private reservationFor(exchange: Exchange, parts: Parts): Reservation | undefined {
    const { request, url } = exchange
    if (request.method === 'PUT') return this.reserve(exchange, parts)
    const header = request.headers['x-graphql-event-stream-token']
    const token = typeof header === 'string' ? header : url.searchParams.get('token')
    const reservation = this.reservations.find(token)
    if (token !== null || request.method === 'DELETE') checkSingle(exchange, reservation, parts)
    else if (isOpening(exchange)) throw fail('BAD_REQUEST', 'There is no "query": send a GraphQL document.')
    return reservation
  }

  private reserve(exchange: Exchange, parts: Parts): Reservation {
    if (this.reservations.size >= parts.limits.liveConnections) {
      throw fail('OVERLOADED', 'Too many event streams.')
    }
    const reservation = this.reservations.reserve(() => {
      this.forget({ exchange, parts, reservation, gate: reservation.gate }).catch((error: unknown) =>
        parts.log.error({ err: error }, 'an event stream that was not opened could not be ended'),
      )
    })
    return reservation
  }

  /** graphql-sse forgets a reserved stream only once it was opened and ended. */
  private async forget(carried: Carried & { readonly reservation: Reservation }): Promise<void> {
    const headers = { get: (name: string) => (name === 'accept' ? 'text/event-stream' : undefined) }
    const [body] = await this.handler({ ...eventRequest(carried), method: 'GET', headers })
    if (body && typeof body !== 'string') await body.return()
    this.reservations.end(carried.reservation)
  }

  private async stream(body: AsyncGenerator<string, void, undefined>, carried: Carried): Promise<void> {
    const { exchange, parts, reservation, gate } = carried
    const { traffic, metrics, limits } = parts
    if (traffic.liveConnections >= limits.liveConnections) {
      await body.return()
      throw fail('OVERLOADED', 'Too many live connections.')
    }
    const end = () => void body.return()
    this.open.add(end)
    traffic.liveConnections += 1
    metrics.connections.inc({ transport: 'events' })
    if (reservation) this.reservations.open(reservation)
    try {
      await writeEvents(exchange, body, gate)
    } catch (error) {
      endBroken(error, carried)
    } finally {
      this.open.delete(end)
      traffic.liveConnections -= 1
      metrics.connections.dec({ transport: 'events' })
      gate.close()
      if (reservation) this.reservations.end(reservation)
    }
  }
}

const complete = { event: 'complete', data: null } as const

/**
 * Ends a stream that broke, as by a result that no JSON text can hold: with the error as its last result. In a stream of
 * several operations nobody knows whose it was, so that one is cut off.
 */
function endBroken(error: unknown, { exchange, parts, reservation }: Carried): void {
  const { response } = exchange
  exchange.outcome = { errors: errorsOf(error) }
  maskOutcome(exchange, parts)
  if (reservation) return void response.destroy()
  const { errors } = exchange.outcome as FormattedExecutionResult
  response.end(`${print({ event: 'next', data: { errors } as ExecutionResult })}${print(complete)}`)
}

function checkSingle(exchange: Exchange, reservation: Reservation | undefined, parts: Parts): void {
  if (!reservation) throw fail('NOT_FOUND', 'There is no such event stream: reserve one by PUT.')
  if (exchange.request.method !== 'POST' || exchange.media === 'text/event-stream') return
  const id = exchange.parameters.extensions?.operationId
  if (typeof id !== 'string' || !goodOperationId.test(id)) {
    throw fail(
      'BAD_REQUEST',
      '"extensions.operationId" must be 1 to 64 letters, digits, dots, colons, hyphens or underscores.',
    )
  }
  const { operationsPerConnection } = parts.limits
  // A result that nobody has taken yet is under way too: an answer is kept for it.
  const { operations, gate } = reservation
  if (operations + gate.waitingResults >= operationsPerConnection) {
    throw fail('OVERLOADED', `An event stream takes ${operationsPerConnection} operations at once.`)
  }
}
