import type { Clock } from '@headcount/live-client'

/** Something that is done again and again. */
export interface Repeating {
  /** Does it now rather than later; while it is under way, once more after it. */
  soon: () => void
  stop: () => void
}

/** Runs a task, and again after as many milliseconds as it says; never twice at once. A task must not reject. */
export function repeat(clock: Clock, task: () => Promise<number>): Repeating {
  let isStopped = false
  let isRunning = false
  let isWanted = false
  let cancel = () => {}
  const run = async () => {
    if (isStopped) return
    if (isRunning) {
      isWanted = true
      return
    }
    cancel()
    isRunning = true
    const pauseMs = await task()
    isRunning = false
    if (isStopped) return
    cancel = clock.after(isWanted ? 0 : pauseMs, () => void run())
    isWanted = false
  }
  return {
    soon: () => void run(),
    stop() {
      isStopped = true
      cancel()
    },
  }
}
