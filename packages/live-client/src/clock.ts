/** Time, as an argument: tests pass one that they move by hand. */
export interface Clock {
  /** Milliseconds since 1970 by this machine. */
  now: () => number
  /** Calls once after `ms`; the result takes it back. */
  after: (ms: number, call: () => void) => () => void
}

/** Longest delay that a timer can hold. */
const MOST_MS = 2 ** 31 - 1

/** The machine's own time. */
export const wallClock: Clock = {
  now: () => Date.now(),
  after(ms, call) {
    const timer = setTimeout(call, Math.min(ms, MOST_MS))
    return () => clearTimeout(timer)
  },
}
