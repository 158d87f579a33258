import { fail } from '@headcount/errors'
import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql'
import { Cancellation } from '../../cancellation.ts'
import type { LiveText } from '../../live/live-text.ts'
import type { Sink, Subscription } from '../../live/sink.ts'
import type { Connection } from './connection.ts'
import { textFrame } from './frames.ts'
import type { ResultFrames } from './result-frames.ts'

/** What an operation needs of the client that asked for it. */
export interface OperationOwner {
  readonly connection: Connection
  readonly frames: ResultFrames
  /** It is over, and its id free again. */
  forget(operation: Operation): void
}

/** The beginning of a message, up to its id: in ASCII, so that a character is a byte. */
function prefixOf(id: string): string {
  const escaped = JSON.stringify(id).replace(
    /[\u0080-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return `{"id":${escaped}`
}

/** An operation of a client, from its `subscribe` message to its end; where a subscription's results go. */
export class Operation implements Sink {
  readonly id: string
  /** Cancelled when the client ends it before there is a subscription. */
  cancellation: Cancellation | undefined = new Cancellation()
  isOver = false
  private readonly owner: OperationOwner
  // Beside the owner, so that the hot path reaches them with one look fewer into memory that is seldom at hand.
  private readonly connection: Connection
  private readonly frames: ResultFrames
  private readonly prefix: string
  private subscription: Subscription | undefined = undefined
  private hasMissedDrain = false

  constructor(id: string, owner: OperationOwner) {
    this.id = id
    this.owner = owner
    this.connection = owner.connection
    this.frames = owner.frames
    this.prefix = prefixOf(id)
  }

  get isFull(): boolean {
    return this.connection.isFull
  }

  /** Hot path: once a subscriber and message. */
  send(result: LiveText): void {
    if (this.isOver) return
    const { connection, frames } = this
    if (!connection.send(frames.of(this.prefix, result))) frames.giveAway()
  }

  end(errors: readonly GraphQLFormattedError[] | undefined): void {
    if (this.isOver) return
    this.tell(errors ? this.frame(`,"type":"error","payload":${JSON.stringify(errors)}}`) : this.completion())
    this.leave()
  }

  /** Answers a query or a mutation. */
  answer(result: FormattedExecutionResult): void {
    if (this.isOver) return
    const next = this.frame(`,"type":"next","payload":${JSON.stringify(result)}}`)
    this.tell(Buffer.concat([next, this.completion()]))
    this.leave()
  }

  /** The subscription is under way. */
  begin(subscription: Subscription): void {
    if (this.isOver) {
      subscription.stop()
      return
    }
    this.cancellation = undefined
    this.subscription = subscription
    if (this.hasMissedDrain && !this.isFull) subscription.drained()
  }

  /** The client takes bytes again. */
  drained(): void {
    if (this.subscription) this.subscription.drained()
    else this.hasMissedDrain = true
  }

  /** The client has ended it, or is gone: nobody is told. */
  stop(): void {
    if (this.isOver) return
    this.leave()
    this.subscription?.stop()
    this.cancellation?.cancel(fail('BAD_REQUEST', 'The client has gone.'))
  }

  private frame(rest: string): Buffer {
    return textFrame(`${this.prefix}${rest}`)
  }

  private completion(): Buffer {
    return this.frame(',"type":"complete"}')
  }

  private tell(frames: Buffer): void {
    this.connection.send(frames)
  }

  private leave(): void {
    this.isOver = true
    this.owner.forget(this)
  }
}
