/** Runs so many tasks at once, lets so many wait, and refuses the rest. */
export interface Queue {
  /** Whether one more would be refused. */
  readonly isFull: boolean
  /** Runs a task when its turn comes. */
  run<T>(task: () => Promise<T>): Promise<T>
}

/** Makes a queue; those that wait are served in order. */
export function createQueue({
  concurrency,
  maximumWaiting,
}: {
  concurrency: number
  maximumWaiting: number
}): Queue {
  const waiting: (() => void)[] = []
  let running = 0
  return {
    get isFull() {
      return running >= concurrency && waiting.length >= maximumWaiting
    },
    async run(task) {
      // Whoever ends hands its place to the next, so `running` stays.
      if (running >= concurrency) await new Promise<void>((resolve) => waiting.push(resolve))
      else running++
      try {
        return await task()
      } finally {
        const next = waiting.shift()
        if (next) next()
        else running--
      }
    },
  }
}
