/** What has a time to be done in. */
export interface Timed {
  /** On the clock of `performance.now()`. */
  readonly startedAt: number
}

/**
 * Tells when one of many things takes too long. All have the same time, so the first that began is the first that is
 * late, and one timer serves all: a timer for each request costs two microseconds.
 */
export class Deadlines<T extends Timed> {
  private readonly open = new Set<T>()
  private readonly limitMs: number
  private readonly onLate: (late: T) => void
  private timer: NodeJS.Timeout | undefined

  constructor(limitMs: number, onLate: (late: T) => void) {
    this.limitMs = limitMs
    this.onLate = onLate
  }

  /** Begins to watch; in the order in which they were started. */
  add(one: T): void {
    this.open.add(one)
    if (!this.timer) this.wait(one)
  }

  /** It is done. */
  remove(one: T): void {
    this.open.delete(one)
  }

  private leftMs({ startedAt }: T): number {
    return startedAt + this.limitMs - performance.now()
  }

  private wait(first: T): void {
    const sweep = () => {
      this.timer = undefined
      this.sweep()
    }
    // What is watched keeps the process alive by its own sockets.
    this.timer = setTimeout(sweep, Math.max(1, Math.ceil(this.leftMs(first)))).unref()
  }

  private sweep(): void {
    for (const one of this.open) {
      if (this.leftMs(one) > 0) {
        this.wait(one)
        return
      }
      this.open.delete(one)
      this.onLate(one)
    }
  }
}
