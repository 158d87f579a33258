import type { HostListeners } from './engine-host.ts'
import { PlanningFailed } from './planning-failed.ts'
import type { FromHost } from './planning-messages.ts'

/** From the load of a host to its end, which comes once: on its own, or because it was ended. */
export function hostLife(listeners: HostListeners) {
  const { promise: ready, resolve, reject } = Promise.withResolvers<void>()
  // Whoever starts it awaits it; a host that is ended before that is no unhandled rejection.
  ready.catch(() => {})
  let isOver = false
  const over = (reason: string) => {
    if (isOver) return
    isOver = true
    const failure = new PlanningFailed(reason)
    reject(failure)
    listeners.onEnd(failure)
  }
  return {
    ready,
    hear(message: FromHost) {
      if (isOver) return
      if (message.kind === 'ready') resolve()
      else if (message.kind === 'refused') over(message.problem)
      else listeners.onAnswer(message)
    },
    /** It ended on its own. */
    over,
    /** It is ended by whoever opened it, who knows. */
    end() {
      isOver = true
      reject(new PlanningFailed('The planner was ended.'))
    },
  }
}
