/** Lengthening pauses between tries. */
export interface Pause {
  /** How long to wait now, in milliseconds. */
  next(): number
  /** After a success: begin again with short ones. */
  reset(): void
}

/** Pauses that double from 100 ms to the longest, each between half and whole by chance. */
export function createPause(longestMs: number): Pause {
  let wholeMs = 100
  return {
    next() {
      const ms = wholeMs * (0.5 + Math.random() / 2)
      wholeMs = Math.min(wholeMs * 2, longestMs)
      return ms
    },
    reset() {
      wholeMs = 100
    },
  }
}
