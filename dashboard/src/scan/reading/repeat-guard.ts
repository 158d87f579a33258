/** A camera sees a ticket many times a second, and a trigger is pulled twice: within this it is one attempt. */
const REPEAT_MS = 2000

/** Lets each code through once, until it has been out of sight for 2 s. */
export class RepeatGuard {
  #code: string | undefined
  #seenAt = Number.NEGATIVE_INFINITY

  /** Whether the code, seen at `at` (milliseconds), is an attempt of its own. */
  isNew(code: string, at: number): boolean {
    const isNew = code !== this.#code || at - this.#seenAt >= REPEAT_MS
    this.#code = code
    this.#seenAt = at
    return isNew
  }
}
