import type { Dispatch } from './dispatch.ts'

/** Tells how long each fetch took, in seconds, and whether it came to an answer. */
export function withMeasure(
  observe: (seconds: number, isAnswered: boolean) => void,
  next: Dispatch,
): Dispatch {
  return (fetch, answered) => {
    const startedAt = performance.now()
    return next(fetch, (error, answer) => {
      observe((performance.now() - startedAt) / 1000, answer !== undefined)
      answered(error, answer)
    })
  }
}
