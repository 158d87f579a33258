import { FORBIDDEN, type Problem, UNAUTHENTICATED } from '../graph/answer.ts'
import { backOffMs } from '../graph/back-off.ts'
import type { Clock } from '../page/clock.ts'
import { newerOf, type Occupancy } from './occupancy.ts'

/** Where the connection is. Only `live` means that messages come. */
export type FeedPhase = 'connecting' | 'live' | 'reconnecting' | 'refused' | 'missing'

export interface FeedState {
  phase: FeedPhase
  /** The newest counts, kept while the connection is away. */
  occupancy?: Occupancy
  /** When the next attempt is due; local clock, milliseconds since 1970. */
  retryAt?: number
  /** Why the platform refuses. */
  problem?: Problem
}

/** How one attempt reports. After `onEnd`, or after it was closed, it says no more. */
export interface AttemptSink {
  onMessage: (occupancy: Occupancy | null | undefined) => void
  onEnd: (problem?: Problem) => void
}

/** Opens a subscription from `afterSeq` on; the result closes it. */
export type OpenAttempt = (afterSeq: number | undefined, sink: AttemptSink) => () => void

export interface FeedParts {
  open: OpenAttempt
  clock: Clock
  random: () => number
  /** Each message's `asOf`, to measure the server's clock by. */
  onAsOf: (asOf: number) => void
  /** The platform did not accept the token of the last attempt. */
  onTokenRefused: () => void
}

/** Heartbeats come every 2 s: a connection that is silent for this long is taken for dead. */
const SILENCE_MS = 10_000

/** One event's live counts: subscribes, resumes with `afterSeq` after a loss, and backs off with jitter. */
export class OccupancyFeed {
  readonly #parts: FeedParts
  readonly #listeners = new Set<() => void>()
  #state: FeedState = { phase: 'connecting' }
  #attempt = 0
  #failures = 0
  #close = () => {}
  #cancelTimer = () => {}

  constructor(parts: FeedParts) {
    this.#parts = parts
  }

  readonly state = (): FeedState => this.#state

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  start(): void {
    this.#connect()
  }

  stop(): void {
    this.#abandon()
  }

  /** The network is back, or the page is looked at again: no reason to wait for the timer. */
  wake(): void {
    if (this.#state.phase === 'reconnecting' && this.#state.retryAt !== undefined) this.#connect()
  }

  #connect(): void {
    this.#abandon()
    const attempt = this.#attempt
    const isCurrent = () => attempt === this.#attempt
    const { occupancy } = this.#state
    this.#enter({
      phase: occupancy || this.#failures > 0 ? 'reconnecting' : 'connecting',
      ...kept(occupancy),
    })
    this.#watch()
    this.#close = this.#parts.open(occupancy?.seq, {
      onMessage: (message) => isCurrent() && this.#receive(message),
      onEnd: (problem) => isCurrent() && this.#lose(problem),
    })
  }

  /** Whatever the present attempt still says is not heard any more. */
  #abandon(): void {
    this.#attempt++
    this.#cancelTimer()
    this.#close()
    this.#close = () => {}
  }

  #receive(message: Occupancy | null | undefined): void {
    if (!message) {
      this.#abandon()
      this.#enter({ phase: 'missing' })
      return
    }
    this.#failures = 0
    this.#parts.onAsOf(Date.parse(message.asOf))
    this.#watch()
    this.#enter({ phase: 'live', occupancy: newerOf(this.#state.occupancy, message) })
  }

  #lose(problem?: Problem): void {
    this.#abandon()
    if (problem?.code === FORBIDDEN) {
      this.#enter({ phase: 'refused', problem })
      return
    }
    if (problem?.code === UNAUTHENTICATED) this.#parts.onTokenRefused()
    const { clock, random } = this.#parts
    const waitMs = backOffMs(this.#failures++, random)
    this.#enter({
      phase: 'reconnecting',
      retryAt: clock.now() + waitMs,
      ...kept(this.#state.occupancy),
    })
    this.#cancelTimer = clock.after(waitMs, () => this.#connect())
  }

  #watch(): void {
    this.#cancelTimer()
    this.#cancelTimer = this.#parts.clock.after(SILENCE_MS, () => this.#lose())
  }

  #enter(state: FeedState): void {
    this.#state = state
    for (const listener of this.#listeners) listener()
  }
}

function kept(occupancy: Occupancy | undefined): Pick<FeedState, 'occupancy'> {
  return occupancy ? { occupancy } : {}
}
