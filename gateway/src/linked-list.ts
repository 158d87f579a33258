/** What may stand in a list. Both fields are the list's alone. */
export interface Linked<T> {
  before: T | undefined
  after: T | undefined
}

/**
 * A list for what comes and goes with every request, linked through its members: adding and removing one allocates
 * nothing. A member is in one list at a time.
 *
 * A Set would do harm. Each time it makes itself a new table, V8 lets the old table point to the new one. Once such a
 * table is among the old objects it keeps the next alive, with all that is in it, which makes it old, and so on: every
 * request then outlives its answer until the next slow collection (docs/decisions/young-objects.md).
 */
export class LinkedList<T extends Linked<T>> {
  first: T | undefined
  private last: T | undefined
  size = 0

  /** Puts it at the end. */
  add(member: T): void {
    member.before = this.last
    if (this.last) this.last.after = member
    else this.first = member
    this.last = member
    this.size += 1
  }

  /** Takes it out. Nothing happens when it is not in. */
  remove(member: T): void {
    const { before, after } = member
    if (!before && this.first !== member) return
    if (before) before.after = after
    else this.first = after
    if (after) after.before = before
    else this.last = before
    member.before = undefined
    member.after = undefined
    this.size -= 1
  }
}
