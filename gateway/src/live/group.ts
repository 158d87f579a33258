import { fail } from '@headcount/errors'
import type { LiveMessage } from '@headcount/live'
import type { GraphQLFormattedError } from 'graphql'
import { Lane, type LaneSource } from './lane.ts'
import type { Live } from './live.ts'
import type { Reader } from './reader.ts'
import type { Subscriber } from './subscriber.ts'

/** What a group is made with. */
export interface GroupOptions {
  /** Unique among the groups of a gateway. */
  readonly key: string
  /** The channel that feeds it. */
  readonly channel: string
  readonly reader: Reader
  readonly live: Live
}

/** How a member gets its results. */
export interface Membership {
  readonly minIntervalMs: number
  /** The position that its client has; undefined = none. */
  readonly afterSeq: number | undefined
}

/** Why a read is given up; with a code that makes no line in the log. */
const nobodyListens = fail('BAD_REQUEST', 'Nobody listens any more.')
const isSuperseded = fail('BAD_REQUEST', 'The supergraph was swapped.')

/** How long a guard's answer holds for those who come after, in milliseconds. */
const guardHoldsMs = 5_000

/**
 * All who get the same results: of one operation with the same variables, under one identity. What a message says is
 * worked out and written down once for all of them. A group lives while it has members, or somebody is about to become one.
 */
export abstract class Group implements LaneSource {
  readonly key: string
  readonly channel: string
  reader: Reader
  version = 0
  changedIn = 0
  size = 0
  isOver = false
  protected readonly live: Live
  private readonly lanes = new Map<number, Lane>()
  private opening: Promise<void> | undefined
  private leaveTopic: (() => Promise<void>) | undefined
  private guard: { readonly answer: Promise<void>; readonly askedAt: number } | undefined
  private joining = 0
  private hadMembers = false

  constructor({ key, channel, reader, live }: GroupOptions) {
    this.key = key
    this.channel = channel
    this.reader = reader
    this.live = live
  }

  /** A message of the topic. */
  protected abstract receive(message: LiveMessage): void
  /** Messages may have been lost, or the supergraph is another one. */
  abstract refresh(): void
  abstract wanted(): void
  abstract give(subscriber: Subscriber): boolean
  abstract sent(count: number): void
  /** Makes ready what a member begins with, one who has `afterSeq`; rejects where there is no such thing. */
  abstract prepare(afterSeq: number | undefined): Promise<void>
  /** Gives a new member what it begins with. */
  protected abstract welcome(subscriber: Subscriber, afterSeq: number | undefined): void
  /** The reader is another one. */
  protected abstract readerChanged(): void

  /** Resolves once messages flow; rejects where the topic can't be had. */
  opened(): Promise<void> {
    this.opening ??= this.open()
    return this.opening
  }

  private async open(): Promise<void> {
    try {
      const leave = await this.live.topics.subscribe(this.channel, (message) => {
        if (this.isOver) return
        this.live.counts.received += 1
        this.receive(message)
      })
      this.leaveTopic = leave
      if (this.isOver) this.leave()
    } catch (cause) {
      this.close()
      if (cause instanceof Error && 'extensions' in cause) throw cause
      const error = fail('SUBGRAPH_UNAVAILABLE', 'Live messages cannot be had at this moment; try again.')
      error.cause = cause
      throw error
    }
  }

  /** Asks a guard whose answer is the same for all members; one that was asked a moment ago is not asked again. */
  guarded(ask: () => Promise<void>): Promise<void> {
    const now = performance.now()
    if (!this.guard || now - this.guard.askedAt > guardHoldsMs) {
      const guard = { answer: ask(), askedAt: now }
      this.guard = guard
      guard.answer.catch(() => {
        if (this.guard === guard) this.guard = undefined
      })
    }
    return this.guard.answer
  }

  /** Keeps the group while something is awaited on the way into it. */
  async hold<T>(work: () => Promise<T>): Promise<T> {
    this.joining += 1
    try {
      return await work()
    } finally {
      this.joining -= 1
      this.endIfEmpty()
    }
  }

  add(subscriber: Subscriber, { minIntervalMs, afterSeq }: Membership): void {
    const intervalMs = this.intervalFor(minIntervalMs)
    let lane = this.lanes.get(intervalMs)
    if (!lane) {
      lane = new Lane(intervalMs, this, this.live.delivery)
      this.lanes.set(intervalMs, lane)
    }
    lane.add(subscriber)
    this.size += 1
    this.hadMembers = true
    subscriber.group = this
    subscriber.lane = lane
    this.welcome(subscriber, afterSeq)
  }

  remove(subscriber: Subscriber): void {
    const { lane } = subscriber
    if (!lane || subscriber.group !== this) return
    subscriber.group = undefined
    subscriber.lane = undefined
    lane.remove(subscriber)
    if (lane.size === 0) this.lanes.delete(lane.intervalMs)
    this.size -= 1
    this.endIfEmpty()
  }

  /** All members, as they are now. */
  members(): Subscriber[] {
    return [...this.lanes.values()].flatMap((lane) => lane.all())
  }

  /** Goes on under another supergraph. */
  become(reader: Reader): void {
    this.reader.over.cancel(isSuperseded)
    this.reader = reader
    this.readerChanged()
    this.refresh()
  }

  /** Ends all members with errors. */
  finish(errors: readonly GraphQLFormattedError[]): void {
    for (const member of this.members()) member.finish(errors)
  }

  close(): void {
    if (this.isOver) return
    this.isOver = true
    this.live.forget(this)
    this.reader.over.cancel(nobodyListens)
    this.closed()
    this.leave()
  }

  /** The least time between two results of a member that asks for this, in milliseconds. */
  protected intervalFor(minIntervalMs: number): number {
    return minIntervalMs
  }

  /** How long it stays when its last member has gone, in milliseconds. */
  protected get lingersMs(): number {
    return 0
  }

  /** When the first member may get something new, on the clock of `performance.now`. */
  protected get readyAt(): number {
    let at = Number.POSITIVE_INFINITY
    for (const lane of this.lanes.values()) at = Math.min(at, lane.readyAt)
    return this.lanes.size === 0 ? 0 : at
  }

  protected wakeAll(): void {
    for (const lane of this.lanes.values()) lane.wake()
  }

  protected closed(): void {}

  private leave(): void {
    const { leaveTopic } = this
    this.leaveTopic = undefined
    leaveTopic?.().catch((error: unknown) => this.live.log.warn({ err: error }, 'leaving a topic failed'))
  }

  private endIfEmpty(): void {
    if (this.size > 0 || this.joining > 0 || this.isOver) return
    // Who was refused will not come back to what it missed.
    if (this.lingersMs === 0 || !this.hadMembers) this.close()
    else setTimeout(() => this.closeIfEmpty(), this.lingersMs).unref()
  }

  private closeIfEmpty(): void {
    if (this.size === 0 && this.joining === 0) this.close()
  }
}
