import type { Linked, LinkedList } from '../../linked-list.ts'
import type { HeaderLines } from './header-lines.ts'
import type { Http1Response } from './response.ts'

/** Called once for every call, never before `request` has returned: with the answer or with why there is none. */
export type Http1Done = (error: Error | undefined, response: Http1Response | undefined) => void

/** Where calls go, with the part of their head that is always the same; `prepare` of a pool makes it. */
export interface Http1Target {
  readonly head: string
}

/** One request, always a POST. */
export interface Http1Request {
  readonly target: Http1Target
  /** The headers of this call alone. */
  readonly headers: HeaderLines
  readonly body: string
}

/** What can be ended with the call that it carries. */
export interface Carrier {
  abandon(): void
}

/** A call under way. */
export class Http1Call implements Linked<Http1Call> {
  readonly request: Http1Request
  /** The connection that carries it; undefined while it waits, and when it is over. */
  carrier: Carrier | undefined
  before: Http1Call | undefined = undefined
  after: Http1Call | undefined = undefined
  /** Where it may wait. */
  readonly #queue: LinkedList<Http1Call>
  #done: Http1Done | undefined

  constructor(request: Http1Request, done: Http1Done, queue: LinkedList<Http1Call>) {
    this.request = request
    this.#done = done
    this.#queue = queue
  }

  /**
   * Ends the call with this reason, at once: one that waits leaves the queue; under one that is on the wire the
   * connection is destroyed. Does nothing when it is over.
   */
  cancel(reason: Error): void {
    const { carrier } = this
    if (carrier) carrier.abandon()
    else this.#queue.remove(this)
    this.finish(reason, undefined)
  }

  /** Only the first end of a call counts. */
  finish(error: Error | undefined, response: Http1Response | undefined): void {
    const done = this.#done
    if (!done) return
    this.#done = undefined
    this.carrier = undefined
    done(error, response)
  }
}
