import { fail } from '@headcount/errors'
import type { Exchange, Parts } from '../../exchange.ts'
import { EventConnection, socketOf } from './event-connection.ts'
import { EventOperation } from './event-operation.ts'
import { OpenConnections } from './open-connections.ts'
import { Reservations } from './reservations.ts'
import type { ReservedStream } from './reserved-stream.ts'
import { type Begun, runInStream } from './run-in-stream.ts'
import { streamTokenOf } from './stream-token.ts'

/** Ids that a client gives its operations; clients keep them as names of plain objects. */
const goodOperationId = /^(?!__proto__$)[\w.:-]{1,64}$/

const noContent = 204

/**
 * Event streams at /graphql: GraphQL over Server-Sent Events in both modes
 * (https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md).
 */
export class EventStreams {
  private readonly reservations = new Reservations()
  private readonly connections = new OpenConnections()

  /**
   * Answers a request of the protocol. Resolves when it is answered, or its stream is under way: that holds nothing of the
   * request any more. @throws GraphQLError before anything was written
   */
  async serve(exchange: Exchange, parts: Parts): Promise<void> {
    const { request, media, batch } = exchange
    if (batch)
      throw fail('BAD_REQUEST', 'An event stream takes one operation a request, and no list of them.')
    const token = streamTokenOf(exchange)
    if (request.method === 'PUT') return this.reserve(exchange, parts)
    if (token === undefined && request.method !== 'DELETE') return this.serveOne(exchange, parts)
    const stream = this.reservations.find(token)
    if (!stream) throw fail('NOT_FOUND', 'There is no such event stream: reserve one by PUT.')
    if (request.method === 'DELETE') return complete(exchange, stream)
    return media === 'text/event-stream'
      ? this.open(exchange, stream, parts)
      : runOne(exchange, stream, parts)
  }

  get bufferedBytes(): number {
    return this.connections.bufferedBytes
  }

  /** Ends all streams, spread over `spreadMs`; their clients are told when to come back. */
  drain(spreadMs: number): void {
    this.connections.drain(spreadMs)
  }

  /** Ends all streams. */
  close(): void {
    this.connections.close()
    this.reservations.close()
  }

  private reserve(exchange: Exchange, { limits }: Parts): void {
    if (this.reservations.find(streamTokenOf(exchange)))
      conflict(exchange, 'This stream is reserved already.')
    else if (this.reservations.size < limits.liveConnections)
      answer(exchange, 201, this.reservations.reserve().token)
    else throw fail('OVERLOADED', 'Too many event streams.')
  }

  /** A connection for one operation. From its head on, whatever happens is told as events. */
  private async serveOne(exchange: Exchange, parts: Parts): Promise<void> {
    const connection = await this.connect(exchange, parts)
    if (!connection) return
    const operation = new EventOperation(connection, undefined)
    connection.begin(exchange, operation)
    const begun = await runInStream(operation, exchange, parts)
    tell(operation, begun)
    note(exchange, begun)
  }

  private async open(exchange: Exchange, stream: ReservedStream, parts: Parts): Promise<void> {
    if (stream.isOpen)
      return conflict(exchange, 'This stream is open already: one connection at a time reads it.')
    checkRoom(parts)
    stream.claim()
    const connection = await this.connect(exchange, parts)
    if (!connection) return stream.stop()
    connection.begin(exchange, stream)
    stream.open(connection)
  }

  /** Undefined = the client has gone. */
  private async connect(exchange: Exchange, parts: Parts): Promise<EventConnection | undefined> {
    checkRoom(parts)
    const socket = await socketOf(exchange)
    exchange.isAnswered = true
    if (!socket) return undefined
    const connection = new EventConnection(exchange.response, socket, (ended, reason) =>
      this.connections.remove(ended, reason, parts),
    )
    this.connections.add(connection, parts)
    return connection
  }
}

function checkRoom({ traffic, limits }: Parts): void {
  if (traffic.liveConnections >= limits.liveConnections)
    throw fail('OVERLOADED', 'Too many live connections.')
}

/** What came of a request, for those that count and log it. */
function note(exchange: Exchange, begun: Begun): void {
  if (begun.kind === 'refused') exchange.outcome = { errors: begun.errors, isMasked: true }
  if (begun.kind === 'result') exchange.outcome = { ...begun.result, isMasked: true }
}

function tell(operation: EventOperation, begun: Begun): void {
  if (begun.kind === 'refused') operation.end(begun.errors)
  if (begun.kind === 'result') {
    operation.answer(begun.json, begun.result.data === undefined ? 'error' : 'complete')
  }
}

function answer(exchange: Exchange, status: number, text = ''): void {
  const { response, headers } = exchange
  if (text !== '') headers['content-type'] = 'text/plain; charset=utf-8'
  // https://www.rfc-editor.org/rfc/rfc9110#section-8.6
  if (status !== noContent) headers['content-length'] = String(text.length)
  headers['cache-control'] = 'no-store'
  response.writeHead(status, headers).end(text)
  exchange.isAnswered = true
}

function conflict(exchange: Exchange, message: string): void {
  const errors = [{ message, extensions: { code: 'BAD_REQUEST' } }]
  exchange.outcome = { errors, status: 409, isMasked: true }
}

/** Ends one operation of a stream. One that is over already is ended as well. */
function complete(exchange: Exchange, stream: ReservedStream): void {
  const id = exchange.url.searchParams.get('operationId')
  if (!id)
    throw fail('BAD_REQUEST', 'There is no "operationId" in the address: it says which operation ends.')
  stream.complete(id)
  answer(exchange, 200)
}

function operationIdOf({ parameters }: Exchange): string {
  const id = parameters.extensions?.operationId
  if (typeof id === 'string' && goodOperationId.test(id)) return id
  throw fail(
    'BAD_REQUEST',
    '"extensions.operationId" must be 1 to 64 letters, digits, dots, colons, hyphens or underscores.',
  )
}

/**
 * An operation whose results go to a stream that was reserved. What is wrong with the request is answered to the request, as
 * of any over HTTP; what comes of the operation goes to the stream.
 */
async function runOne(exchange: Exchange, stream: ReservedStream, parts: Parts): Promise<void> {
  const id = operationIdOf(exchange)
  if (stream.has(id)) return conflict(exchange, `An operation "${id}" is under way in this stream.`)
  const { operationsPerConnection } = parts.limits
  if (stream.size >= operationsPerConnection) {
    throw fail('OVERLOADED', `An event stream takes ${operationsPerConnection} operations at once.`)
  }
  // Counted before anything is waited for, or many at once would all find room.
  const operation = stream.add(id)
  const begun = await runInStream(operation, exchange, parts)
  // The client has ended it meanwhile.
  if (operation.isStopped) return answer(exchange, noContent)
  if (begun.kind === 'refused') {
    stream.drop(operation)
    return note(exchange, begun)
  }
  tell(operation, begun)
  answer(exchange, 202)
}
