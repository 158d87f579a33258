import { isAnswer } from './answer.ts'
import type { Call } from './dispatch.ts'
import { isPassing } from './fault.ts'
import type { Message, Replied, Reply, Send } from './message.ts'

/** How often, and after how long. */
export interface RetryOptions {
  /** Repetitions after the first attempt. */
  readonly attempts: number
  /** Pause before the first repetition; it doubles with each. */
  readonly backoffMs: number
  /** Told of each repetition. */
  readonly onRepeat: () => void
  /** From 0 to 1, for the jitter; default Math.random. */
  readonly random?: (() => number) | undefined
}

/** Statuses of proxies that have no server behind them just now. */
const passingStatuses = new Set([502, 503, 504])

function mayGoBetter(error: Error | undefined, reply: Reply | undefined): boolean {
  if (error) return isPassing(error)
  return reply !== undefined && passingStatuses.has(reply.status) && !isAnswer(reply)
}

class Attempts implements Call {
  private readonly options: RetryOptions
  private readonly next: Send
  private readonly message: Message
  private readonly replied: Replied
  private inner: Call | undefined
  private pause: NodeJS.Timeout | undefined
  private made = 0
  private isOver = false

  constructor(options: RetryOptions, next: Send, asked: { message: Message; replied: Replied }) {
    this.options = options
    this.next = next
    this.message = asked.message
    this.replied = asked.replied
  }

  begin(): void {
    this.inner = this.next(this.message, this.end)
  }

  cancel(reason: Error): void {
    if (this.isOver) return
    this.isOver = true
    clearTimeout(this.pause)
    this.inner?.cancel(reason)
    this.replied(reason, undefined)
  }

  private readonly end: Replied = (error, reply) => {
    if (this.isOver) return
    if (this.made < this.options.attempts && mayGoBetter(error, reply)) return this.repeat()
    this.isOver = true
    this.replied(error, reply)
  }

  private repeat(): void {
    const { backoffMs, onRepeat, random = Math.random } = this.options
    // Half of the pause is left to chance, so that what failed together does not come back together.
    const pauseMs = backoffMs * 2 ** this.made * (0.5 + random() / 2)
    this.made += 1
    onRepeat()
    this.inner = undefined
    if (pauseMs > 0) this.pause = setTimeout(() => this.begin(), pauseMs)
    else this.begin()
  }
}

/** Repeats what came to no answer. Never a mutation, since nobody knows whether it was done. */
export function withRetry(options: RetryOptions, next: Send): Send {
  return (message, replied) => {
    if (message.operation.kind !== 'query') return next(message, replied)
    const attempts = new Attempts(options, next, { message, replied })
    attempts.begin()
    return attempts
  }
}
