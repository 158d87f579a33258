import { RegistryProblem } from './endpoint.ts'

const queueLimit = 100

/** Lets one piece of work run at a time, in the order in which they came. */
export type TakeTurn = <T>(work: () => Promise<T>) => Promise<T>

/**
 * Makes the queue of a process for changes of what is live: they would only undo one another's composing. Between processes
 * the lock of the live row decides. @throws RegistryProblem UNAVAILABLE when 100 wait
 */
export function createTurns(): TakeTurn {
  let last: Promise<unknown> = Promise.resolve()
  let waiting = 0
  return async (work) => {
    if (waiting >= queueLimit) {
      throw new RegistryProblem('UNAVAILABLE', 'Too many publishes wait; try again in a minute.')
    }
    waiting += 1
    const turn = last.then(work)
    last = turn.catch(() => {})
    try {
      return await turn
    } finally {
      waiting -= 1
    }
  }
}
