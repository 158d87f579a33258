import type { Handler } from './bus.ts'
import type { Message } from './message.ts'

/** How a message is tried. */
export interface AttemptPolicy {
  /** How often in all before it is put aside. Default 10. */
  maximum: number
  /** How long a handler may take, in milliseconds. Default 10,000. */
  deadlineMs: number
  /** How long to wait after a failed attempt (1 for the first), in milliseconds. Default `retryDelayMs`. */
  delayMs(attempt: number): number
}

const FIRST_DELAY_MS = 100
const LONGEST_DELAY_MS = 60_000

/**
 * How long to wait after a failed attempt (1 for the first): 0.1 s, 0.3 s, 0.9 s … 60 s, each between half
 * and whole by chance so that what failed together does not come back together. Ten attempts span about
 * three minutes: an ordinary restart of a consumer's database puts nothing aside.
 */
export function retryDelayMs(attempt: number, random: () => number = Math.random): number {
  const whole = Math.min(FIRST_DELAY_MS * 3 ** (attempt - 1), LONGEST_DELAY_MS)
  return Math.round(whole * (0.5 + random() / 2))
}

/** What applies where nothing else is said. */
export const defaultPolicy: AttemptPolicy = {
  maximum: 10,
  deadlineMs: 10_000,
  delayMs: (attempt) => retryDelayMs(attempt),
}

/** Runs a handler once, within the deadline. */
export async function attemptHandler(handle: Handler, message: Message, deadlineMs: number): Promise<void> {
  const controller = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = new Error(`Handling ${message.subject} took longer than ${deadlineMs} ms.`)
      controller.abort(error)
      reject(error)
    }, deadlineMs)
  })
  try {
    await Promise.race([handle(message, controller.signal), late])
  } finally {
    clearTimeout(timer)
  }
}
