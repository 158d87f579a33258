import type { FetchAnswer } from '../dispatch.ts'
import { broken, noMore, type SubgraphEvents } from './subgraph-events.ts'

type Next = IteratorResult<FetchAnswer, undefined>

/** Events that are taken from their source one by one: it is held back while nobody asks. */
export class PulledEvents implements SubgraphEvents {
  private readonly source: AsyncIterator<FetchAnswer, unknown>
  private readonly leave: () => void
  private isOver = false
  private wake: ((end: Next) => void) | undefined

  /** @param leave ends the source, even one that is just waiting for an event */
  constructor(source: AsyncIterator<FetchAnswer, unknown>, leave: () => void) {
    this.source = source
    this.leave = leave
  }

  next(): Promise<Next> {
    if (this.isOver) return Promise.resolve(noMore)
    return new Promise((resolve, reject) => {
      this.wake = resolve
      this.source.next().then(
        (result) => {
          if (!result.done) return resolve({ done: false, value: result.value })
          this.isOver = true
          this.leave()
          resolve(noMore)
        },
        (cause: unknown) => {
          reject(broken(cause))
          this.close()
        },
      )
    })
  }

  close(): void {
    if (this.isOver) return
    this.isOver = true
    this.wake?.(noMore)
    this.leave()
    // A generator that waits for an event hears of this later; `leave` has ended what it waits for.
    this.source.return?.().catch(() => {})
  }
}
