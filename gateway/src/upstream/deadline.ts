import type { Dispatch } from './dispatch.ts'
import { unavailable } from './unavailable.ts'

/** Gives a fetch up after `limitMs`, or when its request ended, whether or not the subgraph heeds the signal. */
export function withDeadline(limitMs: number, next: Dispatch): Dispatch {
  return (request) =>
    new Promise((resolve, reject) => {
      const controller = new AbortController()
      const giveUp = (reason: Error) => {
        controller.abort(reason)
        reject(unavailable(reason))
      }
      const onAbort = () => giveUp(new Error('the request ended before this fetch'))
      const timer = setTimeout(() => giveUp(new Error(`no answer within ${limitMs} ms`)), limitMs)
      request.signal.addEventListener('abort', onAbort, { once: true })
      if (request.signal.aborted) onAbort()
      next({ ...request, signal: controller.signal })
        .then(resolve, reject)
        .finally(() => {
          clearTimeout(timer)
          request.signal.removeEventListener('abort', onAbort)
        })
    })
}
