/** A camera sees a ticket many times a second, and a trigger is pulled twice: within this it is one attempt. */
const REPEAT_MS = 2000

/** Lets each code through once, until it has been out of sight for 2 s; a camera may see several at a time. */
export class RepeatGuard {
  readonly #seenAt = new Map<string, number>()

  /** Whether the code, seen at `at` (milliseconds), is an attempt of its own. */
  isNew(code: string, at: number): boolean {
    for (const [seen, seenAt] of this.#seenAt) if (at - seenAt >= REPEAT_MS) this.#seenAt.delete(seen)
    const isNew = !this.#seenAt.has(code)
    this.#seenAt.set(code, at)
    return isNew
  }
}
