import { fail } from '@headcount/errors'
import type { LiveMessage } from '@headcount/live'
import type { GraphQLFormattedError } from 'graphql'
import { GraphQLError } from 'graphql'
import type { LiveOperation } from './live-operation.ts'
import type { LiveResult } from './live-result.ts'
import type { Reading, State } from './resolve.ts'

/** The least time between two results that only say "still so", in milliseconds. */
const beatMs = 2_000
/**
 * How long to wait before another try when a snapshot failed, in milliseconds: half of it to one and a half, so that all
 * who heard of one change do not come back together to a subgraph that is in trouble.
 */
const retryMs = 1_000

/** What a subscription needs of its surroundings. */
export interface SubscriptionParts {
  readonly operation: LiveOperation
  readonly minIntervalMs: number
  readonly now: () => number
  /** From a message; undefined where it does not hold enough. */
  readMessage(message: LiveMessage): Reading | undefined | Promise<Reading | undefined>
  readSnapshot(seen: number): Reading | Promise<Reading>
  /** Told once, when it is over. */
  onEnd(): void
  onResult(source: 'message' | 'snapshot' | 'heartbeat'): void
}

/**
 * What makes all subscribers take a snapshot, a swap or a connection that is back, is spread over so long, in
 * milliseconds: some thousands of snapshots in one turn would hold up everything else.
 */
const refreshWithinMs = 1_000

/** A fresh snapshot is to be taken whatever its `seq`: messages may have been lost. */
const refresh = Symbol('refresh')

/**
 * One subscriber. It holds one latest state and nothing else: whatever comes while the subscriber does not read
 * replaces what came before, and results are made when they are asked for. So a slow reader costs no memory.
 */
export class LiveSubscription implements AsyncGenerator<LiveResult, undefined> {
  private readonly parts: SubscriptionParts
  private last: State | undefined
  private first: LiveResult | undefined
  private change: LiveMessage | typeof refresh | undefined
  private beat: LiveMessage | undefined
  private changeAt = 0
  private beatAt = 0
  private end: { readonly error: GraphQLError | undefined } | undefined
  private isTold = false
  private wake: (() => void) | undefined

  constructor(parts: SubscriptionParts) {
    this.parts = parts
  }

  get isOver(): boolean {
    return this.end !== undefined
  }

  /** Without one there is nothing to turn to: the next message that holds a state is all that can be had. */
  private get hasSnapshot(): boolean {
    return this.parts.operation.snapshot !== undefined
  }

  private get seq(): number {
    return this.last?.seq ?? -1
  }

  /** Takes the first snapshot, or begins without one where the topic has none. */
  begin(state: State | undefined, afterSeq: number | undefined): void {
    this.last = state
    if (!state) return
    const seq = state.seq ?? -1
    this.forgetOlder(seq)
    if (afterSeq === seq) {
      // It has this state already, and hears of it again as a sign of life only.
      this.beatAt = this.parts.now() + beatMs
      return
    }
    this.first = this.emit(state, { source: 'snapshot', isReset: afterSeq !== undefined && afterSeq > seq })
  }

  /** A message of the topic. */
  receive(message: LiveMessage): void {
    if (message.seq === this.seq) this.beat = message
    else if (message.data === undefined ? this.hasSnapshot : message.seq > this.seq)
      this.replaceChange(message)
    this.wake?.()
  }

  /** A message that came while a state was read which holds it already would lead back behind that state. */
  private forgetOlder(seq: number): void {
    if (typeof this.change === 'object' && this.change.seq <= seq) this.change = undefined
  }

  private replaceChange(message: LiveMessage): void {
    const held = this.change
    if (held === refresh) return
    const isNewer = held === undefined || message.seq > held.seq
    const saysMore = held?.seq === message.seq && held.data === undefined
    if (isNewer || saysMore) this.change = message
  }

  /** Messages may have been lost: takes a snapshot within a second. */
  refresh(): void {
    if (!this.hasSnapshot) return
    this.change = refresh
    this.changeAt = Math.max(this.changeAt, this.parts.now() + Math.random() * refreshWithinMs)
    this.wake?.()
  }

  /** Ends it, with an error or without. */
  finish(error?: GraphQLError): void {
    if (this.end) return
    this.end = { error }
    this.change = undefined
    this.beat = undefined
    this.first = undefined
    this.wake?.()
    this.parts.onEnd()
  }

  async next(): Promise<IteratorResult<LiveResult, undefined>> {
    for (;;) {
      if (this.end) return this.tellEnd()
      const dueMs = this.dueMs()
      if (dueMs > 0) await this.sleep(dueMs)
      else {
        const value = this.takeFirst() ?? (await this.tryProduce())
        if (value && !this.end) return { done: false, value }
      }
    }
  }

  async return(): Promise<IteratorResult<LiveResult, undefined>> {
    this.finish()
    this.isTold = true
    return { done: true, value: undefined }
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

  private tellEnd(): IteratorResult<LiveResult, undefined> {
    const error = this.isTold ? undefined : this.end?.error
    this.isTold = true
    if (error) throw error
    return { done: true, value: undefined }
  }

  private takeFirst(): LiveResult | undefined {
    const { first } = this
    this.first = undefined
    return first
  }

  private dueMs(): number {
    if (this.first) return 0
    const now = this.parts.now()
    if (this.change) return Math.max(0, this.changeAt - now)
    if (this.beat) return Math.max(0, this.changeAt - now, this.beatAt - now)
    return Number.POSITIVE_INFINITY
  }

  private sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = Number.isFinite(ms) ? setTimeout(() => this.wake?.(), ms) : undefined
      this.wake = () => {
        clearTimeout(timer)
        this.wake = undefined
        resolve()
      }
    })
  }

  private async tryProduce(): Promise<LiveResult | undefined> {
    try {
      return await this.produce()
    } catch (error) {
      // The token has ended, or lost the right to listen.
      this.finish(error instanceof GraphQLError ? error : fail('INTERNAL_SERVER_ERROR', String(error)))
      return undefined
    }
  }

  private produce(): Promise<LiveResult | undefined> | LiveResult | undefined {
    const { change, beat } = this
    this.change = undefined
    this.beat = undefined
    if (change === undefined) return beat && this.produceBeat(beat)
    if (change === refresh) return this.produceSnapshot(undefined)
    const use = (reading: Reading | undefined) =>
      reading ? this.take(reading, { trigger: change, source: 'message' }) : this.produceSnapshot(change)
    const reading = this.parts.readMessage(change)
    // Hot path: no promise where policies need not be asked about.
    return reading instanceof Promise ? reading.then(use) : use(reading)
  }

  private async produceSnapshot(trigger: LiveMessage | undefined): Promise<LiveResult | undefined> {
    if (!this.hasSnapshot) return undefined
    const reading = await this.parts.readSnapshot(this.seq)
    return this.take(reading, { trigger, source: 'snapshot' })
  }

  private take(
    reading: Reading,
    how: { readonly trigger: LiveMessage | undefined; readonly source: 'message' | 'snapshot' },
  ): LiveResult | undefined {
    const { trigger, source } = how
    if ('errors' in reading) return this.takeFailure(reading.errors)
    const { last } = this
    const state = { ...reading.state, seq: reading.state.seq ?? trigger?.seq }
    const seq = state.seq ?? -1
    if (last?.seq === undefined || seq > last.seq) return this.emit(state, { source, isReset: false })
    if (seq === last.seq) {
      // Nothing has changed: it goes out as a sign of life, when one is due.
      this.beat = { seq, asOf: state.asOf ?? last.asOf ?? '' }
      return undefined
    }
    // Older than what the subscriber has: the state itself was set back, or this read came from behind.
    if (trigger && trigger.seq > last.seq) {
      this.replaceChange(trigger)
      this.changeAt = this.parts.now() + retryMs * (0.5 + Math.random())
      return undefined
    }
    return this.emit(state, { source, isReset: true })
  }

  /** A subgraph that is away is waited for, the last value stands; anything else ends the subscription. */
  private takeFailure(errors: readonly GraphQLFormattedError[]): undefined {
    const [error] = errors
    const code = error?.extensions?.code
    if (code === 'FORBIDDEN' || code === 'UNAUTHENTICATED' || code === 'NOT_FOUND') {
      this.finish(fail(code, error?.message ?? ''))
      return undefined
    }
    this.change ??= refresh
    this.changeAt = this.parts.now() + retryMs * (0.5 + Math.random())
    return undefined
  }

  private produceBeat(beat: LiveMessage): LiveResult | undefined {
    const { last } = this
    if (!last) return undefined
    const { asOfKeys } = this.parts.operation
    const value = { ...last.value, ...Object.fromEntries(asOfKeys.map((key) => [key, beat.asOf])) }
    return this.emit({ ...last, value, asOf: beat.asOf }, { source: 'heartbeat', isReset: false })
  }

  private emit(
    state: State,
    how: { readonly source: 'message' | 'snapshot' | 'heartbeat'; readonly isReset: boolean },
  ): LiveResult {
    const { operation, minIntervalMs, now } = this.parts
    const resets = Object.fromEntries(operation.resetKeys.map((key) => [key, true]))
    this.last = state
    this.forgetOlder(state.seq ?? -1)
    this.changeAt = now() + minIntervalMs
    this.beatAt = now() + beatMs
    this.parts.onResult(how.source)
    const value = how.isReset ? { ...state.value, ...resets } : state.value
    const { errors } = state
    const payload = {
      ...(errors.length > 0 ? { errors } : {}),
      data: { [operation.responseKey]: value },
    }
    return { payload, seq: state.seq }
  }
}
