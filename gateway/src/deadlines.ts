import { type Linked, LinkedList } from './linked-list.ts'

/** What has a time to be done in. */
export interface Timed<T> extends Linked<T> {
  /** On the clock of `performance.now()`. */
  readonly startedAt: number
}

/**
 * Tells when one of many things takes too long. All have the same time, so the first that began is the first that is
 * late, and one timer serves all: a timer for each request costs two microseconds.
 */
export class Deadlines<T extends Timed<T>> {
  private readonly open = new LinkedList<T>()
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

  /** It is done. Nothing happens when it is not watched. */
  remove(one: T): void {
    this.open.remove(one)
  }

  private leftMs({ startedAt }: T): number {
    return startedAt + this.limitMs - performance.now()
  }

  private wait(first: T): void {
    // What is watched keeps the process alive by its own sockets. It is left to run when what it was set for is done.
    this.timer = setTimeout(() => this.sweep(), Math.max(1, Math.ceil(this.leftMs(first)))).unref()
  }

  private sweep(): void {
    // What is late may bring another, which must not set the timer: it is not the first.
    for (let { first } = this.open; first && this.leftMs(first) <= 0; first = this.open.first) {
      this.remove(first)
      this.onLate(first)
    }
    this.timer = undefined
    if (this.open.first) this.wait(this.open.first)
  }
}
