import { fail } from '@headcount/errors'
import type { LiveMessage } from '@headcount/live'
import type { GraphQLFormattedError } from 'graphql'
import { Group } from './group.ts'
import { asOfKey, seqKey } from './live-operation.ts'
import { LiveState } from './live-state.ts'
import { messageReader, type ReadMessage } from './message-reader.ts'
import { type Answer, absent, type Reader, runQuery, type Values } from './reader.ts'
import { Refused } from './refused.ts'
import type { Subscriber } from './subscriber.ts'

/**
 * How long to wait before another try when a snapshot failed, in milliseconds: half of it to one and a half, so that all
 * who heard of one change do not come back together to a subgraph that is in trouble.
 */
const retryMs = 1_000
/** How old the last word of a state may be for a new member to begin with it, in milliseconds. */
const freshMs = 5_000

/** Codes of errors that say that there is nothing to listen to, or not for these viewers. */
const endings = new Set<unknown>(['FORBIDDEN', 'UNAUTHENTICATED', 'NOT_FOUND'])

/** What was read: a state, or why there is none. */
type Reading =
  /** And the position that the group had when the read began. */
  | { readonly state: LiveState; readonly since: number }
  | { readonly errors: readonly GraphQLFormattedError[] }

type Source = 'message' | 'snapshot' | 'heartbeat'

/**
 * A group whose topic tells states: it holds the latest one and nothing else. Whatever comes while that is worked out, or
 * while members can take nothing, is replaced by what comes after it.
 */
export class StateGroup extends Group {
  private state: LiveState | undefined
  private source: Source = 'snapshot'
  /** The newest message that is not worked out yet. */
  private change: LiveMessage | undefined
  private isCompleting = false
  /** When a snapshot is to be taken, on the clock of `performance.now`. */
  private snapshotDue = Number.POSITIVE_INFINITY
  /** The message that wants it, where that may be served by another one; none = it must be taken in any case. */
  private wantedBy: LiveMessage | undefined
  private isReading = false
  /** Not to be taken before, since the last try failed. */
  private notBefore = 0
  private timer: NodeJS.Timeout | undefined
  /** When the publisher's word came last. */
  private knownAt = Number.NEGATIVE_INFINITY
  private readMessage: ReadMessage | undefined
  private compiledFor: Reader | undefined
  private preparing: Promise<void> | undefined

  private get seq(): number {
    return this.state?.seq ?? -1
  }

  /** Without one there is nothing to turn to: the next message that holds a state is all that can be had. */
  private get hasSnapshot(): boolean {
    return this.reader.operation.snapshot !== undefined
  }

  override async prepare(afterSeq: number | undefined): Promise<void> {
    // The second time it was begun after this one came: an older state than it has is no passing one.
    for (let turn = 0; turn < 2 && !this.isReady(afterSeq); turn += 1) {
      this.preparing ??= this.begin().finally(() => {
        this.preparing = undefined
      })
      await this.preparing
    }
  }

  private isReady(afterSeq = -1): boolean {
    if (this.compiledFor !== this.reader) return false
    if (!this.hasSnapshot) return true
    return afterSeq <= this.seq && this.state !== undefined && performance.now() - this.knownAt <= freshMs
  }

  private async begin(): Promise<void> {
    const { reader } = this
    if (this.compiledFor !== reader) await this.compile(reader)
    if (this.hasSnapshot) {
      const reading = await this.readSnapshot(reader, undefined)
      if (reader !== this.reader) return this.begin()
      if ('errors' in reading) throw new Refused(reading.errors)
      this.knownAt = performance.now()
      this.takeSnapshot(reading, undefined)
    }
    this.work()
  }

  /** @throws GraphQLError where neither messages nor a snapshot hold all that is asked for */
  private async compile(reader: Reader): Promise<void> {
    let readMessage: ReadMessage | undefined
    try {
      readMessage = await messageReader(reader, this.live.parts)
    } catch (error) {
      if (!this.hasSnapshot) throw error
      // The snapshot has a plan of its own, and holds all that is asked for.
      this.live.log.warn({ err: error }, 'messages of a topic cannot be used: each costs a snapshot')
    }
    if (reader !== this.reader) return
    if (!this.hasSnapshot && !readMessage) {
      throw fail('BAD_USER_INPUT', 'The messages of this subscription do not hold all that is selected.')
    }
    this.readMessage = readMessage
    this.compiledFor = reader
  }

  protected override receive(message: LiveMessage): void {
    this.knownAt = performance.now()
    const { seq, asOf, data } = message
    if (data !== undefined) this.replaceChange(message)
    else if (seq === this.seq) this.beat(asOf)
    else this.wantSnapshot(message, 0)
    this.work()
  }

  override refresh(): void {
    this.wantSnapshot(undefined, this.live.refreshDelayMs())
    this.work()
  }

  private beat(asOf: string): void {
    const { state } = this
    if (!state || Date.parse(asOf) <= Date.parse(state.asOf ?? '')) return
    this.show(state.at(asOf), { source: 'heartbeat', isChange: false })
  }

  private replaceChange(message: LiveMessage): void {
    if (message.seq >= (this.change?.seq ?? this.seq)) this.change = message
  }

  private wantSnapshot(trigger: LiveMessage | undefined, delayMs: number): void {
    if (!this.hasSnapshot) return
    const isWanted = this.snapshotDue < Number.POSITIVE_INFINITY
    if (!isWanted || (trigger && this.wantedBy && trigger.seq > this.wantedBy.seq)) this.wantedBy = trigger
    if (!trigger) this.wantedBy = undefined
    const due = Math.max(this.notBefore, performance.now() + delayMs)
    this.snapshotDue = Math.min(this.snapshotDue, due)
  }

  /** When the message that is held is to be worked out: not before somebody may be given it, since a newer one may come. */
  private get messageDue(): number {
    return this.change && !this.isCompleting ? this.readyAt : Number.POSITIVE_INFINITY
  }

  private get readDue(): number {
    return this.isReading ? Number.POSITIVE_INFINITY : this.snapshotDue
  }

  /** Hot path where messages hold all: no promise is made. */
  private work(): void {
    if (this.isOver || this.compiledFor !== this.reader) return
    const now = performance.now()
    if (this.messageDue <= now) this.workOnMessage()
    if (this.readDue <= now) void this.snapshot()
    clearTimeout(this.timer)
    const due = Math.min(this.messageDue, this.readDue)
    if (due < Number.POSITIVE_INFINITY)
      this.timer = setTimeout(() => this.work(), Math.max(0, Math.ceil(due - now)))
  }

  override wanted(): void {
    if (this.change && !this.isCompleting && this.compiledFor === this.reader) this.workOnMessage()
  }

  private workOnMessage(): void {
    const { change } = this
    if (!change) return
    this.change = undefined
    const answer = this.readMessage?.(change)
    if (answer instanceof Promise) void this.complete(change, answer)
    else if (answer) this.takeMessage(answer, change)
    else this.wantSnapshot(change, 0)
  }

  /** Waits for what other subgraphs add to a message; the newest that comes meanwhile is next. */
  private async complete(message: LiveMessage, answer: Promise<Answer | undefined>): Promise<void> {
    this.isCompleting = true
    const { reader } = this
    try {
      const found = await answer
      if (reader === this.reader && !this.isOver) {
        if (found) this.takeMessage(found, message)
        else this.wantSnapshot(message, 0)
      }
    } catch (error) {
      // Under another supergraph, or without members, it is not wanted any more.
      if (reader === this.reader && !this.isOver) {
        this.live.log.warn({ err: error }, 'a message of a topic could not be completed; a snapshot follows')
        this.retry(message)
      }
    }
    this.isCompleting = false
    this.work()
  }

  private async snapshot(): Promise<void> {
    this.isReading = true
    this.snapshotDue = Number.POSITIVE_INFINITY
    const { reader, wantedBy } = this
    const reading = await this.readSnapshot(reader, wantedBy)
    this.isReading = false
    if (reader === this.reader && !this.isOver) this.takeSnapshot(reading, wantedBy)
    this.work()
  }

  private retry(trigger: LiveMessage | undefined): void {
    this.notBefore = performance.now() + retryMs * (0.5 + Math.random())
    this.wantSnapshot(trigger, 0)
  }

  private takeMessage({ data, errors }: Answer, { seq, asOf }: LiveMessage): void {
    const { operation } = this.reader
    const value = data[operation.responseKey]
    if (typeof value !== 'object' || value === null) {
      this.takeFailure(errors.length > 0 ? errors : [absent(operation)])
      return
    }
    if (seq < this.seq) return
    const publishedAtMs = Date.parse(asOf)
    const state = new LiveState({ seq, asOf, publishedAtMs, value: value as Values, errors }, operation)
    // At the same position a rate is another one: no hurry.
    this.show(state, { source: 'message', isChange: seq > this.seq })
  }

  private takeSnapshot(reading: Reading, trigger: LiveMessage | undefined): void {
    if ('errors' in reading) {
      this.takeFailure(reading.errors)
      return
    }
    const { state: last } = this
    const { state, since } = reading
    const seq = state.seq ?? -1
    if (last?.seq === undefined || seq > last.seq) this.show(state, { source: 'snapshot', isChange: true })
    // What is read anew under another supergraph may show more at the same position.
    else if (seq === last.seq)
      this.show(state, { source: 'snapshot', isChange: !trigger && !state.isLike(last) })
    // A message was quicker.
    else if (seq >= since) return
    // This read came from behind: what the trigger speaks of is not there yet.
    else if (trigger && trigger.seq > last.seq) this.retry(trigger)
    else this.show(state, { source: 'snapshot', isChange: true })
  }

  /** A subgraph that is away is waited for, the last value stands; anything else ends the group. */
  private takeFailure(errors: readonly GraphQLFormattedError[]): void {
    if (endings.has(errors[0]?.extensions?.code)) this.finish(errors)
    else this.retry(undefined)
  }

  private show(state: LiveState, how: { readonly source: Source; readonly isChange: boolean }): void {
    this.state = state
    this.source = how.source
    this.version += 1
    if (how.isChange) this.changedIn = this.version
    const seq = state.seq ?? -1
    // They are in it, and would lead back behind it.
    if (this.change && this.change.seq < seq) this.change = undefined
    if (this.wantedBy && this.wantedBy.seq <= seq) {
      this.wantedBy = undefined
      this.snapshotDue = Number.POSITIVE_INFINITY
    }
    this.live.counts.resolved[how.source] += 1
    this.wakeAll()
  }

  protected override welcome(subscriber: Subscriber, afterSeq: number | undefined): void {
    const { state } = this
    subscriber.seq = afterSeq ?? -1
    // It has this state already, and hears of it again as a sign of life only.
    const isKnown = afterSeq !== undefined && afterSeq === state?.seq
    if (!state || isKnown) subscriber.version = this.version
    else if (!this.give(subscriber)) return
    if (state) subscriber.lastAt = performance.now()
  }

  /** Hot path: once a subscriber and result. */
  override give(subscriber: Subscriber): boolean {
    const { state, version } = this
    const { sink, wantsPosition } = subscriber
    if (!state || sink.isFull) return false
    const seq = state.seq ?? -1
    // Who has a later one has it from before the state was set back.
    const text = subscriber.seq > seq ? state.resetText(wantsPosition) : state.text(wantsPosition)
    if (subscriber.version > 0) this.live.counts.merged += version - subscriber.version - 1
    subscriber.version = version
    subscriber.seq = seq
    sink.send(text)
    return true
  }

  override sent(count: number): void {
    if (count > 0) this.live.sent(this.source, count, this.state?.publishedAtMs)
  }

  protected override readerChanged(): void {
    this.readMessage = undefined
    this.compiledFor = undefined
    this.compile(this.reader).then(
      () => this.work(),
      (error: unknown) => this.finish(this.live.maskAll(error)),
    )
  }

  protected override closed(): void {
    clearTimeout(this.timer)
  }

  /**
   * Runs the snapshot query. Where it comes out older than what the group had when it began, it is run again: fetches that
   * ask the same share a reply, so the first may have begun before. The second began after it; if that is older too, the
   * state itself was set back.
   */
  private async readSnapshot(reader: Reader, trigger: LiveMessage | undefined): Promise<Reading> {
    const first = await this.readOnce(reader, trigger)
    const isBehind = 'state' in first && (first.state.seq ?? -1) < first.since
    return isBehind ? this.readOnce(reader, trigger) : first
  }

  private async readOnce(reader: Reader, trigger: LiveMessage | undefined): Promise<Reading> {
    const { operation } = reader
    const since = this.seq
    if (!operation.snapshot) return { errors: [absent(operation)] }
    this.live.parts.metrics.snapshots.inc()
    const { data, errors } = await runQuery(operation.snapshot, reader, this.live.parts)
    const found = data[operation.responseKey]
    if (typeof found !== 'object' || found === null) {
      return { errors: errors.length > 0 ? errors : [absent(operation)] }
    }
    const { [seqKey]: seq, [asOfKey]: asOf, ...value } = found as Values
    const read = {
      // A type without a position has that of what was told last.
      seq: typeof seq === 'number' ? seq : (trigger?.seq ?? this.state?.seq),
      asOf: typeof asOf === 'string' ? asOf : undefined,
      publishedAtMs: undefined,
      value,
      // A field that the gateway added is no business of the client's.
      errors: errors.filter(({ path }) => path?.at(-1) !== seqKey && path?.at(-1) !== asOfKey),
    }
    return { state: new LiveState(read, operation), since }
  }
}
