import { fail } from '@headcount/errors'
import { type FormattedExecutionResult, GraphQLError, type GraphQLFormattedError } from 'graphql'
import { Cancellation } from '../cancellation.ts'
import type { FetchAnswer } from '../upstream/dispatch.ts'
import type { SubgraphEvents } from '../upstream/streams/subgraph-events.ts'
import { LiveText } from './live-text.ts'
import type { Session, SessionMember } from './session.ts'
import type { Sink, Subscription } from './sink.ts'

/** What a subscription that a subgraph feeds needs of its surroundings. */
export interface UpstreamParts {
  readonly events: SubgraphEvents
  readonly sink: Sink
  readonly session: Session
  /** Makes a result of an event; rejects at once when it is cancelled. */
  resolve(event: FetchAnswer, cancellation: Cancellation): Promise<FormattedExecutionResult>
  mask(error: GraphQLError): GraphQLFormattedError
  onResult(): void
  /** Told once, when it is over. */
  onEnd(): void
}

/**
 * One subscriber to events of a subgraph. Events are no states: each is delivered, in order, or the subscription ends
 * with an error. The next one is taken when the subscriber has taken the last, so that a slow one holds its subgraph back.
 */
export class UpstreamSubscription implements Subscription, SessionMember {
  private readonly parts: UpstreamParts
  private isOver = false
  private working: Cancellation | undefined
  private wake: (() => void) | undefined

  constructor(parts: UpstreamParts) {
    this.parts = parts
    parts.session.join(this)
  }

  /** Delivers until it is over. Never rejects. */
  async run(): Promise<void> {
    try {
      while (!this.isOver && (await this.deliverNext())) await this.untilDrained()
      this.finish(undefined)
    } catch (error) {
      this.finish(error instanceof GraphQLError ? error : fail('INTERNAL_SERVER_ERROR', String(error)))
    }
  }

  drained(): void {
    this.wake?.()
  }

  stop(): void {
    this.leave(new Error('over'))
  }

  /** Ends it, with an error or without; the client is told. */
  finish(error: GraphQLError | undefined): void {
    if (this.leave(error ?? new Error('over'))) this.parts.sink.end(error && [this.parts.mask(error)])
  }

  tokenEnded(error: GraphQLError): void {
    this.finish(error)
  }

  tokenRenewed(): void {
    // What the viewer may see now is looked at with each event.
  }

  private leave(reason: Error): boolean {
    if (this.isOver) return false
    this.isOver = true
    this.parts.session.leave(this)
    this.parts.events.close()
    this.working?.cancel(reason)
    this.wake?.()
    this.parts.onEnd()
    return true
  }

  /** Whether more may follow. */
  private async deliverNext(): Promise<boolean> {
    const { events, resolve, sink, onResult } = this.parts
    const event = await events.next()
    if (event.done || this.isOver) return false
    const cancellation = new Cancellation()
    this.working = cancellation
    const payload = await resolve(event.value, cancellation)
    if (this.isOver) return false
    onResult()
    sink.send(new LiveText(JSON.stringify(payload), undefined))
    // The subgraph refuses, or has failed as a whole: nothing follows.
    return payload.data !== undefined
  }

  private async untilDrained(): Promise<void> {
    while (this.parts.sink.isFull && !this.isOver) {
      await new Promise<void>((resolve) => {
        this.wake = resolve
      })
    }
  }
}
