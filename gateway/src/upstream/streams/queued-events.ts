import { fail } from '@headcount/errors'
import type { FetchAnswer } from '../dispatch.ts'
import { noMore, type SubgraphEvents } from './subgraph-events.ts'

/** Events that one subscription may have waiting. */
export const queuedEvents = 64

type Next = IteratorResult<FetchAnswer, undefined>

/**
 * Events that come whether or not they are read. So many may wait; none is dropped, since an event is no state: one more
 * ends the subscription, after those that wait.
 */
export class QueuedEvents implements SubgraphEvents {
  private readonly leave: () => void
  private queue: FetchAnswer[] = []
  private end: { readonly error: Error | undefined } | undefined
  private waiting: { resolve(next: Next): void; reject(error: Error): void } | undefined

  /** @param leave tells the subgraph; called once, unless the subgraph has ended it */
  constructor(leave: () => void) {
    this.leave = leave
  }

  push(answer: FetchAnswer): void {
    if (this.end) return
    const { waiting } = this
    if (waiting) {
      this.waiting = undefined
      waiting.resolve({ done: false, value: answer })
    } else if (this.queue.length < queuedEvents) {
      this.queue.push(answer)
    } else {
      this.finish(fail('OVERLOADED', `More than ${queuedEvents} events waited to be read: subscribe again.`))
      this.leave()
    }
  }

  /** The subgraph has ended it, or the connection broke. */
  finish(error: Error | undefined): void {
    if (this.end) return
    this.end = { error }
    const { waiting } = this
    this.waiting = undefined
    if (!waiting) return
    this.end = { error: undefined }
    if (error) waiting.reject(error)
    else waiting.resolve(noMore)
  }

  next(): Promise<Next> {
    const answer = this.queue.shift()
    if (answer) return Promise.resolve({ done: false, value: answer })
    const error = this.end?.error
    if (error) {
      this.end = { error: undefined }
      return Promise.reject(error)
    }
    if (this.end) return Promise.resolve(noMore)
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject }
    })
  }

  close(): void {
    const isOpen = this.end === undefined
    this.queue = []
    this.finish(undefined)
    this.end = { error: undefined }
    if (isOpen) this.leave()
  }
}
