import { Deadlines, type Timed } from '../deadlines.ts'
import type { Call, Done, Way } from './dispatch.ts'
import { Fault } from './fault.ts'

/** A call with its time. */
class TimedCall<Answer> implements Call, Timed<TimedCall<Answer>> {
  readonly startedAt = performance.now()
  before: TimedCall<Answer> | undefined
  after: TimedCall<Answer> | undefined
  private readonly deadlines: Deadlines<TimedCall<Answer>>
  private readonly done: Done<Answer>
  private inner: Call | undefined
  private isOver = false

  constructor(deadlines: Deadlines<TimedCall<Answer>>, done: Done<Answer>) {
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
}

/** Gives a call up after `limitMs`, whether or not the subgraph heeds that. */
export function withDeadline<Asked, Answer>(limitMs: number, next: Way<Asked, Answer>): Way<Asked, Answer> {
  const deadlines = new Deadlines<TimedCall<Answer>>(limitMs, (call) =>
    call.cancel(new Fault('time', `no answer within ${limitMs} ms`)),
  )
  return (asked, done) => {
    const call = new TimedCall(deadlines, done)
    call.begin(next(asked, call.end))
    return call
  }
}
