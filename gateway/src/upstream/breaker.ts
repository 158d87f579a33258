import { nothingToCancel } from './dispatch.ts'
import { Fault, isFailure } from './fault.ts'
import type { Send } from './message.ts'

/** Whether fetches are let through: all, none, or one that tries. */
export type BreakerState = 'closed' | 'open' | 'half-open'

/** When a breaker opens. */
export interface BreakerOptions {
  /** Failures in a row that open it. */
  readonly failures: number
  /** How long it stays open before one fetch may try. */
  readonly halfOpenAfterMs: number
  /** A clock in milliseconds that never goes back. */
  readonly now: () => number
  /** Told when it opens and when it closes again. */
  readonly onChange: (state: 'open' | 'closed') => void
}

/** What came of a message: it speaks for the subgraph, against it, or says nothing about it. */
type Verdict = 'success' | 'failure' | 'nothing'

const refused = 0

/**
 * Counts the failures of one address, and spares it after too many in a row. Written here and not taken from cockatiel:
 * that wraps promises, of which a fetch makes none, and reads exceptions, where a reply of 500 is none.
 */
export class Breaker {
  private readonly options: BreakerOptions
  private failuresInRow = 0
  private openedAtMs = 0
  private isOpen = false
  private isTrying = false
  /** What began before the breaker's last change says nothing any more about the subgraph as it is now. */
  private ticket = 1
  private timesOpened = 0

  constructor(options: BreakerOptions) {
    this.options = options
  }

  get state(): BreakerState {
    if (!this.isOpen) return 'closed'
    return this.isTrying || this.isTrialDue ? 'half-open' : 'open'
  }

  /** How often it has opened. */
  get openings(): number {
    return this.timesOpened
  }

  /** Whether a message would be let through. */
  get letsThrough(): boolean {
    return !this.isOpen || (!this.isTrying && this.isTrialDue)
  }

  private get isTrialDue(): boolean {
    return this.options.now() - this.openedAtMs >= this.options.halfOpenAfterMs
  }

  /** Lets a message through, with a ticket to settle; 0 = it does not. */
  admit(): number {
    if (!this.isOpen) return this.ticket
    if (!this.letsThrough) return refused
    this.isTrying = true
    this.ticket += 1
    return this.ticket
  }

  settle(ticket: number, verdict: Verdict): void {
    if (ticket !== this.ticket) return
    this.isTrying = false
    if (verdict === 'failure') this.fail()
    else if (verdict === 'success') this.succeed()
  }

  private fail(): void {
    this.failuresInRow += 1
    if (!this.isOpen && this.failuresInRow < this.options.failures) return
    this.openedAtMs = this.options.now()
    this.ticket += 1
    if (this.isOpen) return
    this.isOpen = true
    this.timesOpened += 1
    this.options.onChange('open')
  }

  private succeed(): void {
    this.failuresInRow = 0
    if (!this.isOpen) return
    this.isOpen = false
    this.options.onChange('closed')
  }
}

/**
 * Refuses messages at once while their address fails. Transport faults, time-outs and 5xx count; GraphQL errors with
 * other statuses, and fetches that were given up, do not.
 */
export function withBreaker(breaker: Breaker, next: Send): Send {
  return (message, replied) => {
    const ticket = breaker.admit()
    if (ticket === refused) {
      replied(new Fault('breaker', `the breaker of ${message.operation.subgraph} is open`), undefined)
      return nothingToCancel
    }
    return next(message, (error, reply) => {
      if (reply) breaker.settle(ticket, reply.status >= 500 ? 'failure' : 'success')
      else breaker.settle(ticket, error && isFailure(error) ? 'failure' : 'nothing')
      replied(error, reply)
    })
  }
}
