import type { LiveState } from './live-state.ts'

/** Those who wait for a change: a timer and an entry in a set each, so that thousands are cheap. */
export interface Waiters {
  readonly count: number
  /** Resolves at the next change, when the time is over or when the signal aborts. */
  wait(ms: number, signal: AbortSignal): Promise<void>
  listen(listener: (state: LiveState) => void): () => void
  /** Something has changed. */
  wake(state: LiveState): void
  /** Nothing has changed, but nobody shall wait any longer. */
  wakeAll(): void
}

/** Makes an empty one. */
export function createWaiters(): Waiters {
  const waiting = new Set<() => void>()
  const listeners = new Set<(state: LiveState) => void>()
  const wakeAll = () => {
    for (const end of [...waiting]) end()
  }
  return {
    get count() {
      return waiting.size
    },
    wait(ms, signal) {
      if (signal.aborted || ms <= 0) return Promise.resolve()
      return new Promise((resolve) => {
        const end = () => {
          clearTimeout(timer)
          signal.removeEventListener('abort', end)
          waiting.delete(end)
          resolve()
        }
        const timer = setTimeout(end, ms)
        signal.addEventListener('abort', end)
        waiting.add(end)
      })
    },
    listen(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    wake(state) {
      for (const listener of [...listeners]) listener(state)
      wakeAll()
    },
    wakeAll,
  }
}
