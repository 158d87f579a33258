import type { Dispatch } from './dispatch.ts'

/** Tells how long each fetch took, in seconds, and whether it came to an answer. */
export function withMeasure(
  observe: (seconds: number, isAnswered: boolean) => void,
  next: Dispatch,
): Dispatch {
  return async (request) => {
    const startedAt = performance.now()
    let isAnswered = false
    try {
      const answer = await next(request)
      isAnswered = true
      return answer
    } finally {
      observe((performance.now() - startedAt) / 1000, isAnswered)
    }
  }
}
