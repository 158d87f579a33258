import type { Answered, Call, Dispatch } from './dispatch.ts'
import { unavailable } from './unavailable.ts'

/** A fetch with its time. */
class TimedCall implements Call {
  private readonly timer: NodeJS.Timeout
  private readonly answered: Answered
  private inner: Call | undefined
  private isOver = false

  constructor(limitMs: number, answered: Answered) {
    this.answered = answered
    this.timer = setTimeout(() => this.cancel(new Error(`no answer within ${limitMs} ms`)), limitMs)
  }

  begin(inner: Call): void {
    this.inner = inner
  }

  end: Answered = (error, answer) => {
    if (this.isOver) return
    this.isOver = true
    clearTimeout(this.timer)
    this.answered(error, answer)
  }

  cancel(reason: Error): void {
    if (this.isOver) return
    this.end(unavailable(reason), undefined)
    this.inner?.cancel(reason)
  }
}

/** Gives a fetch up after `limitMs`, whether or not the subgraph heeds that. */
export function withDeadline(limitMs: number, next: Dispatch): Dispatch {
  return (fetch, answered) => {
    const call = new TimedCall(limitMs, answered)
    call.begin(next(fetch, call.end))
    return call
  }
}
