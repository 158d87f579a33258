import { fail } from '@headcount/errors'
import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql'
import { Cancellation } from '../../cancellation.ts'
import { LiveText } from '../../live/live-text.ts'
import type { Session } from '../../live/session.ts'
import type { Sink, Subscription } from '../../live/sink.ts'
import type { Channel } from './channel.ts'
import { completeEvent, completeEventOf, nextEvent, nextEventOf } from './event-text.ts'

/** One operation of an event stream: its results go out as events. */
export class EventOperation implements Sink {
  /** As the client calls it; undefined = it is alone on its connection. */
  readonly id: string | undefined
  readonly cancellation = new Cancellation()
  /** A mutation goes on when its client goes: what it asked for may be half done. */
  isMutation = false
  /** Whether the client has ended it, or has gone. */
  isStopped = false
  private isOver = false
  private readonly channel: Channel
  private session: Session | undefined
  private subscription: Subscription | undefined

  constructor(channel: Channel, id: string | undefined) {
    this.channel = channel
    this.id = id
  }

  /** Of a subscription: whose it is. */
  begin(session: Session): void {
    if (this.isOver) session.close()
    else this.session = session
  }

  /** It may be over already: results, and the client's leave, can come before this does. */
  started(subscription: Subscription): void {
    if (this.isOver) {
      subscription.stop()
      return
    }
    this.subscription = subscription
    // Room may have come before there was anybody to tell of it.
    if (!this.isFull) subscription.drained()
  }

  get isFull(): boolean {
    return this.channel.isFull
  }

  send(result: LiveText): void {
    if (this.isOver) return
    this.channel.write(this.id === undefined ? nextEvent(result) : nextEventOf(this.id, result))
  }

  /** All that there is to say, as JSON. */
  answer(json: string, reason: 'complete' | 'error'): void {
    this.send(new LiveText(json, undefined))
    this.finish(reason)
  }

  end(errors: readonly GraphQLFormattedError[] | undefined): void {
    if (errors) this.answer(JSON.stringify({ errors } satisfies FormattedExecutionResult), 'error')
    else this.finish('complete')
  }

  /** The client takes bytes again. */
  drained(): void {
    this.subscription?.drained()
  }

  /** The client has ended it: nothing more comes but that it is complete. */
  complete(): void {
    const { subscription } = this
    const isTold = subscription !== undefined && !this.isOver
    this.stop()
    if (isTold) this.channel.write(this.id === undefined ? completeEvent : completeEventOf(this.id))
  }

  /** Nobody listens any more. */
  stop(): void {
    if (this.isOver) return
    this.isOver = true
    this.isStopped = true
    this.session?.close()
    this.subscription?.stop()
    if (!this.isMutation) this.cancellation.cancel(fail('BAD_REQUEST', 'The client has gone.'))
  }

  private finish(reason: 'complete' | 'error'): void {
    if (this.isOver) return
    this.isOver = true
    this.session?.close()
    this.channel.write(this.id === undefined ? completeEvent : completeEventOf(this.id))
    this.channel.over(this, reason)
  }
}
