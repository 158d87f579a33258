/**
 * Ends what a request has begun, when its client goes or its time is up. In place of an AbortController, whose making
 * costs more than the rest of a small request; its signal is made when somebody asks for it.
 */
export class Cancellation {
  // Made when somebody listens: most of what a request does never waits.
  private listeners: Set<(reason: Error) => void> | undefined
  private controller: AbortController | undefined
  /** Why it was cancelled; undefined = it goes on. */
  reason: Error | undefined

  /** Tells all listeners, once. */
  cancel(reason: Error): void {
    if (this.reason) return
    this.reason = reason
    this.controller?.abort(reason)
    const listeners = this.listeners
    this.listeners = undefined
    for (const listener of listeners ?? []) listener(reason)
  }

  /** Calls `listener` when it is cancelled; at once when it was. */
  add(listener: (reason: Error) => void): void {
    if (this.reason) {
      listener(this.reason)
      return
    }
    this.listeners ??= new Set()
    this.listeners.add(listener)
  }

  /** `listener` does not want to hear of it any more. */
  remove(listener: (reason: Error) => void): void {
    this.listeners?.delete(listener)
  }

  /** The same as a signal, for what takes one. */
  get signal(): AbortSignal {
    if (!this.controller) {
      this.controller = new AbortController()
      if (this.reason) this.controller.abort(this.reason)
    }
    return this.controller.signal
  }
}

/** Resolves as the work does, or rejects as soon as it is cancelled: what takes longer is not waited for. */
export function untilCancelled<T>(work: Promise<T>, cancellation: Cancellation): Promise<T> {
  return new Promise((resolve, reject) => {
    cancellation.add(reject)
    work.then(resolve, reject).finally(() => cancellation.remove(reject))
  })
}
