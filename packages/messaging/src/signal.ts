/** Wakes whoever waits; a wake-up while nobody waits is kept for the next. */
export interface Signal {
  raise(): void
  /** Resolves when raised, or after the time. */
  wait(atMostMs: number): Promise<void>
}

/** Makes a signal. */
export function createSignal(): Signal {
  const waiting = new Set<() => void>()
  let isRaised = false
  return {
    raise() {
      isRaised = waiting.size === 0
      for (const wake of waiting) wake()
      waiting.clear()
    },
    wait(atMostMs) {
      if (isRaised) {
        isRaised = false
        return Promise.resolve()
      }
      return new Promise((resolve) => {
        const wake = () => {
          clearTimeout(timer)
          waiting.delete(wake)
          resolve()
        }
        const timer = setTimeout(wake, atMostMs)
        waiting.add(wake)
      })
    },
  }
}
