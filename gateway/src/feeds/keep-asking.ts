import type { Logger } from 'pino'
import { RegistryRefusal } from './registry-refusal.ts'

/** First and longest pause while there are no answers, in milliseconds; each is up to twice the one before. */
const firstPauseMs = 1_000
const longestPauseMs = 15_000
/** The same where it is the token that is refused: somebody has to do something first. */
const refusedPauseMs = 60_000
/** Least time between two questions, in milliseconds, whatever the one who is asked does. */
const shortestPauseMs = 100
/** Who is woken waits for one to four of it: all gateways are, and processes of a registry hear of it one after the other. */
const wokenShares = [1, 4] as const

/** What one question came to. */
export interface Asked<T> {
  /** What is new; undefined = nothing. */
  readonly news: T | undefined
  /** Whether the next question can wait for something new. */
  readonly canWait: boolean
}

/** What is asked, how often, and what comes of it. */
export interface KeepAskingOptions<T> {
  /** Asks once; `waits` = the answer may take its time to be something new. Rejects when there is none. */
  readonly ask: (signal: AbortSignal, waits: boolean) => Promise<Asked<T>>
  readonly onNews: (news: T) => void
  /** Whether the very first question may wait. */
  readonly canWait: boolean
  /** Why the question before had no answer, which has been told; undefined = it had one. */
  readonly trouble?: unknown
  /** Time to the next question where none of them waits, give or take a tenth, in milliseconds. */
  readonly intervalMs: number
  readonly log: Logger
  /** What is told when there is no answer, and when there is one again. */
  readonly messages: { readonly away: string; readonly back: string }
}

/** Asks again and again until it is closed. */
export interface Asking {
  /** Whether the last question that is over was answered. */
  readonly isAnswered: boolean
  /** There may be something new: asks now, or as soon as the question under way is over. */
  wake(): void
  close(): void
}

/** Spread, so that many gateways do not ask at once: between two shares of a time. */
function spread(timeMs: number, [from, to]: readonly [number, number]): number {
  return timeMs * (from + Math.random() * (to - from))
}

/** Tells trouble once for each reason in a row, and its end. */
class Trouble {
  reason: string | undefined
  /** Questions without an answer in a row. */
  failures = 0
  readonly #log: Logger
  readonly #messages: KeepAskingOptions<unknown>['messages']

  constructor(log: Logger, messages: KeepAskingOptions<unknown>['messages']) {
    this.#log = log
    this.#messages = messages
  }

  /** Trouble that has been told already. */
  begin(error: unknown): void {
    this.failures = 1
    this.reason = String(error)
  }

  note(error: unknown): void {
    this.failures += 1
    const reason = String(error)
    if (reason !== this.reason) this.#log.warn({ err: error }, this.#messages.away)
    this.reason = reason
  }

  end(): void {
    if (this.reason !== undefined) this.#log.info(this.#messages.back)
    this.reason = undefined
    this.failures = 0
  }
}

function isRefusal(error: unknown): boolean {
  return (
    error instanceof RegistryRefusal || (error instanceof Error && error.cause instanceof RegistryRefusal)
  )
}

/** Longer with each failure, up to a limit. */
function pauseAfterFailure(failures: number, error: unknown, intervalMs: number): number {
  if (isRefusal(error)) return spread(refusedPauseMs, [0.5, 1])
  const pauseMs = Math.min(intervalMs, firstPauseMs) * 2 ** Math.min(failures - 1, 20)
  return spread(Math.min(longestPauseMs, pauseMs), [0.5, 1])
}

/** Asks again and again. One who can wait for something new is asked again as soon as the last wait is over. */
export function keepAsking<T>(options: KeepAskingOptions<T>): Asking {
  const { ask, onNews, intervalMs, log, messages } = options
  const trouble = new Trouble(log, messages)
  let canWait = options.canWait
  // One for each question: what listens to a signal must not gather for as long as the gateway lives.
  let asking = new AbortController()
  let isClosed = false
  let timer: NodeJS.Timeout | undefined
  let isWoken = false
  const look = async (): Promise<number> => {
    asking = new AbortController()
    // After trouble an answer at once says whether it is over, and what was missed meanwhile.
    const waits = canWait && trouble.failures === 0
    const askedAt = performance.now()
    try {
      const { news, canWait: next } = await ask(asking.signal, waits)
      const isOver = trouble.failures > 0
      trouble.end()
      canWait = next
      if (news !== undefined && !isClosed) onNews(news)
      if (canWait && (isOver || news !== undefined)) return shortestPauseMs
      const rest = spread(intervalMs, [0.9, 1.1])
      // Who was to wait and did not is asked no more often than one who cannot.
      return waits ? Math.max(shortestPauseMs, rest - (performance.now() - askedAt)) : rest
    } catch (error) {
      if (!isClosed) trouble.note(error)
      return pauseAfterFailure(trouble.failures, error, intervalMs)
    }
  }
  const goOn = (pauseMs: number) => {
    if (isClosed) return
    const begin = () => {
      timer = undefined
      isWoken = false
      void look().then(goOn)
    }
    timer = setTimeout(begin, isWoken ? spread(shortestPauseMs, wokenShares) : pauseMs)
    timer.unref()
  }
  if (options.trouble !== undefined) {
    trouble.begin(options.trouble)
    goOn(pauseAfterFailure(1, options.trouble, intervalMs))
  } else goOn(canWait ? 0 : spread(intervalMs, [0.9, 1.1]))
  return {
    get isAnswered() {
      return trouble.failures === 0
    },
    wake() {
      // Words that come faster than that must not put it off for ever.
      if (isWoken) return
      isWoken = true
      // A question under way may have been answered before that.
      if (timer === undefined) return
      clearTimeout(timer)
      goOn(0)
    },
    close() {
      isClosed = true
      clearTimeout(timer)
      asking.abort()
    },
  }
}
