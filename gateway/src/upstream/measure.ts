import type { Dispatch } from './dispatch.ts'

/** Told how long a fetch took, in seconds, and whether it came to an answer. */
export type Observe = (seconds: number, isAnswered: boolean) => void

/** Tells of each fetch. */
export function withMeasure(observe: Observe, next: Dispatch): Dispatch {
  return (fetch, answered) => {
    const startedAt = performance.now()
    return next(fetch, (error, answer) => {
      observe((performance.now() - startedAt) / 1000, answer !== undefined)
      answered(error, answer)
    })
  }
}
