import { fail } from '@headcount/errors'
import { type FormattedExecutionResult, GraphQLError } from 'graphql'
import { Cancellation } from '../cancellation.ts'
import type { FetchAnswer } from '../upstream/dispatch.ts'
import type { SubgraphEvents } from '../upstream/streams/subgraph-events.ts'
import type { LiveResult } from './live-result.ts'

/** What a subscription that a subgraph feeds needs of its surroundings. */
export interface UpstreamParts {
  readonly events: SubgraphEvents
  /** Makes a result of an event; rejects at once when it is cancelled. */
  resolve(event: FetchAnswer, cancellation: Cancellation): Promise<FormattedExecutionResult>
  onResult(): void
  /** Told once, when it is over. */
  onEnd(): void
}

const done = { done: true, value: undefined } as const

/**
 * One subscriber to events of a subgraph. Events are no states: each is delivered, in order, or the subscription ends
 * with an error. The next one is taken when the subscriber asks for it, so that a slow one holds its subgraph back.
 */
export class UpstreamSubscription implements AsyncGenerator<LiveResult, undefined> {
  private readonly parts: UpstreamParts
  private end: { readonly error: GraphQLError | undefined } | undefined
  private isTold = false
  private working: Cancellation | undefined

  constructor(parts: UpstreamParts) {
    this.parts = parts
  }

  /** Ends it, with an error or without. */
  finish(error?: GraphQLError): void {
    if (this.end) return
    this.end = { error }
    this.parts.events.close()
    this.working?.cancel(error ?? new Error('over'))
    this.parts.onEnd()
  }

  async next(): Promise<IteratorResult<LiveResult, undefined>> {
    try {
      const payload = this.end ? undefined : await this.produce()
      if (!this.end && payload) {
        this.parts.onResult()
        // The subgraph refuses, or has failed as a whole: nothing follows.
        if (payload.data === undefined) this.finish()
        return { done: false, value: { payload, seq: undefined } }
      }
      this.finish()
    } catch (error) {
      this.finish(error instanceof GraphQLError ? error : fail('INTERNAL_SERVER_ERROR', String(error)))
    }
    return this.tellEnd()
  }

  async return(): Promise<IteratorResult<LiveResult, undefined>> {
    this.finish()
    this.isTold = true
    return done
  }

  async throw(): Promise<IteratorResult<LiveResult, undefined>> {
    return this.return()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return()
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  private async produce(): Promise<FormattedExecutionResult | undefined> {
    const event = await this.parts.events.next()
    if (event.done || this.end) return undefined
    const cancellation = new Cancellation()
    this.working = cancellation
    return this.parts.resolve(event.value, cancellation)
  }

  private tellEnd(): IteratorResult<LiveResult, undefined> {
    const error = this.isTold ? undefined : this.end?.error
    this.isTold = true
    if (error) throw error
    return done
  }
}
