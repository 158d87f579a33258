import type { Delivery, Sender } from './delivery.ts'
import type { Subscriber } from './subscriber.ts'

/** The least time between two results that only say "still so", in milliseconds. */
export const beatMs = 2_000

/** What a lane sends. */
export interface LaneSource {
  /** Counts up with each result that there is to send. */
  readonly version: number
  /** The version of the last result that says something new; later ones say "still so". */
  readonly changedIn: number
  /** Somebody is about to be given something: what is held until then is worked out. */
  wanted(): void
  /** Gives a subscriber what it lacks; whether something was sent. */
  give(subscriber: Subscriber): boolean
  /** Told of results that were sent. */
  sent(count: number): void
}

/**
 * The subscribers of one group that want results at most so often. They get theirs in one go, one behind the other, so
 * that neither a timer nor a queue is needed for each: whoever can't take one, or had one too lately, is given the newest
 * later. Hot path.
 */
export class Lane implements Sender {
  readonly intervalMs: number
  private readonly source: LaneSource
  private readonly delivery: Delivery
  private readonly members: Subscriber[] = []
  private readonly late = new Set<Subscriber>()
  private cursor = 0
  private isSending = false
  private startedAt = Number.NEGATIVE_INFINITY
  private begun = 0
  private timer: NodeJS.Timeout | undefined
  private timerAt = Number.POSITIVE_INFINITY

  constructor(intervalMs: number, source: LaneSource, delivery: Delivery) {
    this.intervalMs = intervalMs
    this.source = source
    this.delivery = delivery
  }

  get size(): number {
    return this.members.length
  }

  /** When it may begin with something new, on the clock of `performance.now`. */
  get readyAt(): number {
    return this.startedAt + this.intervalMs
  }

  all(): readonly Subscriber[] {
    return this.members
  }

  add(subscriber: Subscriber): void {
    subscriber.index = this.members.length
    this.members.push(subscriber)
  }

  remove(subscriber: Subscriber): void {
    const { members } = this
    this.late.delete(subscriber)
    let gap = subscriber.index
    // Those before the cursor have been served: the gap is closed from among them.
    if (gap < this.cursor) {
      this.cursor -= 1
      gap = this.fill(gap, this.cursor)
    }
    this.fill(gap, members.length - 1)
    members.pop()
    if (members.length === 0) this.stop()
  }

  private fill(gap: number, from: number): number {
    const moved = this.members[from]
    if (moved) {
      this.members[gap] = moved
      moved.index = gap
    }
    return from
  }

  private stop(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    this.timerAt = Number.POSITIVE_INFINITY
    this.delivery.remove(this)
    this.isSending = false
  }

  /** There is something new. */
  wake(): void {
    if (this.isSending || this.members.length === 0) return
    const { version } = this.source
    if (this.begun === version) return
    const now = performance.now()
    const dueAt = this.startedAt + this.gapFor(this.begun)
    if (dueAt > now) {
      this.wakeAt(dueAt, now)
      return
    }
    this.startedAt = now
    this.begun = version
    this.cursor = 0
    this.isSending = true
    // All are served now; who can't be is late again.
    this.late.clear()
    this.delivery.add(this)
  }

  private wakeAt(at: number, now: number): void {
    if (at >= this.timerAt) return
    clearTimeout(this.timer)
    this.timerAt = at
    this.timer = setTimeout(this.ring, Math.max(0, Math.ceil(at - now)))
  }

  private readonly ring = (): void => {
    this.timer = undefined
    this.timerAt = Number.POSITIVE_INFINITY
    this.source.wanted()
    this.wake()
    if (!this.isSending) this.serveLate()
  }

  sendSome(count: number): boolean {
    const { members, source, startedAt } = this
    let sent = 0
    for (let left = count; left > 0 && this.cursor < members.length; left -= 1) {
      const subscriber = members[this.cursor]
      this.cursor += 1
      if (!subscriber || subscriber.version === source.version) continue
      if (startedAt - subscriber.lastAt < this.gapFor(subscriber.version)) this.late.add(subscriber)
      else if (source.give(subscriber)) {
        subscriber.lastAt = startedAt
        sent += 1
      }
    }
    source.sent(sent)
    if (this.cursor < members.length) return false
    this.isSending = false
    this.cursor = 0
    this.wake()
    if (this.late.size > 0) this.wakeAt(startedAt + this.intervalMs, performance.now())
    return true
  }

  /** The least time to the next result of one that has this version, in milliseconds. */
  private gapFor(version: number): number {
    return version < this.source.changedIn ? this.intervalMs : Math.max(this.intervalMs, beatMs)
  }

  /**
   * Those who had a result too lately when the others got theirs. They get it when the others could have had their next
   * one, a little later than need be: so all come to one time, and there is one timer for all.
   */
  private serveLate(): void {
    const now = performance.now()
    let sent = 0
    for (const subscriber of this.late) {
      const dueAt = Math.max(subscriber.lastAt, this.startedAt) + this.gapFor(subscriber.version)
      if (dueAt > now) {
        this.wakeAt(dueAt, now)
        continue
      }
      this.late.delete(subscriber)
      if (subscriber.version !== this.source.version && this.source.give(subscriber)) {
        subscriber.lastAt = now
        sent += 1
      }
    }
    this.source.sent(sent)
  }

  /** A subscriber that could take nothing can again. */
  drained(subscriber: Subscriber): void {
    if (subscriber.version === this.source.version) return
    const now = performance.now()
    const dueAt = subscriber.lastAt + this.gapFor(subscriber.version)
    if (dueAt > now) {
      this.late.add(subscriber)
      this.wakeAt(dueAt, now)
    } else if (this.source.give(subscriber)) {
      subscriber.lastAt = now
      this.source.sent(1)
    }
  }
}
