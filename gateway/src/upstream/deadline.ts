import type { Call, Done, Way } from './dispatch.ts'
import { Fault } from './fault.ts'

/** What has a time to end by, in a list of such. */
interface Timed {
  endsAtMs: number
  before: Timed | undefined
  after: Timed | undefined
  expire(): void
}

/**
 * Calls under way that have the same time each, so that the first to begin is the first whose time is over: one timer is
 * enough for all. With a timer for each, a deadline took 0.3 µs instead of 0.13.
 */
class Deadlines {
  readonly limitMs: number
  private first: Timed | undefined
  private last: Timed | undefined
  private timer: NodeJS.Timeout | undefined

  constructor(limitMs: number) {
    this.limitMs = limitMs
  }

  add(call: Timed): void {
    call.endsAtMs = performance.now() + this.limitMs
    call.before = this.last
    if (this.last) this.last.after = call
    else this.first = call
    this.last = call
    if (!this.timer) this.wait(this.limitMs)
  }

  remove(call: Timed): void {
    const { before, after } = call
    if (before) before.after = after
    else this.first = after
    if (after) after.before = before
    else this.last = before
    call.before = undefined
    call.after = undefined
  }

  private wait(ms: number): void {
    // It is left to run when its call ends, and must not keep the process alive for that.
    this.timer = setTimeout(() => this.expire(), Math.ceil(ms)).unref()
  }

  private expire(): void {
    const nowMs = performance.now()
    // Each that expires leaves the list, and may bring another call, which must not set the timer: it is not the first.
    while (this.first && this.first.endsAtMs <= nowMs) this.first.expire()
    this.timer = undefined
    if (this.first) this.wait(this.first.endsAtMs - nowMs)
  }
}

/** A call with its time. */
class TimedCall<Answer> implements Call, Timed {
  endsAtMs = 0
  before: Timed | undefined
  after: Timed | undefined
  private readonly deadlines: Deadlines
  private readonly done: Done<Answer>
  private inner: Call | undefined
  private isOver = false

  constructor(deadlines: Deadlines, done: Done<Answer>) {
    this.deadlines = deadlines
    this.done = done
    deadlines.add(this)
  }

  begin(inner: Call): void {
    this.inner = inner
  }

  readonly end: Done<Answer> = (error, answer) => {
    if (this.isOver) return
    this.isOver = true
    this.deadlines.remove(this)
    this.done(error, answer)
  }

  cancel(reason: Error): void {
    if (this.isOver) return
    this.end(reason, undefined)
    this.inner?.cancel(reason)
  }

  expire(): void {
    this.cancel(new Fault('time', `no answer within ${this.deadlines.limitMs} ms`))
  }
}

/** Gives a call up after `limitMs`, whether or not the subgraph heeds that. */
export function withDeadline<Asked, Answer>(limitMs: number, next: Way<Asked, Answer>): Way<Asked, Answer> {
  const deadlines = new Deadlines(limitMs)
  return (asked, done) => {
    const call = new TimedCall(deadlines, done)
    call.begin(next(asked, call.end))
    return call
  }
}
