import type { Clock } from '../src/clock.ts'

/** A clock that stands still until a test moves it. */
export class ManualClock implements Clock {
  #now: number
  readonly #calls: { at: number; call: () => void }[] = []

  constructor(now = 1_700_000_000_000) {
    this.#now = now
  }

  readonly now = (): number => this.#now

  readonly after = (ms: number, call: () => void): (() => void) => {
    const entry = { at: this.#now + ms, call }
    this.#calls.push(entry)
    return () => {
      const index = this.#calls.indexOf(entry)
      if (index >= 0) this.#calls.splice(index, 1)
    }
  }

  /** Moves on, calling what falls due in order; promises settle between the calls. */
  async move(ms: number): Promise<void> {
    const end = this.#now + ms
    await settle()
    for (;;) {
      const due = this.#calls.filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at)[0]
      if (!due) break
      this.#calls.splice(this.#calls.indexOf(due), 1)
      this.#now = Math.max(this.#now, due.at)
      due.call()
      await settle()
    }
    this.#now = end
  }
}

/** Lets everything that waits for resolved promises go on. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
