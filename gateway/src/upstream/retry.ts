import type { Answered, Call, Dispatch, Fetch } from './dispatch.ts'

const brokenSocket = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'])

function isBrokenSocket(error: Error | undefined): boolean {
  const cause = error?.cause
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  return typeof code === 'string' && brokenSocket.has(code)
}

class Attempts implements Call {
  private readonly next: Dispatch
  private readonly fetch: Fetch
  private readonly answered: Answered
  private inner: Call | undefined
  private left = 1
  private isCancelled = false

  constructor(next: Dispatch, fetch: Fetch, answered: Answered) {
    this.next = next
    this.fetch = fetch
    this.answered = answered
  }

  begin(): void {
    this.inner = this.next(this.fetch, this.end)
  }

  private readonly end: Answered = (error, answer) => {
    if (this.left === 0 || this.isCancelled || !isBrokenSocket(error)) return this.answered(error, answer)
    this.left -= 1
    this.begin()
  }

  cancel(reason: Error): void {
    this.isCancelled = true
    this.inner?.cancel(reason)
  }
}

/**
 * Sends a query once more when the connection broke under it: a server may close a kept connection in the very moment
 * that it is used again. Never a mutation, since nobody knows whether it was done.
 */
export function withRetry(next: Dispatch): Dispatch {
  return (fetch, answered) => {
    if (fetch.operation.kind !== 'query') return next(fetch, answered)
    const attempts = new Attempts(next, fetch, answered)
    attempts.begin()
    return attempts
  }
}
