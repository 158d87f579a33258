import type { IncomingHttpHeaders } from 'node:http'
import { fail } from '@headcount/errors'
import type { ClientName } from '@headcount/registry-api'
import type { Parameters, Parts } from '../../exchange.ts'
import type { ExtensionContext } from '../../extension.ts'
import type { Session } from '../../live/session.ts'
import { isNestedDeeper } from '../../operations/nesting.ts'
import { tokenOf } from '../token-of.ts'
import { authenticate } from './authenticate.ts'
import { closeCodes } from './close-codes.ts'
import type { Connection, Speaker } from './connection.ts'
import { textFrame } from './frames.ts'
import { Operation, type OperationOwner } from './operation.ts'
import { BadMessage, type ClientMessage, readMessage } from './read-message.ts'
import type { ResultFrames } from './result-frames.ts'
import { type Caller, runOperation } from './run-operation.ts'

/** What all clients share. */
export interface Surroundings {
  readonly parts: Parts
  readonly frames: ResultFrames
  /** Told when a client's socket is closed. */
  onGone(code: number): void
}

/** What is kept of the request that opened a connection. */
export interface Opening {
  readonly requestId: string
  /** What is handed on to subgraphs. */
  readonly clientHeaders: IncomingHttpHeaders
  /** How the client names itself there; `connection_init` goes before it. */
  readonly client: ClientName
  /** The extension's room of that request. */
  readonly opened: ExtensionContext | undefined
  /** A token, from clients that can set headers. */
  readonly headerToken: string | undefined
}

const acknowledgement = textFrame('{"type":"connection_ack"}')
const emptyPong = textFrame('{"type":"pong"}')

type Payload = Readonly<Record<string, unknown>> | undefined

/** A client that speaks graphql-transport-ws (https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md). */
export class Client implements Speaker, OperationOwner {
  readonly connection: Connection
  private readonly surroundings: Surroundings
  private opening: Omit<Opening, 'headerToken'>
  private headerToken: string | undefined
  private isInitialised = false
  /** Set when the connection is acknowledged. */
  private session: Session | undefined = undefined
  private isOver = false
  /** Those under way, in the order in which the next one may send. Made with the first: many connections wait. */
  private operations: Map<string, Operation> | undefined = undefined

  constructor(connection: Connection, { headerToken, ...opening }: Opening, surroundings: Surroundings) {
    this.connection = connection
    this.opening = opening
    this.headerToken = headerToken
    this.surroundings = surroundings
  }

  get frames(): ResultFrames {
    return this.surroundings.frames
  }

  onText(text: string): void {
    const { nesting } = this.surroundings.parts.limits
    try {
      if (isNestedDeeper(text, nesting, 'json')) throw new BadMessage(`nested deeper than ${nesting}`)
      this.take(readMessage(text))
    } catch (error) {
      if (error instanceof BadMessage) this.refuse(closeCodes.badMessage, `Invalid message: ${error.message}`)
      else this.giveUp(error)
    }
  }

  onDrained(): void {
    // Who was told goes to the end: where one fills the connection again, the others have their turn before it.
    for (const [id, operation] of [...(this.operations ?? [])]) {
      if (this.connection.isFull) return
      if (operation.isOver) continue
      this.operations?.delete(id)
      this.operations?.set(id, operation)
      operation.drained()
    }
  }

  onLate(): void {
    this.refuse(closeCodes.initialisationTimeout, 'Connection initialisation timeout')
  }

  onOver(): void {
    this.isOver = true
    this.session?.close()
    for (const operation of [...(this.operations?.values() ?? [])]) operation.stop()
    this.operations = undefined
  }

  onGone(code: number): void {
    this.surroundings.onGone(code)
  }

  onError(error: Error): void {
    const { requestId } = this.opening
    this.surroundings.parts.log.info({ err: error, requestId }, 'a WebSocket failed')
  }

  forget(operation: Operation): void {
    this.operations?.delete(operation.id)
  }

  private refuse(code: number, reason: string): void {
    this.connection.close(code, reason)
  }

  private take(message: ClientMessage): void {
    const { type } = message
    if (type === 'connection_init') this.initialise(message.payload)
    else if (type === 'ping') this.pong(message.payload)
    else if (type === 'subscribe') this.subscribe(message.id, message.parameters)
    // Ids that are not known are of operations that ended meanwhile. A pong says nothing but that it came.
    else if (type === 'complete') this.operations?.get(message.id)?.stop()
  }

  private initialise(payload: Payload): void {
    if (this.isInitialised) this.refuse(closeCodes.tooManyInitialisations, 'Too many initialisation requests')
    this.isInitialised = true
    this.connection.settle()
    const client = this.surroundings.parts.clients.ofPayload(payload)
    if (client) this.opening = { ...this.opening, client }
    const token = tokenOf(payload) ?? this.headerToken
    this.headerToken = undefined
    if (!this.isOver) this.authenticate(token, acknowledgement)
  }

  private pong(payload: Payload): void {
    const answer = payload ? textFrame(JSON.stringify({ type: 'pong', payload })) : emptyPong
    const token = this.session && tokenOf(payload)
    if (token === undefined) this.connection.send(answer)
    else this.authenticate(token, answer)
  }

  /** Goes on with a token, and answers; a client whose token is no good is closed. */
  private authenticate(token: string | undefined, answer: Buffer): void {
    const authenticated = authenticate(token, this.session, this.surroundings.parts).then((session) => {
      if ('code' in session) this.refuse(session.code, session.reason)
      // Nobody would end its timer.
      else if (this.isOver) session.close()
      else {
        this.session = session
        this.connection.send(answer)
      }
    })
    authenticated.catch((error: unknown) => this.giveUp(error))
  }

  private subscribe(id: string, parameters: Parameters): void {
    const { session } = this
    if (!session) this.refuse(closeCodes.unauthorized, 'Unauthorized')
    else if (this.operations?.has(id)) {
      this.refuse(closeCodes.subscriberExists, `Subscriber for ${id} already exists`)
    } else this.begin(new Operation(id, this), { session, parameters })
  }

  private begin(
    operation: Operation,
    { session, parameters }: { readonly session: Session; readonly parameters: Parameters },
  ): void {
    const { parts } = this.surroundings
    const { operationsPerConnection } = parts.limits
    if ((this.operations?.size ?? 0) >= operationsPerConnection) {
      const { message, extensions } = fail(
        'OVERLOADED',
        `A connection takes ${operationsPerConnection} operations at once.`,
      )
      operation.end([{ message, extensions }])
      return
    }
    this.operations ??= new Map()
    this.operations.set(operation.id, operation)
    const caller: Caller = { session, ...this.opening }
    const done = runOperation(operation, { caller, parameters }, parts)
    done.catch((error: unknown) => this.giveUp(error))
  }

  /** A fault of ours. */
  private giveUp(error: unknown): void {
    const { requestId } = this.opening
    this.surroundings.parts.log.error({ err: error, requestId }, 'a WebSocket message failed')
    this.refuse(closeCodes.internalError, 'Internal server error')
  }
}
