type Task = () => Promise<void>

/** Runs tasks of one key one after the other, those of different keys side by side up to a limit. */
export interface Lanes {
  run<T>(key: string, task: () => Promise<T>): Promise<T>
  /** Resolves when nothing runs or waits. */
  idle(): Promise<void>
}

/** Makes lanes. The keys that wait take turns, so that a long lane does not hold up a short one. */
export function createLanes({ concurrency }: { concurrency: number }): Lanes {
  const lanes = new Map<string, Task[]>()
  const turns: string[] = []
  const waitingForIdle: (() => void)[] = []
  let running = 0

  function next(): void {
    while (running < concurrency) {
      const key = turns.shift()
      if (key === undefined) break
      const task = lanes.get(key)?.shift()
      if (!task) continue
      running++
      void task().then(() => finish(key))
    }
    if (lanes.size === 0) for (const resolve of waitingForIdle.splice(0)) resolve()
  }

  function finish(key: string): void {
    running--
    if (lanes.get(key)?.length === 0) lanes.delete(key)
    else turns.push(key)
    next()
  }

  return {
    run: (key, task) =>
      new Promise((resolve, reject) => {
        const lane = lanes.get(key)
        const entry = () => task().then(resolve, reject)
        if (lane) {
          lane.push(entry)
          return
        }
        lanes.set(key, [entry])
        turns.push(key)
        next()
      }),
    idle: () =>
      lanes.size === 0 ? Promise.resolve() : new Promise((resolve) => waitingForIdle.push(resolve)),
  }
}
