import type { Connection } from './connection.ts'

/**
 * The connections that wait for a call, last in first out: the warmest is used, and those too many come of age and are
 * closed before the server would close them.
 */
export class IdleConnections {
  readonly #stack: Connection[] = []
  #timer: NodeJS.Timeout | undefined
  #timerAtMs = Number.POSITIVE_INFINITY

  get size(): number {
    return this.#stack.length
  }

  /** Keeps it for so long. */
  push(connection: Connection, idleMs: number): void {
    const untilMs = performance.now() + idleMs
    connection.idleUntilMs = untilMs
    this.#stack.push(connection)
    // One timer for all of them: it is set again when it fires, not for every call.
    if (untilMs < this.#timerAtMs) this.#setTimer(untilMs)
  }

  /** The one that was used last, if it is not too old. */
  pop(): Connection | undefined {
    // By the clock and not by the timer: after a blocked event loop the server may have closed what still looks idle.
    for (;;) {
      const connection = this.#stack.pop()
      if (!connection || connection.idleUntilMs > performance.now()) return connection
      connection.abandon()
    }
  }

  remove(connection: Connection): void {
    const index = this.#stack.lastIndexOf(connection)
    if (index !== -1) this.#stack.splice(index, 1)
  }

  /** Closes all. */
  clear(): void {
    clearTimeout(this.#timer)
    this.#timerAtMs = Number.POSITIVE_INFINITY
    for (const connection of this.#stack.splice(0)) connection.abandon()
  }

  #setTimer(atMs: number): void {
    clearTimeout(this.#timer)
    this.#timerAtMs = atMs
    this.#timer = setTimeout(() => this.#closeOld(), Math.ceil(atMs - performance.now()))
    this.#timer.unref()
  }

  #closeOld(): void {
    this.#timerAtMs = Number.POSITIVE_INFINITY
    const nowMs = performance.now()
    let nextMs = Number.POSITIVE_INFINITY
    // Each one that is abandoned leaves the stack meanwhile.
    for (const connection of [...this.#stack]) {
      if (connection.idleUntilMs <= nowMs) connection.abandon()
      else nextMs = Math.min(nextMs, connection.idleUntilMs)
    }
    if (nextMs < this.#timerAtMs) this.#setTimer(nextMs)
  }
}
