/** Wakes one waiter; a wake-up while nobody waits is kept for the next. */
export interface Signal {
  raise(): void
  /** Resolves when raised, or after the time. */
  wait(atMostMs: number): Promise<void>
}

/** Makes a signal. */
export function createSignal(): Signal {
  let isRaised = false
  let wake: (() => void) | undefined
  return {
    raise() {
      isRaised = true
      wake?.()
    },
    async wait(atMostMs) {
      if (!isRaised) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, atMostMs)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
      wake = undefined
      isRaised = false
    },
  }
}
